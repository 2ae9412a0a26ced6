#include "ui/models/direction_commands.h"

#include <utility>

#include "ui/models/catalogue_change.h"

namespace loom {
namespace {

constexpr const char* kKind = "direction";

/// What is said of a direction, and one thing of it: its "name", whether it is "pinned", whether it is "removed".
struct Said {
  std::int64_t id = 0;
  std::string what = {};
  Json before = {}, after = {};
};

void write(Catalogue& catalogue, const Said& said, const Json& value) {
  if (said.what == "name") return catalogue.renameDirection(said.id, value.get<std::string>());
  if (said.what == "pinned") return catalogue.setDirectionPinned(said.id, value.get<bool>());
  catalogue.setDirectionRemoved(said.id, value.get<bool>());
}

/// Does something to the catalogue and tells everybody. False when it failed; that has then been said.
template <class Action>
bool change(Session& session, const Action& action) {
  if (!changeCatalogue(session, action)) return false;
  session.notifyDirectionsChanged();
  return true;
}

/// Something that has been done, and can be taken back and done again.
class DirectionCommand : public UndoStep {
 public:
  DirectionCommand(Session& session, const QString& text, Said said)
      : UndoStep(text, Deed::kDone), m_session(session), m_said(std::move(said)) {}
  Record record() const override {
    return {kKind, {{"id", m_said.id}, {"what", m_said.what}, {"before", m_said.before}, {"after", m_said.after}}};
  }

 private:
  void revert() override { say(m_said.before); }
  void apply() override { say(m_said.after); }
  void say(const Json& value) {
    change(m_session, [&](Catalogue& catalogue) { write(catalogue, m_said, value); });
  }
  Session& m_session;
  Said m_said;
};

void push(Session& session, const QString& text, Said said) {
  session.undoStack().push(new DirectionCommand(session, text, std::move(said)));
}

void doAndPush(Session& session, const QString& text, const Said& said) {
  if (change(session, [&](Catalogue& catalogue) { write(catalogue, said, said.after); })) push(session, text, said);
}

Said saidFrom(const Json& data) {
  Said said{data.at("id").get<std::int64_t>(), data.at("what").get<std::string>(), data.at("before"), data.at("after")};
  for (const Json* value : {&said.before, &said.after}) {
    if (said.what == "name" ? !value->is_string() : !value->is_boolean()) throw Error("a step is damaged");
  }
  return said;
}

}  // namespace

void addDirectionKinds(Session& session) {
  session.history().addKind(kKind, [&session](const Json& data) {
    return std::make_unique<DirectionCommand>(session, QString(), saidFrom(data));
  });
}

void keepDirection(Session& session, const KeptDirection& direction, const QString& text) {
  std::int64_t id = 0;
  if (!change(session, [&](Catalogue& catalogue) { id = catalogue.addDirection(direction); })) return;
  push(session, text, {id, "removed", true, false});
}

void renameDirection(Session& session, std::int64_t id, const QString& before, const QString& after) {
  if (before == after) return;
  doAndPush(session, QObject::tr("rename direction"), {id, "name", before.toStdString(), after.toStdString()});
}

void pinDirection(Session& session, std::int64_t id, bool pinned) {
  doAndPush(session, pinned ? QObject::tr("pin direction") : QObject::tr("unpin direction"),
            {id, "pinned", !pinned, pinned});
}

void removeDirection(Session& session, std::int64_t id, const QString& name) {
  doAndPush(session, QObject::tr("remove %1").arg(name), {id, "removed", false, true});
}

}  // namespace loom
