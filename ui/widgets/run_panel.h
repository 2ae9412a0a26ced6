// The runs of a project: look at one or compare several, name and annotate them, continue, copy or delete them.
#pragma once

#include <QWidget>
#include <map>
#include <memory>
#include <vector>

#include "ui/models/run_model.h"

namespace loom {

class RunFilter;

class RunPanel : public QWidget {
  Q_OBJECT
 public:
  explicit RunPanel(QWidget* parent = nullptr);
  ~RunPanel() override;

  /// Those of the project, and those in its bin, which are shown in their place while they are asked for.
  void setRuns(std::vector<RunModel::Entry> runs, std::vector<RunModel::Entry> binned = {});
  void setProgress(int run, const TrainingProgress& progress);
  void setSizes(const std::map<int, std::int64_t>& sizes);  ///< bytes on the disk
  /// While something trains or is about to, no run can be resumed; says why not. Empty: nothing trains.
  void setBusy(const QString& why);
  /// Selects without telling. 0: none.
  void select(int run);
  int selected() const;                   ///< the first of those selected; 0: none
  std::vector<int> selectedRuns() const;  ///< from top to bottom
  bool showsBin() const;
  void setShowsBin(bool on);
  const RunModel& model() const;
  const RunFilter& filter() const;

 Q_SIGNALS:
  void runSelected(int run);                        ///< alone, by the user
  void runsSelected(const std::vector<int>& runs);  ///< two or more, by the user
  void resumeRequested(int run, qint64 totalSteps);
  void settingsWanted(int run);
  void weightsWanted(int run);  ///< a new run that starts from them
  void nameEdited(int run, const QString& name);
  void noteEdited(int run, const QString& note);
  void reportRequested(int run);  ///< how good it is
  void exportRequested(const std::vector<int>& runs);
  void deleteRequested(const std::vector<int>& runs);
  void restoreRequested(const std::vector<int>& runs);
  void removeRequested(const std::vector<int>& runs);  ///< for good

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
