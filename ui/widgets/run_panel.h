// The runs of a project: look at one, write a note on it, continue it, or take over its settings.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/models/run_model.h"

namespace loom {

class RunPanel : public QWidget {
  Q_OBJECT
 public:
  explicit RunPanel(QWidget* parent = nullptr);
  ~RunPanel() override;

  void setRuns(std::vector<RunModel::Entry> runs);
  void setProgress(int run, const TrainingProgress& progress);
  /// While a run trains (or starts), none can be resumed.
  void setTraining(bool training);
  /// Selects without runSelected(). 0: none.
  void select(int run);
  int selected() const;
  const RunModel& model() const;

 Q_SIGNALS:
  void runSelected(int run);  ///< by the user
  void resumeRequested(int run, qint64 totalSteps);
  void settingsWanted(int run);
  void noteEdited(int run, const QString& note);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
