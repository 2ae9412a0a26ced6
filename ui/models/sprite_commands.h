// What the dataset page does to sprites, as steps that can be undone.
#pragma once

#include <QUndoCommand>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

/// Excludes from training, or includes again. Give only sprites whose state changes: undo turns all of them back.
class SetExcludedCommand : public QUndoCommand {
 public:
  SetExcludedCommand(Session& session, std::vector<SpriteId> ids, bool excluded);
  void undo() override { apply(!m_excluded); }
  void redo() override { apply(m_excluded); }

 private:
  void apply(bool excluded);
  Session& m_session;
  std::vector<SpriteId> m_ids;
  bool m_excluded;
};

/// Deletes to the project's bin.
class BinCommand : public QUndoCommand {
 public:
  BinCommand(Session& session, std::vector<SpriteId> ids);
  void undo() override { apply(false); }
  void redo() override { apply(true); }

 private:
  void apply(bool binned);
  Session& m_session;
  std::vector<SpriteId> m_ids;
};

/// "1 sprite", "3,104 sprites": a number with its noun.
QString counted(qint64 number, const QString& one, const QString& many);

}  // namespace loom
