#include "core/evaluate/evaluation.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <span>

#include "core/evaluate/evaluation_bench.h"
#include "core/evaluate/evaluation_measures.h"
#include "core/evaluate/fixed_features.h"
#include "core/evaluate/own_features.h"

namespace loom {
namespace {

constexpr std::size_t kMostToLearnFrom = 2048;  // training sprites in memory as floats

std::vector<NearestExample> examples(std::span<const NearestTwo> nearest) {
  std::vector<NearestExample> all;
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    const NearestTwo& one = nearest[i];
    all.push_back({.made = i,
                   .nearest = one.nearest,
                   .second = one.second,
                   .difference = one.difference,
                   .ratio = one.ratio(),
                   .isCopy = one.isCopy()});
  }
  std::ranges::stable_sort(all, {}, &NearestExample::difference);
  return all;
}

at::Tensor toLearnFrom(const EvaluationSets& sets) {
  std::vector<Sprite> chosen;
  for (const std::size_t index : spread(sets.training.size(), kMostToLearnFrom)) {
    chosen.push_back(sets.training.sprites[index]);
  }
  return spritePictures(chosen, sets.side);
}

}  // namespace

Evaluation evaluate(const EvaluationSets& sets, std::uint64_t seed, JobMonitor& monitor) {
  const Bench bench = makeBench(sets, seed, monitor);
  Evaluation result;
  // The space is the project's own, whatever the seed, so that runs can be compared.
  OwnFeatures own(toLearnFrom(sets), {}, monitor);
  monitor.begin("Measuring", 5);
  measureIn(own, "own", "own features", bench, result.measures);
  monitor.advance(1);
  FixedFeatures fixed;
  measureIn(fixed, "fixed", "fixed features", bench, result.measures);
  monitor.advance(2);
  measureScales(bench, result.measures);
  monitor.advance(3);
  measureCopying(bench, result.measures);
  monitor.advance(4);
  measureCleanliness(bench, result.measures);
  monitor.advance(5);
  result.nearest = examples(bench.madeNearest);
  return result;
}

}  // namespace loom
