// What the pages share: the open project, its catalogue for the GUI thread, the workers, the undo history.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/studio/studio.h"
#include "ui/bridge/generator_bridge.h"
#include "ui/bridge/job_runner.h"
#include "ui/bridge/training_bridge.h"
#include "ui/bridge/tuning_bridge.h"
#include "ui/bridge/undo_history.h"

namespace loom {

enum class Page { kStart, kDataset, kTrain, kCreate, kTurnaround, kExport };

class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(QObject* parent = nullptr);
  ~Session() override;

  bool hasProject() const { return m_project.has_value(); }
  const Project& project() const { return *m_project; }
  Catalogue& catalogue() { return *m_catalogue; }  ///< the GUI thread's; for queries under 4 ms

  /// Throw Error. Stop what runs on the project that was open.
  void createProject(const std::filesystem::path& folder);
  void openProject(const std::filesystem::path& folder);
  void closeProject();

  /// Imports as a job; undoable; then importFinished() and spritesChanged().
  void importSprites(const std::vector<std::filesystem::path>& sources, const ImportOptions& options = {});
  /// The same for any work that brings sprites: `title` of the job, `what` for the undo step.
  void bringIn(const QString& title, const QString& what,
               std::function<ImportReport(const Project&, JobMonitor&)> work);
  void addStarterSet(int characters, std::uint64_t seed);

  JobRunner& jobs() { return *m_jobs; }
  TrainingBridge& training() { return *m_training; }
  TuningBridge& tuning() { return *m_tuning; }
  GeneratorBridge& generator() { return *m_generator; }
  QUndoStack& undoStack() { return m_history->stack(); }
  /// Outlives the program for the steps whose kinds are known when a project is opened: see addUndoKinds().
  UndoHistory& history() { return *m_history; }

  /// Recent project folders that still exist, newest first (QSettings).
  QStringList recentProjects() const;

  void requestPage(Page page) { Q_EMIT pageRequested(page); }
  /// Shows the train page with that preset chosen.
  void requestTraining(const std::string& preset) { Q_EMIT trainingRequested(preset); }
  /// Shows the turnaround page with these sprites of one character as its given views.
  void requestTurnaround(const std::vector<SpriteId>& sprites) { Q_EMIT turnaroundRequested(sprites); }
  /// Says something at the bottom of the window: what happened and, for an error, what to do.
  void say(const QString& text, const QString& hint = {}) { Q_EMIT messaged(text, hint); }

  // A page that changed something through catalogue() tells the others.
  void notifySpritesChanged() { Q_EMIT spritesChanged(); }
  void notifyRunsChanged() { Q_EMIT runsChanged(); }
  void notifyFavouritesChanged() { Q_EMIT favouritesChanged(); }
  void notifyDirectionsChanged() { Q_EMIT directionsChanged(); }

 Q_SIGNALS:
  void projectClosing();  ///< the last moment to write something into the project that is open
  void projectChanged();  ///< another project, or none, is open
  void spritesChanged();
  void runsChanged();
  void favouritesChanged();
  void directionsChanged();  ///< those kept in the project
  void importFinished(const loom::ImportReport& report);
  void pageRequested(loom::Page page);
  void trainingRequested(const std::string& preset);
  void turnaroundRequested(const std::vector<loom::SpriteId>& sprites);
  void messaged(const QString& text, const QString& hint);

 private:
  void adopt(Project project);
  void connectTuning();
  void addImportKind();
  void afterImport(const ImportReport& report, const QString& what);
  std::optional<Project> m_project;
  std::unique_ptr<Catalogue> m_catalogue;
  std::unique_ptr<JobRunner> m_jobs;
  std::unique_ptr<TrainingBridge> m_training;
  std::unique_ptr<TuningBridge> m_tuning;
  std::unique_ptr<GeneratorBridge> m_generator;
  std::unique_ptr<UndoHistory> m_history;
};

}  // namespace loom
