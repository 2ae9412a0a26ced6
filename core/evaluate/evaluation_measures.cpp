#include "core/evaluate/evaluation_measures.h"

#include <torch/torch.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <span>

#include "core/evaluate/cleanliness.h"
#include "core/evaluate/kernel_distance.h"
#include "core/evaluate/neighbourhoods.h"
#include "core/training/sliced_wasserstein.h"

namespace loom {
namespace {

constexpr std::size_t kMostForWasserstein = 256;  // pictures: sorting their patches is what takes the time

double copies(std::span<const NearestTwo> nearest) {
  return static_cast<double>(std::ranges::count_if(nearest, &NearestTwo::isCopy)) / static_cast<double>(nearest.size());
}

double meanRatio(std::span<const NearestTwo> nearest) {
  double sum = 0;
  for (const NearestTwo& one : nearest) sum += one.ratio();
  return sum / static_cast<double>(nearest.size());
}

}  // namespace

void measureIn(FeatureSpace& space, const std::string& suffix, const std::string& where, const Bench& bench,
               std::vector<Measure>& measures) {
  const at::Tensor real = space.features(bench.heldOut.pictures);
  const FeatureScale scaled(real);
  const at::Tensor reference = scaled(real);
  const auto against = [&](const Judged& judged) {
    const at::Tensor features = scaled(space.features(judged.pictures));
    return std::pair(
        kernelDistance(reference, bench.heldOut.set.characters, features, judged.set.characters, bench.seed),
        neighbourhoods(reference, features));
  };
  const auto [madeKid, made] = against(bench.made);
  const auto [floorKid, floor] = against(bench.floor);
  const auto [baselineKid, baseline] = against(bench.baseline);
  measures.push_back({.name = "kid_" + suffix,
                      .title = "KID, " + where,
                      .value = madeKid.value,
                      .confidence = madeKid.confidence,
                      .floor = floorKid.value,
                      .baseline = baselineKid.value,
                      .better = Better::kLower,
                      .explanation = "How far the made sprites as a whole are from held-out ones; 0 cannot be told "
                                     "apart, and chance takes it below."});
  const auto add = [&](const char* name, const char* title, double Neighbourhoods::*field, Better better,
                       const char* explanation) {
    measures.push_back({.name = std::string(name) + "_" + suffix,
                        .title = std::string(title) + ", " + where,
                        .value = made.*field,
                        .floor = floor.*field,
                        .baseline = baseline.*field,
                        .better = better,
                        .explanation = explanation});
  };
  add("precision", "Precision", &Neighbourhoods::precision, Better::kHigher,
      "Share of the made sprites that lie among held-out ones.");
  add("recall", "Recall", &Neighbourhoods::recall, Better::kHigher,
      "Share of the held-out sprites that lie among made ones: low when the model repeats itself.");
  add("density", "Density", &Neighbourhoods::density, Better::kLikeFloor,
      "How thick held-out sprites lie around made ones; above the floor, only the most typical are made.");
  add("coverage", "Coverage", &Neighbourhoods::coverage, Better::kHigher,
      "Share of the held-out sprites that have a made one nearby.");
}

void measureScales(const Bench& bench, std::vector<Measure>& measures) {
  std::vector<std::int64_t> chosen;
  for (const std::size_t index : spread(bench.heldOut.set.size(), kMostForWasserstein)) {
    chosen.push_back(static_cast<std::int64_t>(index));
  }
  const at::Tensor rows = at::tensor(chosen);
  const SlicedWasserstein distance(bench.heldOut.pictures.index_select(0, rows), bench.seed);
  const auto of = [&](const Judged& judged) { return distance.distancesTo(judged.pictures.index_select(0, rows)); };
  const auto made = of(bench.made), floor = of(bench.floor), baseline = of(bench.baseline);
  for (std::size_t level = 0; level < made.size(); ++level) {
    const std::string side = std::to_string(made[level].side);
    const std::string sees = level == 0                 ? "outlines, single pixels and dithering"
                             : level + 1 == made.size() ? "poses, large areas and their colours"
                                                        : "shapes of a few pixels";
    measures.push_back({.name = "swd_" + side,
                        .title = "Sliced Wasserstein, " + side + " px",
                        .value = made[level].distance,
                        .floor = floor[level].distance,
                        .baseline = baseline[level].distance,
                        .better = Better::kLower,
                        .explanation = "How differently patches of 7 x 7 are distributed at " + side +
                                       " px a side, which sees " + sees + "."});
  }
}

void measureCopying(const Bench& bench, std::vector<Measure>& measures) {
  const auto add = [&](const char* name, const char* title, Better better, const char* explanation,
                       const std::function<double(std::span<const NearestTwo>)>& of) {
    measures.push_back({.name = name,
                        .title = title,
                        .value = of(bench.madeNearest),
                        .floor = of(bench.heldOutNearest),
                        .baseline = of(bench.baselineNearest),
                        .better = better,
                        .explanation = explanation});
  };
  add("copies", "Copies", Better::kLower,
      "Share of the sprites that differ from a training sprite by no more than an eye passes over.", copies);
  add("nearest_ratio", "Nearest to second nearest", Better::kLikeFloor,
      "How much nearer the nearest training sprite is than the second: 1 not at all, 0 a copy.", meanRatio);
  add("nearer_than_held_out", "Nearer than held-out", Better::kLikeFloor,
      "How often a sprite is nearer to the training set than a held-out one is: above .5, the model copies.",
      [&](std::span<const NearestTwo> nearest) { return nearerThanHeldOut(nearest, bench.heldOutNearest); });
}

void measureCleanliness(const Bench& bench, std::vector<Measure>& measures) {
  const auto add = [&](const char* name, const char* title, const char* explanation,
                       const std::function<std::optional<double>(const SpriteSet&)>& of, const SpriteSet& made) {
    const auto value = of(made), floor = of(bench.floor.set), baseline = of(bench.baseline.set);
    if (!value || !floor || !baseline) return;  // views that nobody has two of
    measures.push_back({.name = name,
                        .title = title,
                        .value = *value,
                        .floor = *floor,
                        .baseline = *baseline,
                        .better = Better::kLikeFloor,
                        .explanation = explanation});
  };
  const ColoursInUse inUse(bench.sets.training.sprites);
  const SpriteSet& made = bench.made.set;
  add(
      "colours", "Colours a sprite", "Different colours in a sprite, told apart exactly.",
      [](const SpriteSet& set) { return coloursPerSprite(set.sprites); }, made);
  add(
      "partial_alpha", "Partial alpha", "Share of the visible pixels that are neither opaque nor empty before cutting.",
      [](const SpriteSet& set) { return partialAlphaShare(set.sprites); }, bench.sets.made);
  add(
      "orphans", "Orphan pixels", "Share of the pixels that resemble none of the four beside them.",
      [](const SpriteSet& set) { return orphanShare(set.sprites); }, made);
  add(
      "off_palette", "Off the palette", "Share of the pixels whose colour no training sprite has nearly.",
      [&inUse](const SpriteSet& set) { return offPaletteShare(set.sprites, inUse); }, made);
  add("silhouette_overlap", "Outlines of opposite views",
      "Overlap of a view's outline with the mirrored one of the opposite view.", silhouetteOverlap, made);
  add("mirror_consistency", "Left against right", "Share of a left view's pixels that the mirrored right view has too.",
      mirrorConsistency, made);
}

}  // namespace loom
