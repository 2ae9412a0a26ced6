// The inside of the search window, shared by its two source files.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

#include "ui/bridge/aside.h"
#include "ui/models/trial_model.h"
#include "ui/pages/search_dialog.h"
#include "ui/widgets/best_curve.h"
#include "ui/widgets/parallel_plot.h"
#include "ui/widgets/search_form.h"

namespace loom {

struct SearchDialog::Impl {
  Impl(SearchDialog* owner, Session& shared) : dialog(owner), session(shared) {}

  SearchDialog* dialog;
  Session& session;
  QComboBox* which = nullptr;
  QToolButton* remove = nullptr;
  SearchForm* form = nullptr;
  QPushButton* start = nullptr;  // or continue
  QPushButton* stop = nullptr;
  ParallelPlot* plot = nullptr;
  QLabel* marks = nullptr;
  TrialModel* trials = nullptr;
  TrialOrder* order = nullptr;
  QTableView* table = nullptr;
  BestCurve* curve = nullptr;
  QLabel* empty = nullptr;
  QWidget* results = nullptr;
  QLabel* state = nullptr;
  QProgressBar* bar = nullptr;
  QPushButton* use = nullptr;
  QPushButton* open = nullptr;
  QPushButton* removeLosers = nullptr;

  std::vector<Search> searches;
  int shown = 0;                     // a search's number; 0: a new one
  std::filesystem::path liveFolder;  // of the project whose search is under way
  Aside aside;                       // reads the list

  TuningBridge& tuning() { return session.tuning(); }
  const Search* find(int number) const;
  bool live() const;
  const SearchTrial* wanted() const;  ///< the selected trial, else the best

  // layout
  void build();
  QWidget* buildLeft();
  QWidget* buildResults();
  QWidget* buildTable();
  QLayout* buildBottom();

  // what happens
  void connectParts();
  void connectSession();
  void projectChanged();
  void reload();
  void adopt(const Search& search);
  void listSearches();
  void show(int number);
  void showResults();
  void updateState();
  QString stateText() const;
  void showProgress(const TuningProgress& progress);
  void startOrContinue();
  void ended(const Search& search);
  void selectTrial(int trial);
  void useSettings();
  void openRun();
  void askToRemoveLosers();
  void removeRuns(const std::vector<int>& runs);
  void removeShown();
  void say(const QString& text, bool bad = false);
};

}  // namespace loom
