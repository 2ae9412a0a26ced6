// Which colour a sprite stood on before it was cut out.
#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "core/image/alpha_edges.h"
#include "core/image/rim_reader.h"

namespace loom {
namespace {

/// Colours to try as a matte: common ones, and those of the rim that the inside has nothing like.
std::vector<Rgba> matteCandidates(const Sprite& sprite, const RimReader& rim) {
  std::vector<Rgba> candidates = {
      {255, 255, 255, 255}, {0, 0, 0, 255}, {255, 0, 255, 255}, {0, 255, 0, 255}, {0, 255, 255, 255}};
  const std::size_t most = candidates.size() + 6;
  std::vector<std::pair<double, Rgba>> strangers;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const Rgba pixel = sprite.at(x, y);
      if (!rim.isOutermost(x, y) || rim.insideHas(pixel)) continue;
      strangers.emplace_back(rim.contrast(x, y), Rgba{pixel.r, pixel.g, pixel.b, 255});
    }
  }
  std::ranges::stable_sort(strangers, std::greater<>(), [](const auto& stranger) { return stranger.first; });
  for (const auto& [contrast, colour] : strangers) {
    const auto isLike = [&colour](Rgba other) { return colourDistance(colour, other) < kAlikeInBlend; };
    if (candidates.size() >= most || contrast < 2 * kAlikeInBlend) break;
    if (std::ranges::none_of(candidates, isLike)) candidates.push_back(colour);
  }
  return candidates;
}

}  // namespace

std::optional<Rgba> guessedMatte(const Sprite& sprite, int width) {
  // A hard outline is a blend of the inside with black as well; but blends come in many shares, from faint to full, and
  // so in many colours, where an outline has a few.
  constexpr double kEnough = 0.25;
  constexpr double kFaintEnough = 0.05;
  constexpr double kVaried = 0.25;
  constexpr double kTolerance = 8;
  const RimReader rim(sprite, width, kTolerance);
  std::optional<Rgba> best;
  double most = kEnough;
  for (const Rgba& matte : matteCandidates(sprite, rim)) {
    const RimShares shares = rim.sharesFor(matte);
    if (shares.faint < kFaintEnough || shares.variety < kVaried || shares.blends <= most) continue;
    // The common colours come first: another one has to be plainly better.
    constexpr double kPlainlyBetter = 1.15;
    most = shares.blends * kPlainlyBetter;
    best = matte;
  }
  return best;
}

}  // namespace loom
