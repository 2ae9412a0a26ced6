// The harness's own idea of what each operation does.
#include "tests/trust/promises.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/image/codec.h"
#include "tests/trust/made.h"

namespace loom::trust {
namespace {

std::string key(const Json& id) {
  return std::to_string(id.get<std::int64_t>());
}

std::uint64_t hashOf(const Json& picture) {
  return contentHash(madeSprite(picture.get<int>()));
}

Json newSprite(const std::string& character, const std::string& view, std::uint64_t hash) {
  return {{"character", character}, {"view", view},  {"hash", hash},      {"tags", ""},
          {"author", ""},           {"licence", ""}, {"excluded", false}, {"binned", false}};
}

void addFavourite(Json& state, const Json& operation) {
  const std::int64_t id = state.at("favourites").size() + 1;  // numbers are never given out twice
  Json favourite = operation;
  favourite.erase("op");
  favourite["hash"] = hashOf(operation.at("picture"));
  favourite["removed"] = false;
  favourite["position"] = id;
  favourite["id"] = id;
  state["favourites"][std::to_string(id)] = favourite;
}

void order(Json& state, const Json& ids) {
  std::vector<std::int64_t> places;
  for (const Json& id : ids) places.push_back(state["favourites"][key(id)]["position"]);
  std::ranges::sort(places);
  for (std::size_t i = 0; i < ids.size(); ++i) state["favourites"][key(ids[i])]["position"] = places[i];
}

void paint(Json& state, const Json& operation) {
  Json& sprite = state["sprites"][key(operation.at("id"))];
  const std::int64_t change = state["changes_made"].get<std::int64_t>() + 1;
  state["changes_made"] = change;
  state["changes"][key(operation.at("id"))] = {{"change", change}, {"other", sprite["hash"]}, {"undone", false}};
  sprite["hash"] = hashOf(operation.at("picture"));
}

void unpaint(Json& state, const Json& operation) {
  Json& change = state["changes"][key(operation.at("id"))];
  change["undone"] = operation.at("undone");
  std::swap(change["other"], state["sprites"][key(operation.at("id"))]["hash"]);
}

void step(Json& state, const Json& operation) {
  for (const Json& number : operation.at("gone")) state["steps"].erase(key(number));
  state["steps"][key(operation.at("number"))] = {{"text", operation.at("text")}, {"data", operation.at("data")}};
  state["last_step"] = operation.at("number");
}

void favouriteEdit(Json& state, const Json& operation) {
  Json& favourite = state["favourites"][key(operation.at("id"))];
  for (const char* name : {"name", "collection", "note", "tags", "removed"}) {
    if (operation.contains(name)) favourite[name] = operation.at(name);
  }
}

void spriteEdit(Json& state, const std::string& op, const Json& operation) {
  for (const Json& id : operation.at("ids")) {
    if (op == "field") state["sprites"][key(id)][operation.at("field").get<std::string>()] = operation.at("value");
    if (op == "exclude") state["sprites"][key(id)]["excluded"] = operation.at("on");
    if (op == "bin") state["sprites"][key(id)]["binned"] = operation.at("on");
    if (op != "purge") continue;
    state["sprites"].erase(key(id));
    state["changes"].erase(key(id));
  }
}

}  // namespace

Json emptyState() {
  return {{"favourites", Json::object()},
          {"sprites", Json::object()},
          {"coming", Json::object()},
          {"values", Json::object()},
          {"steps", Json::object()},
          {"changes", Json::object()},
          {"exports", Json::object()},
          {"last_step", 0},
          {"changes_made", 0},
          {"batches", 0}};
}

Json trainingState(const Project& project) {
  Json state = emptyState();
  for (const SpriteInfo& info : project.catalogue().sprites()) {
    state["sprites"][std::to_string(info.id)] = newSprite(info.character, info.view, info.hash);
  }
  return state;
}

void promise(Json& state, const Json& operation) {
  const std::string op = operation.at("op");
  if (op == "together") {
    for (const Json& part : operation.at("parts")) promise(state, part);
  } else if (op == "favourite") {
    addFavourite(state, operation);
  } else if (op == "order") {
    order(state, operation.at("ids"));
  } else if (op == "paint") {
    paint(state, operation);
  } else if (op == "unpaint") {
    unpaint(state, operation);
  } else if (op == "value") {
    state["values"][operation.at("key").get<std::string>()] = operation.at("value");
  } else if (op == "step") {
    step(state, operation);
  } else if (op == "import") {
    state["batches"] = operation.at("batch");
    for (const BatchPicture& picture : batchPictures(operation.at("batch"))) {
      state["coming"][picture.character + "/" + picture.view] =
          newSprite(picture.character, picture.view, picture.hash);
    }
  } else if (op == "export") {
    state["exports"][operation.at("kind").get<std::string>()] = operation.at("version");
  } else if (operation.contains("ids")) {
    spriteEdit(state, op, operation);
  } else if (op != "copy") {
    favouriteEdit(state, operation);
  }
}

Json visible(const Json& state) {
  std::map<std::int64_t, Json> favourites;
  for (const auto& [id, favourite] : state.at("favourites").items()) {
    if (favourite.at("removed").get<bool>()) continue;
    Json& shown = favourites[favourite.at("position").get<std::int64_t>()];
    for (const char* name : {"id", "name", "collection", "note", "tags", "hash"}) shown[name] = favourite.at(name);
  }
  Json sprites = Json::object();
  std::int64_t binned = 0;
  for (const auto& [id, sprite] : state.at("sprites").items()) {
    if (sprite.at("binned").get<bool>()) {
      ++binned;
    } else {
      sprites[id] = sprite;
      sprites[id].erase("binned");
    }
  }
  Json ordered = Json::array();
  for (const auto& [position, favourite] : favourites) ordered.push_back(favourite);
  return {{"favourites", ordered},        {"sprites", sprites},         {"binned", binned},
          {"values", state.at("values")}, {"steps", state.at("steps")}, {"last_step", state.at("last_step")}};
}

Json visible(const Catalogue& catalogue) {
  Json seen = {{"favourites", Json::array()},
               {"sprites", Json::object()},
               {"values", Json::object()},
               {"steps", Json::object()},
               {"last_step", catalogue.lastDoneStep()}};
  for (const Favourite& favourite : catalogue.favourites()) {
    Json shown = {{"id", favourite.id},
                  {"name", favourite.name},
                  {"collection", favourite.collection},
                  {"note", favourite.note},
                  {"tags", favourite.tags}};
    shown["hash"] = favourite.sprites.empty() ? Json("no picture") : Json(contentHash(favourite.sprites.front()));
    seen["favourites"].push_back(shown);
  }
  for (const SpriteInfo& info : catalogue.sprites()) {
    Json& sprite = seen["sprites"][std::to_string(info.id)];
    sprite = newSprite(info.character, info.view, contentHash(catalogue.pixels(info.id)));
    sprite.erase("binned");
    sprite["tags"] = info.tags;
    sprite["author"] = info.author;
    sprite["licence"] = info.licence;
    sprite["excluded"] = info.excluded;
  }
  seen["binned"] = catalogue.counts().binned;
  for (int i = 0; i < 6; ++i) {
    const std::string name = "trust " + std::to_string(i);
    if (const Json value = catalogue.value(name); !value.is_null()) seen["values"][name] = value;
  }
  for (const KeptStep& step : catalogue.keptSteps()) {
    seen["steps"][std::to_string(step.number)] = {{"text", step.text}, {"data", step.data}};
  }
  return seen;
}

void adoptSprites(Json& state, const Json& seen) {
  for (const auto& [id, sprite] : seen.at("sprites").items()) {
    if (state["sprites"].contains(id)) continue;
    const std::string name = sprite.at("character").get<std::string>() + "/" + sprite.at("view").get<std::string>();
    const auto coming = state["coming"].find(name);
    if (coming == state["coming"].end()) continue;  // the comparison will say that it is one too many
    state["sprites"][id] = *coming;
    state["coming"].erase(name);
  }
}

}  // namespace loom::trust
