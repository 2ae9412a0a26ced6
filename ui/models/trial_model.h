// The trials of a search as a table: their settings, objective, state and run.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <set>

#include "core/studio/studio.h"

namespace loom {

class TrialModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  static constexpr int kSortRole = Qt::UserRole;
  /// What follows the columns of the settings; the first column is the trial's number.
  enum Tail { kObjective, kSteps, kStatus, kRun, kTime, kTails };

  explicit TrialModel(QObject* parent = nullptr);

  void setSearch(const Search& search);
  const Search& search() const { return m_search; }
  /// Lights the row of a trial (0: none), as the plot does with its line.
  void setLit(int trial);

  int column(Tail tail) const { return 1 + settings() + tail; }
  int trialAt(int row) const;  ///< its number; 0: there is none
  int rowOf(int trial) const;  ///< -1: there is none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  int settings() const { return static_cast<int>(m_search.plan.space.ranges().size()); }
  QVariant shown(const SearchTrial& trial, int column) const;
  QVariant sortKey(const SearchTrial& trial, int column) const;
  QString tip(const SearchTrial& trial) const;
  Search m_search;
  int m_best = 0;
  int m_lit = 0;
};

/// Sorted by any column, trials without a value last; shows those of a set alone when it is given one.
class TrialOrder : public QSortFilterProxyModel {
 public:
  explicit TrialOrder(TrialModel& model, QObject* parent = nullptr);
  void showOnly(std::optional<std::set<int>> trials);

 protected:
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  TrialModel& m_model;
  std::optional<std::set<int>> m_shown;
};

/// "waiting", "training", "let go early", …
QString trialStatusText(TrialStatus status);

}  // namespace loom
