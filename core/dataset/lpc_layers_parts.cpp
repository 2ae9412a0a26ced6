#include "core/dataset/lpc_layers_parts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace loom {
namespace {

struct Named {
  int layer = 0;
  LpcPathMeaning meaning;
};

std::set<std::string> skinsOf(std::span<const LpcLayer> layers) {
  std::set<std::string> skins;
  for (const LpcLayer& layer : layers) {
    const auto meaning = meaningOfLpcPath(layer.path, {});
    if (meaning && meaning->slot == LpcSlot::kBody && layer.seenStanding()) skins.insert(meaning->skin);
  }
  return skins;
}

class Sorter {
 public:
  explicit Sorter(std::span<const LpcLayer> layers) : m_layers(layers) {}

  LpcParts run() {
    const std::set<std::string> skins = skinsOf(m_layers);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
      const auto meaning = meaningOfLpcPath(m_layers[i].path, skins);
      if (!meaning) {
        leaveOut(static_cast<int>(i), "it is no part of a character that is known here");
      } else if (meaning->behind) {
        m_behind.push_back({static_cast<int>(i), *meaning});
      } else if (meaning->shadow) {
        m_shadows.push_back({static_cast<int>(i), *meaning});
      } else {
        add({static_cast<int>(i), *meaning});
      }
    }
    dropUncoloured();
    for (const Named& each : m_shadows) addShadow(each);
    for (const Named& each : m_behind) addBehind(each);
    lendBehinds();
    finish();
    return std::move(m_result);
  }

 private:
  std::vector<LpcPart>& parts() { return m_result.parts; }
  void leaveOut(int layer, std::string reason) { m_result.leftOut.emplace_back(layer, std::move(reason)); }

  void add(const Named& named) {
    const LpcPathMeaning& meaning = named.meaning;
    const LpcDraw draw{named.layer, meaning.order, meaning.when, {}};
    const Key key{meaning.slot, meaning.kind, meaning.variant, meaning.bodies, meaning.skin, meaning.twoHanded};
    const auto [known, isNew] = m_places.try_emplace(key, parts().size());
    if (!isNew) {
      if (meaning.slot == LpcSlot::kBody) return leaveOut(named.layer, "another body has the same name");
      parts()[known->second].draws.push_back(draw);
      return;
    }
    parts().push_back({.slot = meaning.slot,
                       .kind = meaning.kind,
                       .variant = meaning.variant,
                       .bodies = meaning.bodies,
                       .skin = meaning.skin,
                       .twoHanded = meaning.twoHanded,
                       .draws = {draw}});
  }

  /// hair/male/plain.png is what hair/male/plain/*.png were coloured from.
  void dropUncoloured() {
    std::set<std::pair<LpcSlot, std::string>> coloured;
    for (const LpcPart& part : parts()) {
      if (!part.variant.empty()) coloured.insert({part.slot, part.kind});
    }
    m_places.clear();  // what is added from here on has no twin among those before
    std::erase_if(parts(), [&](const LpcPart& part) {
      const bool hair = part.slot == LpcSlot::kHair || part.slot == LpcSlot::kBeard;
      if (!hair || !part.variant.empty() || !coloured.contains({part.slot, part.kind})) return false;
      for (const LpcDraw& draw : part.draws) leaveOut(draw.layer, "the coloured ones beside it were made from it");
      return true;
    });
  }

  void addShadow(const Named& named) {
    for (LpcPart& part : parts()) {
      if (part.slot != named.meaning.slot || part.kind != named.meaning.kind) continue;
      if ((part.bodies & named.meaning.bodies) == 0) continue;
      part.draws.push_back({named.layer, named.meaning.order + 1, LpcWhen::kAlways, named.meaning.skin});
    }
  }

  void addBehind(const Named& named) {
    const LpcPathMeaning& meaning = named.meaning;
    bool found = false;
    for (LpcPart& part : parts()) {
      if (part.slot != meaning.slot || part.kind != meaning.kind || part.variant != meaning.variant) continue;
      if ((part.bodies & meaning.bodies) == 0) continue;
      part.draws.push_back({named.layer, meaning.order, LpcWhen::kAlways, {}});
      found = true;
    }
    if (found) return;
    if (meaning.slot == LpcSlot::kCape && meaning.kind.find("cape") != std::string::npos) {
      leaveOut(named.layer, "the front of this cape is missing");
    } else {
      add(named);
    }
  }

  /// A trimmed cape has no back of its own: it takes that of a plain one in its first colour.
  void lendBehinds() {
    for (LpcPart& part : parts()) {
      if (part.slot != LpcSlot::kCape || part.kind.find("cape") == std::string::npos) continue;
      const auto isBehind = [&](const LpcDraw& draw) {
        return std::ranges::any_of(m_behind, [&](const Named& each) { return each.layer == draw.layer; });
      };
      if (std::ranges::any_of(part.draws, isBehind)) continue;
      const auto lender = std::ranges::find_if(m_behind, [&](const Named& each) {
        return each.meaning.kind == "cape" && !each.meaning.variant.empty() &&
               part.variant.starts_with(each.meaning.variant) && (each.meaning.bodies & part.bodies) != 0;
      });
      if (lender != m_behind.end()) part.draws.push_back({lender->layer, lender->meaning.order, LpcWhen::kAlways, {}});
    }
  }

  void finish() {
    std::map<std::tuple<LpcSlot, std::string, unsigned>, int> shapes;
    for (LpcPart& part : parts()) {
      const auto next = static_cast<int>(shapes.size());
      part.shape = shapes.try_emplace({part.slot, part.kind, part.bodies}, next).first->second;
      std::ranges::stable_sort(part.draws, {}, &LpcDraw::order);
      part.seenStanding = std::ranges::any_of(part.draws, [&](const LpcDraw& draw) {
        return m_layers[static_cast<std::size_t>(draw.layer)].seenStanding();
      });
      if (part.skin.empty()) continue;
      for (LpcPart& other : parts()) {
        const bool twin = other.slot == part.slot && other.kind == part.kind && other.variant == part.variant;
        if (twin && other.skin.empty() && (other.bodies & part.bodies) != 0)
          other.skinsWithTheirOwn.push_back(part.skin);
      }
    }
  }

  using Key = std::tuple<LpcSlot, std::string, std::string, unsigned, std::string, bool>;

  std::span<const LpcLayer> m_layers;
  std::map<Key, std::size_t> m_places;  ///< in parts()
  std::vector<Named> m_behind;
  std::vector<Named> m_shadows;
  LpcParts m_result;
};

}  // namespace

LpcParts partsOfLayers(std::span<const LpcLayer> layers) {
  return Sorter(layers).run();
}

}  // namespace loom
