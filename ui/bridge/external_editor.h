// Sprites that are open in another program: written to files of their own, watched, and read again when they are saved.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <map>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

/// The files lie in PROJECT/editing, named after the sprite's number, so that what was saved while the studio was closed
/// is found when the project is opened again.
class ExternalEditor : public QObject {
  Q_OBJECT
 public:
  explicit ExternalEditor(QObject* parent = nullptr);

  /// Another project, or none (an empty path). Files without news are deleted.
  void setProject(const std::filesystem::path& folder);

  /// Writes `pixels` to a file and opens it. Throws Error when that fails.
  void open(SpriteId id, const Sprite& pixels, const QString& name);
  int openFiles() const { return static_cast<int>(m_files.size()); }

  /// What sprites are opened with: the program chosen, else the first of Aseprite, LibreSprite, Krita, GIMP that is
  /// installed; empty: what the system opens PNG files with.
  static QString program();
  static void setProgram(const QString& path);

 Q_SIGNALS:
  /// A file was saved with other pixels than it was written or last read with.
  void edited(loom::SpriteId id, const loom::Sprite& pixels, const QString& name);
  void failed(const loom::ErrorText& error);

 private:
  struct OpenFile {
    SpriteId id = 0;
    QString name;
    Sprite pixels;  ///< as they were last written or read
  };
  void watch(const QString& file);
  void readAgain();
  void forget();

  std::filesystem::path m_folder;
  QFileSystemWatcher m_watcher;
  QTimer m_settle;  // programs save in several writes
  std::map<QString, OpenFile> m_files;
};

}  // namespace loom
