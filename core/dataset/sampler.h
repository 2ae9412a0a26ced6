// Which sprites each batch holds: every sprite once an epoch, in a new order each time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random_stream.h"
#include "core/base/settings.h"

namespace loom {

/// A batch that reaches past the end of an epoch goes on with the next one, so every batch is full, whatever its size.
class Sampler {
 public:
  /// Over indices 0..size-1. Throws Error when there are none.
  Sampler(std::int64_t size, RandomStream random);

  void next(std::span<std::int64_t> batch);
  /// Passes over the data so far, fractional.
  double epochs() const;

  /// The whole state, and back. Throws Error when `state` is damaged or belongs to another number of sprites.
  Json save() const;
  static Sampler restore(std::int64_t size, const Json& state);

 private:
  void shuffle();
  std::vector<std::uint32_t> m_order;
  std::size_t m_position = 0;
  std::int64_t m_epoch = 0;
  RandomStream m_random;
  RandomStream m_epochStart;  ///< m_random before this epoch's order was drawn
};

}  // namespace loom
