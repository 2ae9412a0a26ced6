#include "ui/models/favourite_commands.h"

#include <algorithm>
#include <utility>

#include "ui/models/catalogue_change.h"
#include "ui/models/character_state_json.h"

namespace loom {
namespace {

constexpr const char* kKind = "favourites";

/// One thing said of favourites: "removed", "name", "collection" or "note" as a list of [id, value]; "order" as ids.
struct Said {
  std::string what = {};
  Json before = {}, after = {};
};

void write(Catalogue& catalogue, const std::string& what, const Json& values) {
  if (what == "order") return catalogue.orderFavourites(values.get<std::vector<std::int64_t>>());
  Catalogue::Transaction transaction(catalogue);
  for (const Json& pair : values) {
    const auto id = pair.at(0).get<std::int64_t>();
    const Json& value = pair.at(1);
    if (what == "removed") catalogue.setFavouriteRemoved(id, value.get<bool>());
    if (what == "name") catalogue.renameFavourite(id, value.get<std::string>());
    if (what == "collection") catalogue.setFavouriteCollection(id, value.get<std::string>());
    if (what == "note") {
      catalogue.setFavouriteNote(id, value.at("note").get<std::string>(), value.at("tags").get<std::string>());
    }
  }
  transaction.commit();
}

bool isValue(const std::string& what, const Json& value) {
  if (what == "removed") return value.is_boolean();
  if (what == "name" || what == "collection") return value.is_string();
  return what == "note" && value.is_object() && value.value("note", Json()).is_string() &&
         value.value("tags", Json()).is_string();
}

bool canBeWritten(const std::string& what, const Json& values) {
  if (!values.is_array()) return false;
  return std::all_of(values.begin(), values.end(), [&](const Json& item) {
    if (what == "order") return item.is_number_integer();
    return item.is_array() && item.size() == 2 && item[0].is_number_integer() && isValue(what, item[1]);
  });
}

/// Does something to the catalogue and tells everybody. False when it failed; that has then been said.
template <class Action>
bool change(Session& session, const Action& action) {
  if (!changeCatalogue(session, action)) return false;
  session.notifyFavouritesChanged();
  return true;
}

/// Something that has been done, and can be taken back and done again.
class FavouriteCommand : public UndoStep {
 public:
  FavouriteCommand(Session& session, const QString& text, Said said)
      : UndoStep(text, Deed::kDone), m_session(session), m_said(std::move(said)) {}
  Record record() const override {
    return {kKind, {{"what", m_said.what}, {"before", m_said.before}, {"after", m_said.after}}};
  }

 private:
  void revert() override { say(m_said.before); }
  void apply() override { say(m_said.after); }
  void say(const Json& values) {
    change(m_session, [&](Catalogue& catalogue) { write(catalogue, m_said.what, values); });
  }
  Session& m_session;
  Said m_said;
};

void push(Session& session, const QString& text, Said said) {
  session.undoStack().push(new FavouriteCommand(session, text, std::move(said)));
}

void doAndPush(Session& session, const QString& text, const Said& said) {
  if (change(session, [&](Catalogue& catalogue) { write(catalogue, said.what, said.after); })) {
    push(session, text, said);
  }
}

/// [[id, value]]
Json one(std::int64_t id, Json value) {
  return Json::array({Json::array({id, std::move(value)})});
}

Json each(const std::vector<std::int64_t>& ids, const Json& value) {
  Json list = Json::array();
  for (const std::int64_t id : ids) list.push_back(Json::array({id, value}));
  return list;
}

}  // namespace

void addFavouriteKinds(Session& session) {
  session.history().addKind(kKind, [&session](const Json& data) -> std::unique_ptr<UndoStep> {
    Said said{data.at("what").get<std::string>(), data.at("before"), data.at("after")};
    if (!canBeWritten(said.what, said.before) || !canBeWritten(said.what, said.after)) return nullptr;
    return std::make_unique<FavouriteCommand>(session, QString(), std::move(said));
  });
}

Favourite favouriteOf(const CharacterLook& look, const QString& name, const std::string& view) {
  Favourite favourite;
  favourite.name = name.toStdString();
  favourite.run = look.run;
  favourite.step = look.step;
  favourite.latent = look.state.latent;
  favourite.settings = toJson(look.state);
  favourite.settings.erase("latent");  // it has a place of its own
  favourite.settings["view"] = view;
  if (!look.starter.empty()) favourite.settings["starter"] = look.starter;
  favourite.views = look.views;
  favourite.sprites = look.sprites;
  return favourite;
}

void keepFavourite(Session& session, const CharacterLook& look, const QString& name, const std::string& view,
                   const std::string& collection) {
  Favourite favourite = favouriteOf(look, name, view);
  favourite.collection = collection;
  std::int64_t id = 0;
  if (!change(session, [&](Catalogue& catalogue) { id = catalogue.addFavourite(favourite); })) return;
  push(session, QObject::tr("keep %1").arg(name), {"removed", one(id, true), one(id, false)});
}

void renameFavourite(Session& session, std::int64_t id, const QString& before, const QString& after) {
  if (before == after) return;
  doAndPush(session, QObject::tr("rename favourite"),
            {"name", one(id, before.toStdString()), one(id, after.toStdString())});
}

void removeFavourites(Session& session, const std::vector<std::int64_t>& ids) {
  const QString text = ids.size() == 1 ? QObject::tr("remove favourite") : QObject::tr("remove favourites");
  doAndPush(session, text, {"removed", each(ids, false), each(ids, true)});
}

void noteFavourite(Session& session, const Favourite& before, const std::string& note, const std::string& tags) {
  if (note == before.note && tags == before.tags) return;
  doAndPush(session, QObject::tr("note on %1").arg(QString::fromStdString(before.name)),
            {"note", one(before.id, {{"note", before.note}, {"tags", before.tags}}),
             one(before.id, {{"note", note}, {"tags", tags}})});
}

void collectFavourites(Session& session, const std::vector<std::pair<std::int64_t, std::string>>& before,
                       const std::string& collection, const QString& text) {
  Said said{"collection", Json::array(), Json::array()};
  for (const auto& [id, present] : before) {
    if (present == collection) continue;
    said.before.push_back(Json::array({id, present}));
    said.after.push_back(Json::array({id, collection}));
  }
  if (!said.after.empty()) doAndPush(session, text, said);
}

void orderFavourites(Session& session, const std::vector<std::int64_t>& before,
                     const std::vector<std::int64_t>& after) {
  if (before != after) doAndPush(session, QObject::tr("order of favourites"), {"order", before, after});
}

CharacterLook lookOf(const Favourite& favourite) {
  CharacterLook look;
  look.state = characterStateFromJson(favourite.settings);
  look.state.latent = favourite.latent;
  look.run = favourite.run;
  const auto starter = favourite.settings.find("starter");
  if (starter != favourite.settings.end() && starter->is_string()) look.starter = starter->get<std::string>();
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
