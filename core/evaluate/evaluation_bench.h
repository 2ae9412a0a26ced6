// What all measures look at: the made sprites, and what stands in their place for floor and baseline. Private to
// evaluation.h.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/feature_space.h"
#include "core/evaluate/nearest_sprites.h"

namespace loom {

struct Judged {
  SpriteSet set;
  at::Tensor pictures;

  Judged(SpriteSet given, int side) : set(std::move(given)), pictures(spritePictures(set.sprites, side)) {}
};

struct Bench {
  const EvaluationSets& sets;
  std::uint64_t seed;
  Judged heldOut, made, floor, baseline;
  std::vector<NearestTwo> madeNearest = {}, heldOutNearest = {}, baselineNearest = {};
};

/// Draws the floor, looks the baseline up, and finds what every sprite is nearest to. Throws Error for sets that cannot
/// be held against each other, Cancelled.
Bench makeBench(const EvaluationSets& sets, std::uint64_t seed, JobMonitor& monitor);

/// `most` of the numbers 0..count-1, or all, spread evenly.
std::vector<std::size_t> spread(std::size_t count, std::size_t most);

}  // namespace loom
