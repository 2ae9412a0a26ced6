#include "ui/bridge/external_editor.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/image/codec.h"

namespace loom {
namespace {

constexpr int kSettleMs = 250;
constexpr int kMostFailures = 8;  // a program that writes a large file for that many times kSettleMs is not done yet
constexpr const char* kSeenFile = "seen.json";
constexpr std::int64_t kMostSeenBytes = 1 << 20;
constexpr int kKeptDays = 14;  // a program may still have the file open long after the project was closed

QString safeName(QString name) {
  for (QChar& letter : name) {
    if (!letter.isLetterOrNumber() && letter != '-' && letter != '_') letter = '_';
  }
  return name.left(60);
}

/// "17-knight-front.png" -> 17.
SpriteId numberIn(const QString& fileName) {
  bool good = false;
  const qint64 number = fileName.section('-', 0, 0).toLongLong(&good);
  return good ? number : 0;
}

qint64 timeOf(const QString& file) {
  return QFileInfo(file).lastModified().toMSecsSinceEpoch();
}

/// File name -> time, as an earlier session left it.
Json seenIn(const std::filesystem::path& folder) {
  try {
    Json seen = Json::parse(readTextFile(folder / kSeenFile, kMostSeenBytes), nullptr, false);
    return seen.is_object() ? seen : Json::object();
  } catch (const Error&) {  // there is none: everything is news
    return Json::object();
  }
}

}  // namespace

ExternalEditor::ExternalEditor(JobRunner& jobs, QObject* parent) : QObject(parent), m_jobs(jobs) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(kSettleMs);
  const auto later = [this] { m_settle.start(); };
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
  connect(&m_settle, &QTimer::timeout, this, &ExternalEditor::lookForNews);
}

void ExternalEditor::setProject(const std::optional<Project>& project) {
  forget();
  m_project = project;
  m_folder = project ? project->folder() / "editing" : std::filesystem::path();
  if (!project) return;
  const QDir editing(QString::fromStdString(m_folder.string()));
  const QStringList files = editing.entryList({"*.png"}, QDir::Files);
  const Json seen = files.empty() ? Json::object() : seenIn(m_folder);
  for (const QString& file : files) {
    const SpriteId id = numberIn(file);
    if (id == 0) continue;
    const auto known = seen.find(file.toStdString());
    const qint64 time = known != seen.end() && known->is_number_integer() ? known->get<qint64>() : 0;
    const QString path = editing.absoluteFilePath(file);
    if (timeOf(path) == time && QFileInfo(path).lastModified().daysTo(QDateTime::currentDateTime()) > kKeptDays) {
      QFile::remove(path);
      continue;
    }
    m_files[path] = {id, QFileInfo(file).completeBaseName().section('-', 1), time};
    watch(path);
  }
  if (!m_files.empty()) m_settle.start();
}

void ExternalEditor::open(SpriteId id, const QString& name) {
  if (!m_project) return;
  const QString path = QDir(QString::fromStdString(m_folder.string()))
                           .absoluteFilePath(QString::number(id) + '-' + safeName(name) + ".png");
  const QString title = tr("Opening %1").arg(name);
  m_jobs.run(
      title, this,
      [project = *m_project, folder = m_folder, file = path.toStdString(), id](JobMonitor&) {
        std::error_code failure;
        std::filesystem::create_directories(folder, failure);  // told by the file that cannot be written
        writePng(file, project.catalogue().pixels(id));
        return folder;
      },
      [this, path, id, name](const std::filesystem::path& folder) {
        if (folder != m_folder) return;  // another project was opened meanwhile
        m_files[path] = {id, name, timeOf(path)};
        watch(path);
        saveSeen();
        start(path);
      },
      [this, title](const std::exception_ptr& error) {
        const ErrorText text = errorText(error);
        Q_EMIT failed({tr("%1: %2").arg(title, text.what), text.hint});
      });
}

void ExternalEditor::start(const QString& file) {
  std::optional<ErrorText> failure = openPicture(file);
  if (!failure) {
    Q_EMIT opened(m_files[file].name);
    return;
  }
  failure->hint = tr("Choose another program, or open %1 yourself: it is watched.").arg(file);
  Q_EMIT failed(*failure);
}

std::optional<ErrorText> ExternalEditor::openPicture(const QString& file) {
  const QString editor = program();
  const bool started =
      editor.isEmpty() ? QDesktopServices::openUrl(QUrl::fromLocalFile(file)) : QProcess::startDetached(editor, {file});
  if (started) return {};
  return ErrorText{editor.isEmpty() ? tr("No program opens PNG pictures here.") : tr("Could not start %1.").arg(editor),
                   tr("Choose another program on the Dataset page, or open %1 yourself.").arg(file)};
}

void ExternalEditor::watch(const QString& file) {
  m_watcher.addPath(QFileInfo(file).absolutePath());
  m_watcher.addPath(file);
}

void ExternalEditor::lookForNews() {
  for (auto& [path, file] : m_files) {
    if (file.reading || !QFileInfo::exists(path)) continue;  // some programs replace it: it will be back
    // A program that puts a new file in the old one's place ends the watch.
    if (!m_watcher.files().contains(path)) m_watcher.addPath(path);
    if (timeOf(path) != file.seen) read(path);
  }
}

void ExternalEditor::read(const QString& file) {
  m_files[file].reading = true;
  const qint64 time = timeOf(file);
  const std::filesystem::path folder = m_folder;
  const auto done = [this, file, folder, time](const Sprite* pixels, const ErrorText& error) {
    const auto found = m_files.find(file);
    if (folder != m_folder || found == m_files.end()) return;
    OpenFile& known = found->second;
    known.reading = false;
    if (pixels == nullptr && ++known.failures < kMostFailures) return m_settle.start();  // half written?
    known.failures = 0;
    known.seen = time;
    saveSeen();
    if (timeOf(file) != time) m_settle.start();
    if (pixels != nullptr) {
      Q_EMIT edited(known.id, *pixels, known.name);
    } else {
      Q_EMIT failed({tr("%1 could not be read again: %2").arg(file, error.what), tr("Save it once more as a PNG.")});
    }
  };
  m_jobs.run(
      tr("Reading %1").arg(QFileInfo(file).fileName()), this,
      [path = file.toStdString()](JobMonitor&) { return readImage(path); },
      [done](const Sprite& pixels) { done(&pixels, {}); },
      [done](const std::exception_ptr& error) { done(nullptr, errorText(error)); });
}

void ExternalEditor::saveSeen() const {
  Json seen = Json::object();
  for (const auto& [path, file] : m_files) seen[QFileInfo(path).fileName().toStdString()] = file.seen;
  // Not synced: where this is lost, a file is taken over once more when the project is opened again.
  QFile note(QString::fromStdString((m_folder / kSeenFile).string()));
  if (note.open(QIODevice::WriteOnly)) note.write(QByteArray::fromStdString(seen.dump(1)));
}

void ExternalEditor::forget() {
  m_settle.stop();
  m_files.clear();
  if (!m_watcher.files().isEmpty()) m_watcher.removePaths(m_watcher.files());
  if (!m_watcher.directories().isEmpty()) m_watcher.removePaths(m_watcher.directories());
}

QString ExternalEditor::program() {
  const QString chosen = QSettings().value("externalEditor").toString();
  if (!chosen.isEmpty()) return chosen;
  for (const char* name : {"aseprite", "libresprite", "krita", "gimp"}) {
    const QString path = QStandardPaths::findExecutable(name);
    if (!path.isEmpty()) return path;
  }
  return {};
}

QString ExternalEditor::programName() {
  QString name = QFileInfo(program()).completeBaseName();
  if (name.isEmpty()) return tr("another program");
  name[0] = name[0].toUpper();
  return name;
}

void ExternalEditor::setProgram(const QString& path) {
  QSettings().setValue("externalEditor", path);
}

}  // namespace loom
