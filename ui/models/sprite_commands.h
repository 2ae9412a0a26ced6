// What the dataset page does to sprites, as steps that can be undone.
#pragma once

#include <vector>

#include "ui/bridge/session.h"

namespace loom {

/// Excludes from training, or includes again. Give only sprites whose state changes: undo turns all of them back.
class SetExcludedCommand : public UndoStep {
 public:
  SetExcludedCommand(Session& session, std::vector<SpriteId> ids, bool excluded);
  Record record() const override;

 private:
  void revert() override { setExcluded(!m_excluded); }
  void apply() override { setExcluded(m_excluded); }
  void setExcluded(bool excluded);
  Session& m_session;
  std::vector<SpriteId> m_ids;
  bool m_excluded;
};

/// Deletes to the project's bin.
class BinCommand : public UndoStep {
 public:
  BinCommand(Session& session, std::vector<SpriteId> ids);
  Record record() const override;

 private:
  void revert() override { setBinned(false); }
  void apply() override { setBinned(true); }
  void setBinned(bool binned);
  Session& m_session;
  std::vector<SpriteId> m_ids;
};

/// Lets the session's history make these steps again.
void addSpriteKinds(Session& session);

/// "1 sprite", "3,104 sprites": a number with its noun.
QString counted(qint64 number, const QString& one, const QString& many);

}  // namespace loom
