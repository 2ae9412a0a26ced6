#include "core/dataset/split.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr const char* kKey = "split";
constexpr double kMostHeldOut = .9;

void check(const SplitSettings& settings) {
  if (settings.fraction >= 0 && settings.fraction <= kMostHeldOut) return;
  throw Error("the share of characters held out must be from 0 to 0.9", "0.1 is usual");
}

/// Links names, and tells which hang together.
class Links {
 public:
  const std::string& root(const std::string& name) {
    std::string& parent = m_parents.try_emplace(name, name).first->second;
    if (parent != name) parent = root(parent);
    return parent;
  }
  void join(const std::string& a, const std::string& b) {
    const std::string first = root(a), second = root(b);
    m_parents[std::max(first, second)] = std::min(first, second);
  }
  std::map<std::string, std::vector<std::string>> families() {
    std::map<std::string, std::vector<std::string>> families;
    for (const auto& [name, parent] : std::map(m_parents)) families[root(name)].push_back(name);
    return families;
  }

 private:
  std::map<std::string, std::string> m_parents;
};

std::unordered_map<SpriteId, const SpriteInfo*> byId(std::span<const SpriteInfo> sprites) {
  std::unordered_map<SpriteId, const SpriteInfo*> index;
  for (const SpriteInfo& sprite : sprites) index[sprite.id] = &sprite;
  return index;
}

}  // namespace

SplitSettings loadSplit(const Catalogue& catalogue) {
  const Json value = catalogue.value(kKey);
  if (value.is_null()) return {};
  try {
    SplitSettings settings{.fraction = value.at("fraction").get<double>(),
                           .seed = value.at("seed").get<std::uint64_t>()};
    settings.pinned = value.at("pinned").get<std::map<std::string, bool>>();
    check(settings);
    return settings;
  } catch (const Json::exception&) {
    throw Error("the project's record of held-out characters is damaged", "set the held-out share anew");
  }
}

void saveSplit(Catalogue& catalogue, const SplitSettings& settings) {
  check(settings);
  catalogue.setValue(kKey,
                     {{"fraction", settings.fraction}, {"seed", settings.seed}, {"pinned", Json(settings.pinned)}});
}

bool isHeldOut(const SplitSettings& settings, const std::string& character) {
  if (const auto pin = settings.pinned.find(character); pin != settings.pinned.end()) return pin->second;
  const std::uint64_t hash = XXH3_64bits_withSeed(character.data(), character.size(), settings.seed);
  return std::ldexp(static_cast<double>(hash >> 11), -53) < settings.fraction;
}

SplitCounts splitCounts(const SplitSettings& settings, std::span<const SpriteInfo> sprites) {
  SplitCounts counts;
  std::set<std::string> training, heldOut;
  for (const SpriteInfo& sprite : sprites) {
    if (sprite.excluded) continue;
    const bool held = isHeldOut(settings, sprite.character);
    ++(held ? counts.heldOutSprites : counts.trainingSprites);
    (held ? heldOut : training).insert(sprite.character);
  }
  counts.trainingCharacters = static_cast<std::int64_t>(training.size());
  counts.heldOutCharacters = static_cast<std::int64_t>(heldOut.size());
  return counts;
}

std::vector<SplitLeak> findLeaks(const SplitSettings& settings, std::span<const SpriteInfo> sprites,
                                 std::span<const DuplicateGroup> groups) {
  const auto infos = byId(sprites);
  std::vector<SplitLeak> leaks;
  for (const DuplicateGroup& group : groups) {
    const auto first = infos.find(group.first);
    if (first == infos.end()) continue;
    const bool firstHeld = isHeldOut(settings, first->second->character);
    for (const DuplicateMember& member : group.members) {
      const auto other = infos.find(member.sprite);
      if (other == infos.end() || isHeldOut(settings, other->second->character) == firstHeld) continue;
      const SpriteInfo& held = firstHeld ? *first->second : *other->second;
      const SpriteInfo& training = firstHeld ? *other->second : *first->second;
      leaks.push_back({training.id, held.id, training.character, held.character, member.likeness});
    }
  }
  return leaks;
}

SplitSettings withoutLeaks(SplitSettings settings, std::span<const SpriteInfo> sprites,
                           std::span<const DuplicateGroup> groups) {
  const auto infos = byId(sprites);
  Links links;
  for (const DuplicateGroup& group : groups) {
    const auto first = infos.find(group.first);
    if (first == infos.end()) continue;
    for (const DuplicateMember& member : group.members) {
      const auto other = infos.find(member.sprite);
      if (other != infos.end()) links.join(first->second->character, other->second->character);
    }
  }
  for (const auto& [root, family] : links.families()) {
    const auto held = std::ranges::count_if(family, [&](const std::string& name) { return isHeldOut(settings, name); });
    const auto all = static_cast<std::ptrdiff_t>(family.size());
    if (held == 0 || held == all) continue;
    for (const std::string& name : family) settings.pinned[name] = 2 * held > all;
  }
  return settings;
}

}  // namespace loom
