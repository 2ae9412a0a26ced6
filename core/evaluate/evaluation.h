// All measures of a set of made sprites at once, each beside its floor and its baseline.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/evaluate/measure.h"
#include "core/evaluate/sprite_set.h"

namespace loom {

/// All sprites are of one size, as the model sees or draws them, `side` or less.
struct EvaluationSets {
  int side = 0;             ///< pixels, 16 at least
  SpriteSet training = {};  ///< what the model was trained on
  SpriteSet heldOut = {};   ///< of other characters, which it has not seen
  SpriteSet made = {};      ///< with as many sprites as heldOut, alpha as the model draws it
};

/// A made sprite and the two training sprites that it is nearest to.
struct NearestExample {
  std::size_t made = 0;  ///< index into the set, as the next two are
  std::size_t nearest = 0;
  std::size_t second = 0;
  double difference = 0;  ///< 0..1 (core/evaluate/nearest_sprites.h)
  double ratio = 0;       ///< of the differences to the nearest and to the second
  bool isCopy = false;    ///< of the nearest, by what an eye passes over
};

struct Evaluation {
  std::vector<Measure> measures = {};
  std::vector<NearestExample> nearest = {};  ///< of every made sprite, the nearest first
};

/// Measures how far the made sprites are from the held-out ones (KID, precision and recall, density and coverage in two
/// feature spaces; sliced Wasserstein by scale), whether they are copies of training sprites, whether they show the
/// view they should, and how clean they are as pixel art. Made sprites are looked at as they are written to files, each
/// pixel opaque or empty; their own alpha counts for `partial_alpha` alone.
/// Every measure stands beside its
///   floor: training sprites, as many as were made, in the place of the made ones; for copying and for views, the
///     held-out sprites;
///   baseline: the training sprite nearest to each held-out one in their place. A model that does not beat it where it
///     copies less has learnt no more than a look into the training set.
/// Views that no character has two of leave out what compares them. The same sets, `seed` and thread count give the
/// same figures; computes on the calling thread with its intra-op threads. Throws Error (fewer than four characters
/// on a side, sizes that differ), Cancelled.
Evaluation evaluate(const EvaluationSets& sets, std::uint64_t seed, JobMonitor& monitor);

}  // namespace loom
