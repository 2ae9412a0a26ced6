// Sprites that are open in another program: written to files of their own, watched, and read again when they are saved.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <map>
#include <optional>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

/// The files lie in PROJECT/editing, named after the sprite's number, beside a note of which state of each was last
/// seen, so that what was saved while the studio was closed is found when the project is opened again. Files are
/// written and read as jobs.
class ExternalEditor : public QObject {
  Q_OBJECT
 public:
  explicit ExternalEditor(JobRunner& jobs, QObject* parent = nullptr);

  /// Another project, or none. Files that nobody saved for two weeks are deleted.
  void setProject(const std::optional<Project>& project);

  /// Writes the sprite to a file and opens that. Then opened(), or failed().
  void open(SpriteId id, const QString& name);

  /// What sprites are opened with: the program chosen, else the first of Aseprite, LibreSprite, Krita, GIMP that is
  /// installed; empty: what the system opens PNG files with.
  static QString program();
  /// "Aseprite", or "another program" where none is known.
  static QString programName();
  /// Opens a picture that is there, and does not watch it. Returns why not; nothing where the program has started.
  static std::optional<ErrorText> openPicture(const QString& file);
  static void setProgram(const QString& path);

 Q_SIGNALS:
  void opened(const QString& name);
  /// A file was saved.
  void edited(loom::SpriteId id, const loom::Sprite& pixels, const QString& name);
  void failed(const loom::ErrorText& error);

 private:
  struct OpenFile {
    SpriteId id = 0;
    QString name;
    qint64 seen = 0;   ///< the time of the state last written or read, in ms since 1970
    int failures = 0;  ///< to read the state it is in
    bool reading = false;
  };
  void watch(const QString& file);
  void start(const QString& file);
  void lookForNews();
  void read(const QString& file);
  void saveSeen() const;
  void forget();

  JobRunner& m_jobs;
  std::optional<Project> m_project;
  std::filesystem::path m_folder;
  QFileSystemWatcher m_watcher;
  QTimer m_settle;  // programs save in several writes
  std::map<QString, OpenFile> m_files;
};

}  // namespace loom
