#include "ui/models/favourite_commands.h"

#include <QUndoCommand>
#include <utility>

#include "ui/models/catalogue_change.h"
#include "ui/models/ramp_edits_json.h"

namespace loom {
namespace {

/// Does something to the catalogue and tells everybody. False when it failed; that has then been said.
template <class Action>
bool change(Session& session, const Action& action) {
  if (!changeCatalogue(session, action)) return false;
  session.notifyFavouritesChanged();
  return true;
}

/// Between being in the tray and being removed, either way round.
class PresenceCommand : public QUndoCommand {
 public:
  PresenceCommand(Session& session, std::vector<std::int64_t> ids, bool adds, const QString& text)
      : QUndoCommand(text), m_session(session), m_ids(std::move(ids)), m_adds(adds) {}
  void undo() override { setRemoved(m_adds); }
  void redo() override {
    if (m_done) setRemoved(!m_adds);  // the first redo is the push after the deed
    m_done = true;
  }

 private:
  void setRemoved(bool removed) {
    change(m_session, [&](Catalogue& catalogue) {
      Catalogue::Transaction transaction(catalogue);
      for (const std::int64_t id : m_ids) catalogue.setFavouriteRemoved(id, removed);
      transaction.commit();
    });
  }
  Session& m_session;
  std::vector<std::int64_t> m_ids;
  bool m_adds;
  bool m_done = false;
};

class RenameCommand : public QUndoCommand {
 public:
  RenameCommand(Session& session, std::int64_t id, const QString& before, const QString& after)
      : QUndoCommand(QObject::tr("rename favourite")),
        m_session(session),
        m_id(id),
        m_before(before.toStdString()),
        m_after(after.toStdString()) {}
  void undo() override { rename(m_before); }
  void redo() override { rename(m_after); }

 private:
  void rename(const std::string& name) {
    change(m_session, [&](Catalogue& catalogue) { catalogue.renameFavourite(m_id, name); });
  }
  Session& m_session;
  std::int64_t m_id;
  std::string m_before, m_after;
};

}  // namespace

void keepFavourite(Session& session, const CharacterLook& look, const QString& name, const std::string& view) {
  Favourite favourite;
  favourite.name = name.toStdString();
  favourite.run = look.run;
  favourite.step = look.step;
  favourite.latent = look.state.latent;
  favourite.settings = Json{{"truncation", look.state.truncation},
                            {"crisp_alpha", look.state.crispAlpha},
                            {"seed", look.state.seed},
                            {"view", view}};
  if (!look.state.colours.empty()) favourite.settings["colours"] = toJson(look.state.colours);
  if (!look.starter.empty()) favourite.settings["starter"] = look.starter;
  favourite.views = look.views;
  favourite.sprites = look.sprites;
  std::int64_t id = 0;
  if (!change(session, [&](Catalogue& catalogue) { id = catalogue.addFavourite(favourite); })) return;
  session.undoStack().push(new PresenceCommand(session, {id}, true, QObject::tr("keep %1").arg(name)));
}

void renameFavourite(Session& session, std::int64_t id, const QString& before, const QString& after) {
  if (before != after) session.undoStack().push(new RenameCommand(session, id, before, after));
}

void removeFavourites(Session& session, const std::vector<std::int64_t>& ids) {
  const bool done = change(session, [&](Catalogue& catalogue) {
    Catalogue::Transaction transaction(catalogue);
    for (const std::int64_t id : ids) catalogue.setFavouriteRemoved(id, true);
    transaction.commit();
  });
  if (!done) return;
  const QString text = ids.size() == 1 ? QObject::tr("remove favourite") : QObject::tr("remove favourites");
  session.undoStack().push(new PresenceCommand(session, ids, false, text));
}

CharacterLook lookOf(const Favourite& favourite) {
  const auto setting = [&](const char* key, auto fallback) {
    const auto found = favourite.settings.find(key);
    using Value = decltype(fallback);
    if (found == favourite.settings.end()) return fallback;
    if constexpr (std::is_same_v<Value, bool>) return found->is_boolean() ? found->template get<bool>() : fallback;
    if constexpr (std::is_same_v<Value, std::string>) {
      return found->is_string() ? found->template get<std::string>() : fallback;
    }
    return found->is_number() ? found->template get<Value>() : fallback;
  };
  CharacterLook look;
  look.state.latent = favourite.latent;
  look.state.seed = setting("seed", std::uint64_t{0});
  look.state.truncation = setting("truncation", 1.0);
  look.state.crispAlpha = setting("crisp_alpha", true);
  if (favourite.settings.contains("colours")) look.state.colours = rampEditsFrom(favourite.settings["colours"]);
  look.run = favourite.run;
  look.starter = setting("starter", std::string());
  look.step = favourite.step;
  look.views = favourite.views;
  look.sprites = favourite.sprites;
  return look;
}

bool isOf(const Favourite& favourite, const Model& model) {
  const std::string starter = model.run == 0 ? model.preset : std::string();
  return favourite.run == model.run && lookOf(favourite).starter == starter &&
         std::cmp_equal(favourite.latent.size(), model.latentSize());
}

}  // namespace loom
