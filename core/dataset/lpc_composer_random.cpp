// A random character: a body, then clothes of one trade from the skin outwards.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/dataset/lpc_composer_rules.h"

namespace loom {
namespace {

using Wanted = std::function<bool(const LpcPart&)>;

bool anything(const LpcPart&) {
  return true;
}
Wanted made(LpcMaterial material) {
  return [material](const LpcPart& part) { return materialOf(part) == material; };
}
bool isCloth(const LpcPart& part) {
  return materialOf(part) == LpcMaterial::kCloth;
}
bool isCape(const LpcPart& part) {
  return part.kind.find("cape") != std::string::npos;
}
bool isBow(const LpcPart& part) {
  return part.kind.ends_with("bow");
}

class Dresser {
 public:
  Dresser(const LpcLibrary& library, const LpcOptions& options, RandomStream random)
      : m_library(library), m_options(options), m_random(random) {}

  LpcCharacter run() {
    chooseBody();
    wear(LpcSlot::kHead, 1);
    wear(LpcSlot::kNose, 0.6);
    wear(LpcSlot::kEyes, 0.85);
    wear(LpcSlot::kEars, 0.25);
    dress();
    wearExtras();
    wearHairAndBeard();
    takeWeapons();
    return m_character;
  }

 private:
  const LpcPart& part(int index) const { return m_library.parts()[static_cast<std::size_t>(index)]; }
  const LpcPart& body() const { return part(m_character.at(LpcSlot::kBody)); }
  const LpcPart* worn(LpcSlot slot) const { return m_character.has(slot) ? &part(m_character.at(slot)) : nullptr; }

  /// Teens, children and others are left naked by most sets: they come only where clothes were drawn for them.
  bool hasClothes(unsigned bodies) const {
    using namespace lpc_bodies;
    if ((bodies & (kMale | kFemale)) != 0) return true;
    const auto drawnFor = [&](LpcSlot slot) {
      return std::ranges::any_of(m_library.partsOf(slot), [&](int index) {
        return (part(index).bodies & bodies) != 0 && part(index).bodies != kAdults;
      });
    };
    return drawnFor(LpcSlot::kDress) || (drawnFor(LpcSlot::kShirt) && drawnFor(LpcSlot::kLegs));
  }

  void chooseBody() {
    std::map<unsigned, std::vector<int>> bodies;  // first the sex, so that skins of one alone do not outweigh
    for (const int index : m_library.partsOf(LpcSlot::kBody)) {
      const LpcPart& each = part(index);
      const bool skin =
          m_options.skins.empty() || std::ranges::find(m_options.skins, each.skin) != m_options.skins.end();
      if (skin && (each.bodies & m_options.bodies) != 0 && hasClothes(each.bodies))
        bodies[each.bodies].push_back(index);
    }
    if (bodies.empty()) throw Error("no body is left to choose from", "allow more sexes or skins");
    const auto chosen = std::next(bodies.begin(), m_random.below(static_cast<std::uint32_t>(bodies.size())));
    // Skeletons look much alike, whatever they wear.
    constexpr double kBonesKept = 0.3;
    for (;;) {
      const int index = chosen->second[m_random.below(static_cast<std::uint32_t>(chosen->second.size()))];
      const bool bones = part(index).skin.find("skeleton") != std::string::npos;
      if (bones && chosen->second.size() > 1 && !m_random.chance(kBonesKept)) continue;
      m_character.at(LpcSlot::kBody) = index;
      return;
    }
  }

  /// One of what fits, each kind as likely as another, in any of its colours.
  bool wear(LpcSlot slot, double probability, const Wanted& wanted = anything, bool seen = true) {
    if (!m_random.chance(probability) || m_options.without.contains(slot)) return false;
    std::map<int, std::vector<int>> shapes;
    for (const int index : m_library.partsOf(slot)) {
      const LpcPart& each = part(index);
      if ((seen && !each.seenStanding) || !fitsBody(each, body()) || !wanted(each)) continue;
      if (!needsAreMet(m_library, m_character, each) || clashesWithWorn(m_library, m_character, index)) continue;
      shapes[each.shape].push_back(index);
    }
    if (shapes.empty()) return false;
    const auto& colours = std::next(shapes.begin(), m_random.below(static_cast<std::uint32_t>(shapes.size())))->second;
    m_character.at(slot) = colours[m_random.below(static_cast<std::uint32_t>(colours.size()))];
    return true;
  }

  bool wearFirst(LpcSlot slot, double probability, const Wanted& first) {
    return wear(slot, probability, first) || wear(slot, 1);
  }

  void dress() {
    const double trade = m_random.uniform();
    if (trade < 0.25) {
      dressInArmour(LpcMaterial::kMetal);
    } else if (trade < 0.35) {
      dressInArmour(LpcMaterial::kGold);
    } else if (trade < 0.5) {
      dressInArmour(LpcMaterial::kLeather);
    } else if (trade < 0.62) {
      dressInMail();
    } else {
      dressPlainly();
    }
  }

  void dressInArmour(LpcMaterial material) {
    wearFirst(LpcSlot::kShirt, 1, isCloth);
    if (material == LpcMaterial::kMetal) wear(LpcSlot::kMail, 0.35);
    wear(LpcSlot::kArmour, 0.95, made(material));
    wear(LpcSlot::kArms, 0.6, made(material));
    wearFirst(LpcSlot::kLegs, 0.7, made(material));
    if (!wear(LpcSlot::kFeet, 0.75, made(material))) wear(LpcSlot::kFeet, 0.9);
    wear(LpcSlot::kHands, 0.6, made(material));
    wear(LpcSlot::kHat, 0.5, made(material));
  }

  void dressInMail() {
    wearFirst(LpcSlot::kShirt, 1, isCloth);
    wear(LpcSlot::kMail, 0.95);
    wear(LpcSlot::kJacket, 0.5, [](const LpcPart& each) { return hasWord(each.kind, "tabard"); });
    wearFirst(LpcSlot::kLegs, 0.7, isCloth);
    wear(LpcSlot::kFeet, 0.95);
    wear(LpcSlot::kHat, 0.45, made(LpcMaterial::kMetal));
  }

  void dressPlainly() {
    if (wear(LpcSlot::kDress, 0.35)) {
      wear(LpcSlot::kLegs, 0.6);  // an overskirt
      wear(LpcSlot::kJacket, 0.35, isCloth);
    } else {
      wearFirst(LpcSlot::kShirt, 1, isCloth);
      wearFirst(LpcSlot::kLegs, 0.95, isCloth);
      wear(LpcSlot::kJacket, 0.35, isCloth);
    }
    wear(LpcSlot::kFeet, 0.9);
    wear(LpcSlot::kHat, 0.2);
  }

  void wearExtras() {
    wear(LpcSlot::kHands, 0.15);
    wear(LpcSlot::kBracelet, 0.06);
    wear(LpcSlot::kBelt, 0.4);
    wear(LpcSlot::kBuckle, 0.35);
    wear(LpcSlot::kNeck, 0.2);
    const bool winged = m_random.chance(0.03);
    wear(LpcSlot::kCape, winged ? 1 : 0.25, [winged](const LpcPart& each) { return isCape(each) != winged; });
    wear(LpcSlot::kClasp, 0.6);
    wear(LpcSlot::kFace, 0.08);
  }

  void wearHairAndBeard() {
    wear(LpcSlot::kHair, 0.96);
    wear(LpcSlot::kHairTie, 0.7);
    if ((body().bodies & lpc_bodies::kFemale) != 0) return;
    const LpcPart* hair = worn(LpcSlot::kHair);
    const std::string colour = hair != nullptr ? hair->variant : std::string();
    const auto alike = [&](const LpcPart& each) { return colour.empty() || each.variant == colour; };
    wear(LpcSlot::kBeard, 0.35, alike);
  }

  void takeWeapons() {
    const double arms = m_random.uniform();
    if (arms < 0.1) {
      if (!wear(LpcSlot::kWeapon, 1, isBow, false)) return;
      wear(LpcSlot::kQuiver, 1);
      wear(LpcSlot::kAmmunition, 1, anything, false);
      return;
    }
    if (arms < 0.4) wear(LpcSlot::kWeapon, 1);
    if (arms >= 0.4 && arms < 0.45) wear(LpcSlot::kWeapon, 1, anything, false);
    const LpcPart* weapon = worn(LpcSlot::kWeapon);
    if (weapon == nullptr || !weapon->twoHanded) wear(LpcSlot::kShield, arms < 0.4 ? 0.4 : 0.1);
  }

  const LpcLibrary& m_library;
  const LpcOptions& m_options;
  RandomStream m_random;
  LpcCharacter m_character;
};

}  // namespace

LpcCharacter randomCharacter(const LpcLibrary& library, std::uint64_t seed, std::uint64_t number,
                             const LpcOptions& options) {
  return Dresser(library, options, RandomStream(seed, number)).run();
}

}  // namespace loom
