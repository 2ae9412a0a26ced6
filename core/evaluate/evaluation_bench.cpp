#include "core/evaluate/evaluation_bench.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/image/alpha_edges.h"

namespace loom {
namespace {

constexpr std::uint64_t kFloorStream = 1;
constexpr int kHalf = 128;  // alpha from which a pixel is there

/// As made sprites are written to files.
std::vector<Sprite> crisp(std::vector<Sprite> sprites) {
  for (Sprite& sprite : sprites) sprite = hardenedAlpha(sprite, kHalf);
  return sprites;
}

/// `count` sprites of characters drawn at random, each with all its sprites but for the last.
SpriteSet sampled(const SpriteSet& set, std::size_t count, std::uint64_t seed) {
  std::vector<int> names = set.characters;
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  RandomStream random(seed, kFloorStream);
  SpriteSet sample;
  while (!names.empty()) {
    std::swap(names[random.below(static_cast<std::uint32_t>(names.size()))], names.back());
    for (std::size_t i = 0; i < set.size() && sample.size() < count; ++i) {
      if (set.characters[i] == names.back()) sample.add(set.sprites[i], set.characters[i], set.views[i]);
    }
    names.pop_back();
  }
  return sample;
}

void check(const EvaluationSets& sets) {
  if (sets.heldOut.size() == 0 || sets.made.size() != sets.heldOut.size()) {
    throw Error("there are " + std::to_string(sets.made.size()) + " made sprites to hold against " +
                std::to_string(sets.heldOut.size()));
  }
  if (sets.training.size() < sets.heldOut.size()) {
    throw Error("there are fewer training sprites than sprites to measure by", "measure by fewer");
  }
  const Sprite& first = sets.heldOut.sprites.front();
  for (const SpriteSet* set : {&sets.training, &sets.heldOut, &sets.made}) {
    for (const Sprite& sprite : set->sprites) {
      if (sprite.width() == first.width() && sprite.height() == first.height()) continue;
      throw Error("the sprites to measure are of different sizes", "bring all to the size of the model's");
    }
  }
}

}  // namespace

Bench makeBench(const EvaluationSets& sets, std::uint64_t seed, JobMonitor& monitor) {
  check(sets);
  const NearestSprites training(sets.training.sprites, sets.side, monitor);
  std::vector<NearestTwo> ofHeldOut = training.find(sets.heldOut.sprites, monitor);
  std::vector<Sprite> retrieved;
  for (const NearestTwo& one : ofHeldOut) retrieved.push_back(sets.training.sprites[one.nearest]);
  const SpriteSet made = withSprites(sets.made, crisp(sets.made.sprites));
  Bench bench{.sets = sets,
              .seed = seed,
              .heldOut = {sets.heldOut, sets.side},
              .made = {made, sets.side},
              .floor = {sampled(sets.training, sets.heldOut.size(), seed), sets.side},
              .baseline = {withSprites(sets.heldOut, std::move(retrieved)), sets.side}};
  bench.madeNearest = training.find(bench.made.set.sprites, monitor);
  bench.baselineNearest = training.find(bench.baseline.set.sprites, monitor);
  bench.heldOutNearest = std::move(ofHeldOut);
  return bench;
}

std::vector<std::size_t> spread(std::size_t count, std::size_t most) {
  std::vector<std::size_t> chosen(std::min(count, most));
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i * count / chosen.size();
  return chosen;
}

}  // namespace loom
