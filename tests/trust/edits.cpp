// Which edits an artist might make, and making them.
#include <algorithm>
#include <functional>
#include <stdexcept>

#include "core/image/edit.h"
#include "tests/trust/made.h"
#include "tests/trust/promises.h"

namespace loom::trust {
namespace {

constexpr int kKeptSteps = 30;
constexpr int kValueKeys = 6;

std::string words(RandomStream& random) {
  static const std::vector<std::string> kWords{"red", "knight",     "old",         "forest",
                                               "née", "\"quoted\"", "line\nbreak", "剣"};
  std::string text;
  for (std::uint32_t i = random.below(4) + 1; i > 0; --i) {
    text += (text.empty() ? "" : " ") + kWords[random.below(static_cast<std::uint32_t>(kWords.size()))];
  }
  return text + " " + std::to_string(random.below(1000));
}

/// Ids of the records for which `fits` holds; at most 40 of them, drawn at random.
std::vector<std::int64_t> drawn(RandomStream& random, const Json& records,
                                const std::function<bool(const Json&)>& fits) {
  std::vector<std::int64_t> ids;
  for (const auto& [id, record] : records.items()) {
    if (fits(record)) ids.push_back(std::stoll(id));
  }
  for (std::size_t i = ids.size(); i > 1; --i) {
    std::swap(ids[i - 1], ids[random.below(static_cast<std::uint32_t>(i))]);
  }
  ids.resize(std::min<std::size_t>(ids.size(), 1 + random.below(40)));
  return ids;
}

Json newFavourite(RandomStream& random) {
  return {{"op", "favourite"},     {"picture", 4'000'000 + random.below(100'000)},
          {"name", words(random)}, {"collection", random.chance(.5) ? words(random) : std::string()},
          {"note", words(random)}, {"tags", words(random)}};
}

Json favouriteEdit(RandomStream& random, const Json& state) {
  const Json& all = state.at("favourites");
  const bool removed = random.chance(.2);  // those come back, and nothing else happens to them: it could not be seen
  const auto ids = drawn(random, all, [&](const Json& favourite) { return favourite.at("removed") == removed; });
  if (ids.empty() || random.chance(.25)) return newFavourite(random);
  switch (removed ? 3 : random.below(5)) {
    case 0:
      return {{"op", "rename"}, {"id", ids[0]}, {"name", words(random)}};
    case 1:
      return {{"op", "collect"}, {"id", ids[0]}, {"collection", words(random)}};
    case 2:
      return {{"op", "note"}, {"id", ids[0]}, {"note", words(random)}, {"tags", words(random)}};
    case 3:
      return {{"op", "remove"}, {"id", ids[0]}, {"removed", !all.at(std::to_string(ids[0])).at("removed").get<bool>()}};
    default:
      return {{"op", "order"}, {"ids", ids}};
  }
}

Json spriteEdit(RandomStream& random, const Json& state) {
  const bool inBin = random.chance(.2);
  const auto ids = drawn(random, state.at("sprites"), [&](const Json& sprite) { return sprite.at("binned") == inBin; });
  if (ids.empty()) return favouriteEdit(random, state);
  if (inBin) {
    if (random.chance(.5)) return {{"op", "bin"}, {"ids", ids}, {"on", false}};
    return {{"op", "purge"}, {"ids", ids}};
  }
  const std::string id = std::to_string(ids[0]);
  switch (random.below(4)) {
    case 0: {
      static const std::vector<std::string> kFields{"tags", "author", "licence"};
      return {{"op", "field"}, {"ids", ids}, {"field", kFields[random.below(3)]}, {"value", words(random)}};
    }
    case 1:
      return {{"op", "exclude"}, {"ids", ids}, {"on", random.chance(.5)}};
    case 2:
      return {{"op", "bin"}, {"ids", ids}, {"on", true}};
    default: {
      const auto change = state.at("changes").find(id);
      const bool painted = change != state.at("changes").end();
      if (!painted || random.chance(.3)) return {{"op", "paint"}, {"id", ids[0]}, {"picture", random.below(100'000)}};
      return {{"op", "unpaint"},
              {"id", ids[0]},
              {"change", change->at("change")},
              {"undone", !change->at("undone").get<bool>()}};
    }
  }
}

Json keepStep(RandomStream& random, const Json& state) {
  const std::int64_t number = state.at("last_step").get<std::int64_t>() + 1;
  Json gone = Json::array();
  if (state.at("steps").contains(std::to_string(number - kKeptSteps))) gone.push_back(number - kKeptSteps);
  return {{"op", "step"}, {"number", number}, {"text", words(random)}, {"data", words(random)}, {"gone", gone}};
}

Json oneEdit(RandomStream& random, const Json& state, bool sprites) {
  const double choice = random.uniform();
  if (choice < .15) return keepStep(random, state);
  if (choice < .3) {
    return {{"op", "value"},
            {"key", "trust " + std::to_string(1 + random.below(kValueKeys - 1))},
            {"value", words(random)}};
  }
  return sprites && choice < .7 ? spriteEdit(random, state) : favouriteEdit(random, state);
}

void paint(Catalogue& catalogue, const Json& operation) {
  Catalogue::Transaction together(catalogue);
  const PackedSprite pixels = packSprite(madeSprite(operation.at("picture")));
  const std::int64_t stored = catalogue.storePixels(pixels);
  const ChangeId change = catalogue.addChange("painted");
  catalogue.changePixels(change, {.sprite = operation.at("id"),
                                  .pixels = pixels,
                                  .steps = {{{"name", "edit"}, {"settings", {{"pixels", stored}}}}}});
  together.commit();
}

void addFavourite(Catalogue& catalogue, const Json& operation) {
  catalogue.addFavourite({.name = operation.at("name"),
                          .run = 1,
                          .latent = {1, 2, 3},
                          .collection = operation.at("collection"),
                          .note = operation.at("note"),
                          .tags = operation.at("tags"),
                          .views = {"front"},
                          .sprites = {madeSprite(operation.at("picture"))}});
}

bool performOnFavourites(Catalogue& catalogue, const std::string& op, const Json& operation) {
  if (op == "favourite")
    addFavourite(catalogue, operation);
  else if (op == "rename")
    catalogue.renameFavourite(operation.at("id"), operation.at("name"));
  else if (op == "collect")
    catalogue.setFavouriteCollection(operation.at("id"), operation.at("collection"));
  else if (op == "note")
    catalogue.setFavouriteNote(operation.at("id"), operation.at("note"), operation.at("tags"));
  else if (op == "remove")
    catalogue.setFavouriteRemoved(operation.at("id"), operation.at("removed"));
  else if (op == "order")
    catalogue.orderFavourites(operation.at("ids").get<std::vector<std::int64_t>>());
  else
    return false;
  return true;
}

bool performOnSprites(Catalogue& catalogue, const std::string& op, const Json& operation) {
  if (op == "paint")
    paint(catalogue, operation);
  else if (op == "unpaint")
    catalogue.setChangeUndone(operation.at("change"), operation.at("undone"));
  else if (!operation.contains("ids"))
    return false;
  else {
    const auto ids = operation.at("ids").get<std::vector<SpriteId>>();
    const std::string field = operation.value("field", "");
    const SpriteField which = field == "tags"     ? SpriteField::kTags
                              : field == "author" ? SpriteField::kAuthor
                                                  : SpriteField::kLicence;
    if (op == "field") catalogue.setField(ids, which, operation.at("value").get<std::string>());
    if (op == "exclude") catalogue.setExcluded(ids, operation.at("on"));
    if (op == "bin") catalogue.setBinned(ids, operation.at("on"));
    if (op == "purge") catalogue.removeForGood(ids);
  }
  return true;
}

}  // namespace

Json chooseEdit(RandomStream& random, const Json& state, bool sprites) {
  if (sprites && random.chance(.03)) {
    return {{"op", "copy"}, {"to", "copy-" + std::to_string(random.next()) + ".loom"}};
  }
  if (!random.chance(.25)) return oneEdit(random, state, sprites);
  // The first part shows in any case: that all of it happened or nothing can then be told.
  Json parts = {{{"op", "value"}, {"key", "trust 0"}, {"value", random.next()}}};
  Json after = state;
  for (int i = 0; i < 3; ++i) {
    promise(after, parts.back());
    parts.push_back(oneEdit(random, after, sprites));
  }
  return {{"op", "together"}, {"parts", parts}};
}

void perform(const Project& project, Catalogue& catalogue, const Json& operation) {
  const std::string op = operation.at("op");
  if (op == "together") {
    Catalogue::Transaction together(catalogue);
    for (const Json& part : operation.at("parts")) perform(project, catalogue, part);
    together.commit();
  } else if (op == "value") {
    catalogue.setValue(operation.at("key"), operation.at("value"));
  } else if (op == "step") {
    const KeptStep step{
        .number = operation.at("number"), .text = operation.at("text"), .kind = "trust", .data = operation.at("data")};
    catalogue.keepSteps({&step, 1}, operation.at("gone").get<std::vector<std::int64_t>>(), step.number);
  } else if (op == "copy") {
    JobMonitor monitor;
    project.saveAs(project.folder().parent_path() / operation.at("to").get<std::string>(), monitor);
  } else if (!performOnFavourites(catalogue, op, operation) && !performOnSprites(catalogue, op, operation)) {
    throw std::runtime_error("no such operation: " + op);
  }
}

}  // namespace loom::trust
