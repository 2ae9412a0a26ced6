#include <algorithm>
#include <span>

#include "core/dataset/starter_choice.h"

namespace loom::starter {
namespace {

/// How far apart two ramps look; weights as in the "redmean" rule for middling reds.
int distance(const Ramp& first, const Ramp& second) {
  const Rgba a = rgba(first.colours[2]);
  const Rgba b = rgba(second.colours[2]);
  const int dr = a.r - b.r;
  const int dg = a.g - b.g;
  const int db = a.b - b.b;
  return 3 * dr * dr + 4 * dg * dg + 2 * db * db;
}

/// A ramp that can be told from each of `others`, so that a figure never runs together into one patch.
const Ramp& standingOut(Chooser& choose, std::span<const Ramp> ramps, std::initializer_list<const Ramp*> others,
                        int apart) {
  const Ramp* best = nullptr;
  int farthest = -1;
  for (int attempt = 0; attempt < 12 && farthest < apart; ++attempt) {
    const Ramp& ramp = choose.ramp(ramps);
    int nearest = 1 << 30;
    for (const Ramp* other : others) nearest = std::min(nearest, distance(ramp, *other));
    if (nearest > farthest) farthest = nearest, best = &ramp;
  }
  return *best;
}

/// A dye lot: a shade of the first cloth that only this number has. Multiplying by an odd number permutes the numbers.
void dye(Palette& palette, std::uint64_t number) {
  std::uint64_t lot = (number * 0x5851f42dULL) & ((1ULL << 27U) - 1U);
  auto shifted = [&](std::uint8_t channel) {
    const int step = static_cast<int>(lot & 7U) - 3;
    lot >>= 3U;
    return static_cast<std::uint8_t>(channel + step);  // every channel of the cloths leaves room for it
  };
  for (int shade = 1; shade <= 3; ++shade) {
    const Rgba colour = palette.colour(RampId::kPrimary, shade);
    const std::uint8_t red = shifted(colour.r);
    const std::uint8_t green = shifted(colour.g);
    palette.setColour(RampId::kPrimary, shade, {red, green, shifted(colour.b), 255});
  }
}

}  // namespace

std::string chooseColours(Chooser& choose, Design& design, Calling calling, std::uint64_t number) {
  const auto skins = skinRamps();
  const bool fantasy = choose.percent(20);
  const Ramp& skin = fantasy ? skins[static_cast<std::size_t>(kHumanSkins + choose.below(skins.size() - kHumanSkins))]
                             : skins[static_cast<std::size_t>(choose.below(kHumanSkins))];
  const auto hairs = hairRamps();
  const Ramp& hair =
      standingOut(choose, choose.percent(fantasy ? 50 : 75) ? hairs.first(kNaturalHairs) : hairs, {&skin}, 12000);
  const Ramp& first = standingOut(choose, clothRamps(), {&skin, &hair}, 9000);
  const Ramp& second = standingOut(choose, clothRamps(), {&first, &skin}, 14000);
  const Ramp& leather = standingOut(choose, leatherRamps(), {&second, &skin}, 5000);
  const Ramp& metal = choose.percent(55) ? metalRamps()[0] : choose.ramp(metalRamps());
  const Ramp& eyes = choose.ramp(eyeColours());
  Palette& palette = design.palette;
  palette.set(RampId::kSkin, skin);
  palette.set(RampId::kHair, hair);
  palette.set(RampId::kPrimary, first);
  palette.set(RampId::kSecondary, second);
  palette.set(RampId::kLeather, leather);
  palette.set(RampId::kMetal, metal);
  palette.set(RampId::kGold, goldRamp());
  palette.set(RampId::kEye, eyes);
  palette.setColour(RampId::kEye, 0, mixed(rgba(skin.colours[0]), rgba(0x101020), 150));
  palette.setColour(RampId::kEye, 3, rgba(0xf8f8f4));
  palette.setColour(RampId::kEye, 4, mixed(rgba(skin.colours[2]), rgba(0xe8506c), 90));
  if (skin.name == "green") {
    if (choose.percent(60)) design.mouth = Mouth::kTusks;
    if (design.ears == Ears::kRound) design.ears = Ears::kPointed;
  }
  if (skin.name == "grey" && choose.percent(60)) design.eyes = Eyes::kGlowing;
  if (calling != Calling::kCleric && choose.percent(35)) design.trim = RampId::kGold;
  dye(palette, number);
  return std::string(skin.name) + "-skin " + std::string(hair.name) + "-hair " + std::string(first.name) + " " +
         std::string(second.name);
}

}  // namespace loom::starter
