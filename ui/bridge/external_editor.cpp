#include "ui/bridge/external_editor.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>
#include <system_error>

#include "core/base/error.h"
#include "core/image/codec.h"

namespace loom {
namespace {

constexpr int kSettleMs = 250;

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

}  // namespace

ExternalEditor::ExternalEditor(QObject* parent) : QObject(parent) {
  m_settle.setSingleShot(true);
  m_settle.setInterval(kSettleMs);
  const auto later = [this] { m_settle.start(); };
  connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, later);
  connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, later);
  connect(&m_settle, &QTimer::timeout, this, &ExternalEditor::readAgain);
}

void ExternalEditor::setProject(const std::filesystem::path& folder) {
  forget();
  m_folder = folder.empty() ? folder : folder / "editing";
  if (m_folder.empty()) return;
  // What an earlier session left: taken up where its sprite's file has news.
  const QDir editing(QString::fromStdString(m_folder.string()));
  const QStringList files = editing.entryList({"*.png"}, QDir::Files);
  for (const QString& file : files) {
    const SpriteId id = numberIn(file);
    if (id == 0) continue;
    const QString path = editing.absoluteFilePath(file);
    m_files[path] = {id, QFileInfo(file).completeBaseName().section('-', 1), {}};
    watch(path);
  }
  if (!m_files.empty()) m_settle.start();
}

void ExternalEditor::open(SpriteId id, const Sprite& pixels, const QString& name) {
  if (m_folder.empty()) throw Error("no project is open");
  std::error_code failure;
  std::filesystem::create_directories(m_folder, failure);  // told by the file that cannot be written
  const QString path = QDir(QString::fromStdString(m_folder.string()))
                           .absoluteFilePath(QString::number(id) + '-' + safeName(name) + ".png");
  writePng(path.toStdString(), pixels);
  m_files[path] = {id, name, pixels};
  watch(path);
  const QString editor = program();
  const bool started = editor.isEmpty() ? QDesktopServices::openUrl(QUrl::fromLocalFile(path))
                                        : QProcess::startDetached(editor, {path});
  if (started) return;
  throw Error(editor.isEmpty() ? "no program opens PNG pictures here"
                               : "could not start " + editor.toStdString(),
              "choose a program under Edit in…, or open " + path.toStdString() + " yourself: it is watched", m_folder);
}

void ExternalEditor::watch(const QString& file) {
  m_watcher.addPath(QFileInfo(file).absolutePath());
  m_watcher.addPath(file);
}

void ExternalEditor::readAgain() {
  for (auto& [path, file] : m_files) {
    if (!QFileInfo::exists(path)) continue;  // some programs replace it: it will be back
    // A program that writes a new file in the old one's place ends the watch.
    if (!m_watcher.files().contains(path)) m_watcher.addPath(path);
    try {
      Sprite now = readImage(path.toStdString());
      if (now == file.pixels) continue;
      file.pixels = now;
      Q_EMIT edited(file.id, now, file.name);
    } catch (const Error& error) {
      Q_EMIT failed({tr("%1 could not be read again: %2").arg(path, QString::fromUtf8(error.what())),
                     tr("Save it once more as a PNG picture.")});
    }
  }
}

void ExternalEditor::forget() {
  m_settle.stop();
  for (const auto& [path, file] : m_files) {
    try {
      // What was saved a moment ago and not read yet waits for the project to be opened again.
      if (readImage(path.toStdString()) == file.pixels) QFile::remove(path);
    } catch (const Error&) {  // half written, or gone
    }
  }
  m_files.clear();
  if (!m_watcher.files().isEmpty()) m_watcher.removePaths(m_watcher.files());
  if (!m_watcher.directories().isEmpty()) m_watcher.removePaths(m_watcher.directories());
  if (!m_folder.empty()) {
    std::error_code ignored;
    std::filesystem::remove(m_folder, ignored);  // only when it is empty
  }
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

void ExternalEditor::setProgram(const QString& path) {
  QSettings().setValue("externalEditor", path);
}

}  // namespace loom
