#include "core/dataset/lpc_composer_rules.h"

#include <algorithm>

namespace loom {
namespace {

bool isBones(const LpcPart& body) {
  return body.skin.find("skeleton") != std::string::npos;
}

bool growsOnSkin(LpcSlot slot) {
  return slot == LpcSlot::kHair || slot == LpcSlot::kHairTie || slot == LpcSlot::kBeard || slot == LpcSlot::kEyes ||
         slot == LpcSlot::kNose || slot == LpcSlot::kEars;
}

bool isBow(const LpcPart& part) {
  return part.slot == LpcSlot::kWeapon && part.kind.ends_with("bow");
}
bool isRobe(const LpcPart& part) {
  return part.kind.find("robe") != std::string::npos;
}
bool isOverskirt(const LpcPart& part) {
  return hasWord(part.kind, "overskirt");
}

/// Clashes that lie in what the parts are; `a` and `b` in the order of their slots.
bool clashInOrder(const LpcLibrary& library, int first, int second) {
  const LpcPart& a = library.parts()[static_cast<std::size_t>(first)];
  const LpcPart& b = library.parts()[static_cast<std::size_t>(second)];
  const auto are = [&](LpcSlot x, LpcSlot y) { return a.slot == x && b.slot == y; };
  if (b.slot == LpcSlot::kHat) return library.clips(second, first);
  if (are(LpcSlot::kShirt, LpcSlot::kDress) || are(LpcSlot::kDress, LpcSlot::kMail)) return true;
  if (are(LpcSlot::kDress, LpcSlot::kArmour)) return true;
  if (are(LpcSlot::kDress, LpcSlot::kLegs)) return !isOverskirt(b);
  if (are(LpcSlot::kDress, LpcSlot::kJacket)) return hasWord(b.kind, "tabard") || hasWord(b.kind, "formal");
  if (are(LpcSlot::kMail, LpcSlot::kJacket)) return !hasWord(b.kind, "tabard") && !isRobe(b);
  if (are(LpcSlot::kMail, LpcSlot::kNeck)) return hasWord(b.kind, "formal");
  if (are(LpcSlot::kJacket, LpcSlot::kArmour)) return true;
  if (are(LpcSlot::kJacket, LpcSlot::kArms)) return isRobe(a);
  if (are(LpcSlot::kArmour, LpcSlot::kNeck)) return hasWord(b.kind, "formal");
  if (are(LpcSlot::kHands, LpcSlot::kBracelet)) return true;
  if (are(LpcSlot::kCape, LpcSlot::kQuiver)) return hasWord(a.kind, "wings");
  if (are(LpcSlot::kShield, LpcSlot::kWeapon)) return b.twoHanded;
  return false;
}

}  // namespace

bool hasWord(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + word.size() == text.size() || text[at + word.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

bool fitsBody(const LpcPart& part, const LpcPart& body) {
  if (part.slot == LpcSlot::kBody) return true;
  if ((part.bodies & body.bodies) == 0) return false;
  if (!part.skin.empty()) return part.skin == body.skin;
  if (growsOnSkin(part.slot) && isBones(body)) return false;
  return std::ranges::find(part.skinsWithTheirOwn, body.skin) == part.skinsWithTheirOwn.end();
}

bool needsAreMet(const LpcLibrary& library, const LpcCharacter& character, const LpcPart& part) {
  const auto worn = [&](LpcSlot slot) {
    const int index = character.at(slot);
    return index == LpcCharacter::kNothing ? nullptr : &library.parts()[static_cast<std::size_t>(index)];
  };
  const LpcPart* other = nullptr;
  switch (part.slot) {
    case LpcSlot::kHairTie:
      other = worn(LpcSlot::kHair);
      return other != nullptr && other->kind == part.kind;
    case LpcSlot::kBuckle:
      return worn(LpcSlot::kBelt) != nullptr;
    case LpcSlot::kClasp:
      other = worn(LpcSlot::kCape);
      return other != nullptr && other->kind.find("cape") != std::string::npos;
    case LpcSlot::kAmmunition:
      other = worn(LpcSlot::kWeapon);
      return other != nullptr && isBow(*other);
    case LpcSlot::kLegs:
      other = worn(LpcSlot::kDress);
      return !isOverskirt(part) || (other != nullptr && hasWord(other->kind, "underdress"));
    case LpcSlot::kNeck:
      other = worn(LpcSlot::kShirt);
      return !hasWord(part.kind, "formal") || (other != nullptr && hasWord(other->kind, "formal"));
    default:
      return true;
  }
}

bool clash(const LpcLibrary& library, int one, int other) {
  const LpcSlot a = library.parts()[static_cast<std::size_t>(one)].slot;
  const LpcSlot b = library.parts()[static_cast<std::size_t>(other)].slot;
  return a < b ? clashInOrder(library, one, other) : clashInOrder(library, other, one);
}

bool clashesWithWorn(const LpcLibrary& library, const LpcCharacter& character, int part) {
  const LpcSlot slot = library.parts()[static_cast<std::size_t>(part)].slot;
  return std::ranges::any_of(character.worn, [&](int worn) {
    if (worn == LpcCharacter::kNothing) return false;
    return library.parts()[static_cast<std::size_t>(worn)].slot != slot && clash(library, worn, part);
  });
}

LpcMaterial materialOf(const LpcPart& part) {
  const std::string name = part.variant + " " + part.kind;
  const auto any = [&](std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* word) { return hasWord(name, word); });
  };
  if (any({"gold", "golden"})) return LpcMaterial::kGold;
  if (any({"metal", "plate", "chain", "iron", "steel", "silver", "bronze", "chainhat"})) return LpcMaterial::kMetal;
  return any({"leather"}) ? LpcMaterial::kLeather : LpcMaterial::kCloth;
}

}  // namespace loom
