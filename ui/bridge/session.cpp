#include "ui/bridge/session.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include "core/base/error.h"
#include "ui/bridge/id_ranges.h"

namespace loom {
namespace {

constexpr int kMaxRecent = 12;

QString shownPath(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

/// An import as one step: undone, its sprites go to the bin; redone, they come back.
class ImportCommand : public UndoStep {
 public:
  static constexpr const char* kKind = "import";
  ImportCommand(Session& session, std::vector<SpriteId> ids, const QString& text)
      : UndoStep(text, Deed::kDone), m_session(session), m_ids(std::move(ids)) {}
  Record record() const override { return {kKind, {{"sprites", idRanges(m_ids)}}}; }

 private:
  void revert() override { setBinned(true); }
  void apply() override { setBinned(false); }
  void setBinned(bool binned) {
    if (!m_session.hasProject()) return;
    m_session.jobs().run(
        binned ? QObject::tr("Undoing the import") : QObject::tr("Redoing the import"), &m_session,
        [project = m_session.project(), ids = m_ids, binned](JobMonitor&) {
          project.catalogue().setBinned(ids, binned);
          return true;
        },
        [&session = m_session](bool) { session.notifySpritesChanged(); });
  }
  Session& m_session;
  std::vector<SpriteId> m_ids;
};

}  // namespace

Session::Session(QObject* parent)
    : QObject(parent),
      m_jobs(std::make_unique<JobRunner>()),
      m_training(std::make_unique<TrainingBridge>(*m_jobs)),
      m_tuning(std::make_unique<TuningBridge>()),
      m_generator(std::make_unique<GeneratorBridge>()),
      m_history(std::make_unique<UndoHistory>()) {
  const auto runsMayHaveChanged = [this] {
    if (hasProject()) Q_EMIT runsChanged();
  };
  connect(m_training.get(), &TrainingBridge::started, this, runsMayHaveChanged);
  connect(m_training.get(), &TrainingBridge::finished, this, runsMayHaveChanged);
  connect(m_training.get(), &TrainingBridge::failed, this, runsMayHaveChanged);
  connectTuning();
  connect(m_jobs.get(), &JobRunner::failed, this,
          [this](const QString& title, const ErrorText& error) { say(title + ": " + error.what, error.hint); });
  m_history->setMayWrite([this] { return !m_jobs->busy(); });
  connect(m_history.get(), &UndoHistory::failed, this, &Session::say);
  addImportKind();
}

Session::~Session() {
  // Workers end before what they work on; the training writes a checkpoint first.
  m_training.reset();
  m_tuning.reset();
  m_generator.reset();
  m_jobs.reset();
  try {
    m_history->save();
  } catch (const Error&) {  // nobody is left to hear of it
  }
}

void Session::addImportKind() {
  m_history->addKind(ImportCommand::kKind, [this](const Json& data) {
    return std::make_unique<ImportCommand>(*this, idsFrom(data.at("sprites")), QString());
  });
}

/// A training and a search would share the processor, and both come out late: one at a time.
void Session::connectTuning() {
  m_training->setHindrance([this]() -> std::optional<ErrorText> {
    if (!m_tuning->active()) return {};
    return ErrorText{tr("A search for settings is under way"), tr("Stop it first; it can go on later.")};
  });
  m_tuning->setHindrance([this]() -> std::optional<ErrorText> {
    if (!m_training->active()) return {};
    return ErrorText{tr("A run is training"), tr("Stop it first; it can be resumed later.")};
  });
  const auto runsMayHaveChanged = [this] {
    if (hasProject()) Q_EMIT runsChanged();
  };
  connect(m_tuning.get(), &TuningBridge::searchChanged, this, runsMayHaveChanged);
  connect(m_tuning.get(), &TuningBridge::finished, this, runsMayHaveChanged);
  connect(m_tuning.get(), &TuningBridge::failed, this, runsMayHaveChanged);
}

void Session::createProject(const std::filesystem::path& folder) {
  adopt(Project::create(folder));
}

void Session::openProject(const std::filesystem::path& folder) {
  adopt(Project::open(folder));
}

void Session::adopt(Project project) {
  recoverRuns(project);
  auto catalogue = std::make_unique<Catalogue>(project.catalogue());
  closeProject();
  m_project = std::move(project);
  m_catalogue = std::move(catalogue);
  QSettings settings;
  QStringList recent = recentProjects();
  const QString path = shownPath(m_project->folder());
  recent.removeAll(path);
  recent.prepend(path);
  settings.setValue("recentProjects", recent.mid(0, kMaxRecent));
  m_history->open(*m_catalogue);
  Q_EMIT projectChanged();
}

void Session::closeProject() {
  if (!hasProject()) return;
  Q_EMIT projectClosing();
  m_training->stop();
  m_tuning->stop();
  m_jobs->cancel();
  m_history->close();
  m_catalogue.reset();
  m_project.reset();
  Q_EMIT projectChanged();
}

void Session::importSprites(const std::vector<std::filesystem::path>& sources, const ImportOptions& options) {
  if (sources.empty()) return;
  const QString what =
      sources.size() == 1 ? shownPath(sources.front().filename()) : tr("%1 sources").arg(sources.size());
  bringIn(tr("Importing %1").arg(what), tr("import of %1").arg(what),
          [sources, options](const Project& project, JobMonitor& monitor) {
            return loom::importSprites(project, sources, options, monitor);
          });
}

void Session::addStarterSet(int characters, std::uint64_t seed) {
  bringIn(tr("Drawing starter characters"), tr("starter characters"),
          [characters, seed](const Project& project, JobMonitor& monitor) {
            return loom::addStarterSet(project, characters, seed, monitor);
          });
}

void Session::bringIn(const QString& title, const QString& what,
                      std::function<ImportReport(const Project&, JobMonitor&)> work) {
  if (!hasProject()) return;
  m_jobs->run(
      title, this,
      [project = project(), work = std::move(work)](JobMonitor& monitor) { return work(project, monitor); },
      [this, what, folder = project().folder()](const ImportReport& report) {
        if (hasProject() && project().folder() == folder) afterImport(report, what);
      });
}

void Session::afterImport(const ImportReport& report, const QString& what) {
  if (report.cancelled) {
    say(tr("The import was cancelled; nothing was added."));
    return;
  }
  if (!report.sprites.empty()) undoStack().push(new ImportCommand(*this, report.sprites, what));
  Q_EMIT spritesChanged();
  Q_EMIT importFinished(report);
}

QStringList Session::recentProjects() const {
  QStringList existing;
  const QStringList remembered = QSettings().value("recentProjects").toStringList();
  for (const QString& path : remembered) {
    if (Project::isProject(path.toStdString())) existing.append(path);
  }
  return existing;
}

}  // namespace loom
