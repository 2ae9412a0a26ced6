// The character of the create page in other programs: copied, dragged out, or open in an editor whose saves come back
// as pixels drawn over it.
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTimer>
#include <memory>
#include <string>

#include "core/image/sprite.h"
#include "ui/bridge/session.h"
#include "ui/models/character_editor.h"

class QMimeData;

namespace loom {

class CreateStage;

class CreateHandOff : public QObject {
  Q_OBJECT
 public:
  CreateHandOff(Session& session, CharacterEditor& editor, CreateStage& stage);

  void copy();
  /// Drags what the stage shows from its view number `view` out of the window, until it is dropped.
  void drag(int view);
  /// Opens the large picture in the program that sprites are edited in, and takes over what is saved there.
  void edit();

  /// That view as a picture and as PNG that says how it was made; with `file` also as a file of that kind. The caller
  /// owns it. Throws Error.
  std::unique_ptr<QMimeData> mimeData(int view, bool file);

 private:
  std::vector<std::byte> png(int view) const;
  QString write(int view);
  int shownView() const;
  void takeBack();

  Session& m_session;
  CharacterEditor& m_editor;
  CreateStage& m_stage;
  std::unique_ptr<QTemporaryDir> m_folder;
  QFileSystemWatcher m_watcher;
  QTimer m_settle;  ///< programs save in several writes
  QString m_file;   ///< open in the other program; empty: none
  std::string m_view;
  Sprite m_there;  ///< what the file held when it was last looked at
};

}  // namespace loom
