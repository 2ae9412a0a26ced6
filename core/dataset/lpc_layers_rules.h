// Which folders of LPC layers mean which part, and how far in front it is drawn. Private to meaningOfLpcPath.
#pragma once

#include <array>
#include <string_view>

#include "core/dataset/lpc_layers_paths.h"

namespace loom::lpc_rules {

struct Rule {
  std::string_view folders;  ///< singular words, one a folder, that the first steps must have among their words
  LpcSlot slot;
  int order;
};

/// The first that fits counts.
inline constexpr std::array kRules = std::to_array<Rule>({
    {"body/ear", LpcSlot::kEars, 102},
    {"body/nose", LpcSlot::kNose, 106},
    {"body/eye", LpcSlot::kEyes, 105},
    {"body/wing", LpcSlot::kCape, 85},
    {"body/tail", LpcSlot::kCape, 85},
    {"body", LpcSlot::kBody, 10},
    {"hair", LpcSlot::kHair, 120},
    {"facial/glasse", LpcSlot::kFace, 115},
    {"facial/mask", LpcSlot::kFace, 114},
    {"facial/patche", LpcSlot::kFace, 115},
    {"facial/monocle", LpcSlot::kFace, 115},
    {"facial/earring", LpcSlot::kFace, 115},
    {"facial", LpcSlot::kBeard, 110},
    {"beard", LpcSlot::kBeard, 110},
    {"eye/eyebrow", LpcSlot::kFace, 106},
    {"eye", LpcSlot::kEyes, 105},
    {"head/tiara", LpcSlot::kHat, 125},
    {"head/head", LpcSlot::kHead, 100},
    {"head/ear", LpcSlot::kEars, 102},
    {"head/nose", LpcSlot::kNose, 106},
    {"head", LpcSlot::kHat, 130},
    {"hat", LpcSlot::kHat, 130},
    {"formal/bowtie", LpcSlot::kNeck, 80},
    {"formal/tie", LpcSlot::kNeck, 80},
    {"formal/vest", LpcSlot::kJacket, 45},
    {"formal/pant", LpcSlot::kLegs, 20},
    {"formal", LpcSlot::kShirt, 35},
    {"torso/back", LpcSlot::kCape, 85},
    {"torso/chain/tabard", LpcSlot::kJacket, 55},
    {"torso/chain", LpcSlot::kMail, 50},
    {"torso/chainmail", LpcSlot::kMail, 50},
    {"torso/dress/vest", LpcSlot::kJacket, 45},
    {"torso/dress/overskirt", LpcSlot::kLegs, 32},
    {"torso/dress", LpcSlot::kDress, 30},
    {"torso/gold/arm", LpcSlot::kArms, 61},
    {"torso/gold/spike", LpcSlot::kArms, 61},
    {"torso/plate/arm", LpcSlot::kArms, 61},
    {"torso/leather/shoulder", LpcSlot::kArms, 65},
    {"torso/gold", LpcSlot::kArmour, 60},
    {"torso/plate", LpcSlot::kArmour, 60},
    {"torso/leather", LpcSlot::kArmour, 60},
    {"torso/armour", LpcSlot::kArmour, 60},
    {"torso/robe", LpcSlot::kJacket, 52},
    {"torso/jacket", LpcSlot::kJacket, 55},
    {"torso/apron", LpcSlot::kJacket, 40},
    {"torso/clothe/vest", LpcSlot::kJacket, 45},
    {"torso/clothe/corset", LpcSlot::kJacket, 45},
    {"torso/waist/buckle", LpcSlot::kBuckle, 75},
    {"torso/waist", LpcSlot::kBelt, 70},
    {"torso", LpcSlot::kShirt, 35},
    {"dress", LpcSlot::kDress, 30},
    {"leg", LpcSlot::kLegs, 20},
    {"feet/boot", LpcSlot::kFeet, 25},
    {"feet", LpcSlot::kFeet, 15},
    {"hand/bracelet", LpcSlot::kBracelet, 72},
    {"hand", LpcSlot::kHands, 70},
    {"arm/glove", LpcSlot::kHands, 70},
    {"arm/bracer", LpcSlot::kHands, 70},
    {"arm/hand", LpcSlot::kHands, 70},
    {"arm/wrist", LpcSlot::kHands, 70},
    {"arm", LpcSlot::kArms, 60},
    {"shoulder", LpcSlot::kArms, 65},
    {"bauldron", LpcSlot::kArms, 65},
    {"belt/buckle", LpcSlot::kBuckle, 75},
    {"belt", LpcSlot::kBelt, 70},
    {"accessorie/neck/capeclip", LpcSlot::kClasp, 95},
    {"accessorie/neck/capetie", LpcSlot::kClasp, 95},
    {"accessorie/neck", LpcSlot::kNeck, 80},
    {"accessorie/necklace", LpcSlot::kNeck, 80},
    {"neck/capeclip", LpcSlot::kClasp, 95},
    {"neck/capetie", LpcSlot::kClasp, 95},
    {"neck", LpcSlot::kNeck, 80},
    {"cape", LpcSlot::kCape, 85},
    {"behind/cape", LpcSlot::kCape, 85},
    {"behind/wing", LpcSlot::kCape, 85},
    {"behind/equipment", LpcSlot::kQuiver, 85},
    {"behind/quiver", LpcSlot::kQuiver, 85},
    {"quiver", LpcSlot::kQuiver, 85},
    {"shield", LpcSlot::kShield, 110},
    {"weapon/left/shield", LpcSlot::kShield, 135},
    {"weapon/shield", LpcSlot::kShield, 135},
    {"weapon/left/arrow", LpcSlot::kAmmunition, 150},
    {"weapon/arrow", LpcSlot::kAmmunition, 150},
    {"weapon/ranged/bow/arrow", LpcSlot::kAmmunition, 150},
    {"weapon", LpcSlot::kWeapon, 140},
    {"tool", LpcSlot::kWeapon, 140},
});

}  // namespace loom::lpc_rules
