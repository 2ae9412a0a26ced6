// One batch of what a network is trained on, and where batches come from.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "core/dataset/augment.h"
#include "core/nets/indexed_characters.h"

namespace loom {

struct Batch {
  at::Tensor pictures;                ///< N x channels x size x size in [-1, 1]; undefined in a batch of characters
  at::Tensor views;                   ///< N indices; 0 for characters
  at::Tensor alpha;                   ///< N x 1 x size x size in [0, 1]; undefined unless the format asks for it
  IndexedCharacters characters = {};  ///< N of them; undefined in a batch of sprites
};

/// Sprites, or whole characters, by number.
class BatchStore {
 public:
  BatchStore() = default;
  virtual ~BatchStore() = default;
  BatchStore(const BatchStore&) = delete;
  BatchStore& operator=(const BatchStore&) = delete;

  virtual std::int64_t size() const = 0;
  /// As they are.
  virtual Batch batch(std::span<const std::int64_t> indices) const = 0;
  /// As `augmenter` changes them.
  virtual Batch batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const = 0;
};

}  // namespace loom
