#include "ui/models/direction_commands.h"

#include <QUndoCommand>
#include <functional>
#include <utility>

#include "ui/models/catalogue_change.h"

namespace loom {
namespace {

using Change = std::function<void(Catalogue&)>;

/// Does something to the catalogue and tells everybody. False when it failed; that has then been said.
bool change(Session& session, const Change& action) {
  if (!changeCatalogue(session, action)) return false;
  session.notifyDirectionsChanged();
  return true;
}

/// Something that has been done, and can be taken back and done again.
class DirectionCommand : public QUndoCommand {
 public:
  DirectionCommand(Session& session, const QString& text, Change undo, Change redo)
      : QUndoCommand(text), m_session(session), m_undo(std::move(undo)), m_redo(std::move(redo)) {}
  void undo() override { change(m_session, m_undo); }
  void redo() override {
    if (std::exchange(m_done, true)) change(m_session, m_redo);  // the first redo is the push after the deed
  }

 private:
  Session& m_session;
  Change m_undo, m_redo;
  bool m_done = false;
};

void push(Session& session, const QString& text, Change undo, Change redo) {
  session.undoStack().push(new DirectionCommand(session, text, std::move(undo), std::move(redo)));
}

Change presence(std::int64_t id, bool removed) {
  return [id, removed](Catalogue& catalogue) { catalogue.setDirectionRemoved(id, removed); };
}

}  // namespace

void keepDirection(Session& session, const KeptDirection& direction, const QString& text) {
  std::int64_t id = 0;
  if (!change(session, [&](Catalogue& catalogue) { id = catalogue.addDirection(direction); })) return;
  push(session, text, presence(id, true), presence(id, false));
}

void renameDirection(Session& session, std::int64_t id, const QString& before, const QString& after) {
  const auto to = [id](const QString& name) -> Change {
    return [id, name = name.toStdString()](Catalogue& catalogue) { catalogue.renameDirection(id, name); };
  };
  if (before == after || !change(session, to(after))) return;
  push(session, QObject::tr("rename direction"), to(before), to(after));
}

void pinDirection(Session& session, std::int64_t id, bool pinned) {
  const auto to = [id](bool state) -> Change {
    return [id, state](Catalogue& catalogue) { catalogue.setDirectionPinned(id, state); };
  };
  if (!change(session, to(pinned))) return;
  push(session, pinned ? QObject::tr("pin direction") : QObject::tr("unpin direction"), to(!pinned), to(pinned));
}

void removeDirection(Session& session, std::int64_t id, const QString& name) {
  if (!change(session, presence(id, true))) return;
  push(session, QObject::tr("remove %1").arg(name), presence(id, false), presence(id, true));
}

}  // namespace loom
