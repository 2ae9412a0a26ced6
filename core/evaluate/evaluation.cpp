#include "core/evaluate/evaluation.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <span>
#include <utility>

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

Judged toLearnFrom(const EvaluationSets& sets) {
  const SpriteSet& training = sets.training;
  SpriteSet chosen;
  for (const std::size_t i : spread(training.size(), kMostToLearnFrom)) {
    chosen.add(training.sprites[i], training.characters[i], training.views[i]);
  }
  return {std::move(chosen), sets.side};
}

}  // namespace

Evaluation evaluate(const EvaluationSets& sets, std::uint64_t seed, JobMonitor& monitor) {
  const Bench bench = makeBench(sets, seed, monitor);
  Evaluation result;
  // The space is the project's own, whatever the seed, so that runs can be compared.
  const Judged learned = toLearnFrom(sets);
  OwnFeatures own(learned.pictures, {}, monitor);
  monitor.begin("Measuring", 6);
  measureIn(own, "own", "own features", bench, result.measures);
  monitor.advance(1);
  FixedFeatures fixed;
  measureIn(fixed, "fixed", "fixed features", bench, result.measures);
  monitor.advance(2);
  measureScales(bench, result.measures);
  monitor.advance(3);
  measureCopying(bench, result.measures);
  monitor.advance(4);
  measureViews(learned, bench, result.measures);
  monitor.advance(5);
  measureCleanliness(bench, result.measures);
  monitor.advance(6);
  result.nearest = examples(bench.madeNearest);
  return result;
}

}  // namespace loom
