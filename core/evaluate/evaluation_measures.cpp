#include "core/evaluate/evaluation_measures.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/evaluate/cleanliness.h"
#include "core/evaluate/group_interval.h"
#include "core/evaluate/kernel_distance.h"
#include "core/evaluate/neighbourhoods.h"
#include "core/evaluate/view_classifier.h"
#include "core/training/sliced_wasserstein.h"

namespace loom {
namespace {

constexpr std::size_t kMostForWasserstein = 256;  // pictures: sorting their patches is what takes the time

/// What a sprite counts for a measure of copying.
using OfNearest = std::function<double(const NearestTwo&)>;

std::vector<double> valuesOf(std::span<const NearestTwo> nearest, const OfNearest& of) {
  std::vector<double> values;
  for (const NearestTwo& one : nearest) values.push_back(of(one));
  return values;
}

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// Half the width of the interval of what is a mean over two sets, each of which is drawn anew by itself (DeLong 1988).
double nearerHalfWidth(const Bench& bench) {
  const auto width = [&](const std::vector<NearestTwo>& each, const std::vector<NearestTwo>& others,
                         std::span<const int> characters) {
    const auto nearer = [&others](const NearestTwo& one) { return nearerThanHeldOut(std::span(&one, 1), others); };
    return meanHalfWidth(valuesOf(each, nearer), characters, bench.seed);
  };
  return std::hypot(width(bench.madeNearest, bench.heldOutNearest, bench.made.set.characters),
                    width(bench.heldOutNearest, bench.madeNearest, bench.heldOut.set.characters));
}

/// A figure of a set of sprites; nothing where the set has not got what it is taken of.
using OfSet = std::function<std::optional<double>(const SpriteSet&)>;

/// By what the figure is for each character alone.
double halfWidthByCharacter(const SpriteSet& set, const OfSet& of, std::uint64_t seed) {
  std::map<int, SpriteSet> characters;
  for (std::size_t i = 0; i < set.size(); ++i) {
    characters[set.characters[i]].add(set.sprites[i], set.characters[i], set.views[i]);
  }
  std::vector<double> values;
  std::vector<int> names;
  for (const auto& [name, sprites] : characters) {
    const std::optional<double> value = of(sprites);
    if (!value) continue;
    values.push_back(*value);
    names.push_back(name);
  }
  return meanHalfWidth(values, names, seed);
}

}  // namespace

void measureIn(FeatureSpace& space, const std::string& suffix, const std::string& where, const Bench& bench,
               std::vector<Measure>& measures) {
  const at::Tensor real = space.features(bench.heldOut.pictures);
  const FeatureScale scaled(real);
  const at::Tensor reference = scaled(real);
  const auto featuresOf = [&](const Judged& judged) { return scaled(space.features(judged.pictures)); };
  const auto distanceTo = [&](const Judged& judged, const at::Tensor& features) {
    return kernelDistance(reference, bench.heldOut.set.characters, features, judged.set.characters, bench.seed);
  };
  const at::Tensor ofMade = featuresOf(bench.made), ofFloor = featuresOf(bench.floor),
                   ofBaseline = featuresOf(bench.baseline);
  const KernelDistance distance = distanceTo(bench.made, ofMade), floorDistance = distanceTo(bench.floor, ofFloor),
                       baselineDistance = distanceTo(bench.baseline, ofBaseline);
  const Neighbourhoods made = neighbourhoods(reference, ofMade), floor = neighbourhoods(reference, ofFloor),
                       baseline = neighbourhoods(reference, ofBaseline),
                       widths = neighbourhoodIntervals(reference, bench.heldOut.set.characters, ofMade,
                                                       bench.made.set.characters, bench.seed);
  measures.push_back({.name = "kid_" + suffix,
                      .title = "KID, " + where,
                      .value = distance.value,
                      .confidence = distance.confidence,
                      .floor = floorDistance.value,
                      .baseline = baselineDistance.value,
                      .better = Better::kLower,
                      .explanation = "How far the made sprites as a whole are from held-out ones; 0 cannot be told "
                                     "apart, and chance takes it below."});
  measures.push_back({.name = "mmd_" + suffix,
                      .title = "MMD, " + where,
                      .value = distance.biased,
                      .floor = floorDistance.biased,
                      .baseline = baselineDistance.biased,
                      .better = Better::kLower,
                      .explanation = "KID with all that chance adds to it left in: never below 0, so that it can be "
                                     "read in multiples of the floor."});
  const auto add = [&](const char* name, const char* title, double Neighbourhoods::*field, Better better,
                       const char* explanation) {
    measures.push_back({.name = std::string(name) + "_" + suffix,
                        .title = std::string(title) + ", " + where,
                        .value = made.*field,
                        .confidence = widths.*field,
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
                       const OfNearest& of) {
    const std::vector<double> made = valuesOf(bench.madeNearest, of);
    measures.push_back({.name = name,
                        .title = title,
                        .value = mean(made),
                        .confidence = meanHalfWidth(made, bench.made.set.characters, bench.seed),
                        .floor = mean(valuesOf(bench.heldOutNearest, of)),
                        .baseline = mean(valuesOf(bench.baselineNearest, of)),
                        .better = better,
                        .explanation = explanation});
  };
  add("copies", "Copies", Better::kLower,
      "Share of the sprites that differ from a training sprite by no more than an eye passes over.",
      [](const NearestTwo& one) { return one.isCopy() ? 1. : 0.; });
  add("nearest_ratio", "Nearest to second nearest", Better::kLikeFloor,
      "How much nearer the nearest training sprite is than the second: 1 not at all, 0 a copy.",
      [](const NearestTwo& one) { return one.ratio(); });
  add("nearer_than_held_out", "Nearer than held-out", Better::kLikeFloor,
      "How often a sprite is nearer to the training set than a held-out one is: above .5, the model copies.",
      [&](const NearestTwo& one) { return nearerThanHeldOut(std::span(&one, 1), bench.heldOutNearest); });
  measures.back().confidence = nearerHalfWidth(bench);
}

void measureViews(const Judged& training, const Bench& bench, std::vector<Measure>& measures) {
  const std::vector<std::string>& views = training.set.views;
  if (std::ranges::adjacent_find(views, std::not_equal_to()) == views.end()) return;
  const ViewClassifier judge(training.pictures, views);
  const auto right = [&judge](const Judged& judged) { return judge.right(judged.pictures, judged.set.views); };
  const std::vector<double> made = right(bench.made);
  measures.push_back(
      {.name = "views_right",
       .title = "Views told right",
       .value = mean(made),
       .confidence = meanHalfWidth(made, bench.made.set.characters, bench.seed),
       .floor = mean(right(bench.heldOut)),
       .baseline = mean(right(bench.baseline)),
       .better = Better::kHigher,
       .explanation = "Share of the sprites that a judge of views takes for the view they should show."});
}

void measureCleanliness(const Bench& bench, std::vector<Measure>& measures) {
  const auto add = [&](const char* name, const char* title, const char* explanation, const OfSet& of,
                       const SpriteSet& made) {
    const auto value = of(made), floor = of(bench.floor.set), baseline = of(bench.baseline.set);
    if (!value || !floor || !baseline) return;  // views that nobody has two of
    measures.push_back({.name = name,
                        .title = title,
                        .value = *value,
                        .confidence = halfWidthByCharacter(made, of, bench.seed),
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
