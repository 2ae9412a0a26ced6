// A data set as whole characters: every view of each as numbers into the character's own palette.
#pragma once

#include <string>
#include <vector>

#include "core/training/batch.h"

namespace loom {

class Snapshot;

class CharacterStore final : public BatchStore {
 public:
  /// Those of `data` that have sprites of at least `fewest` of `views` (core/dataset/character_views.h); there may be
  /// none.
  CharacterStore(const Snapshot& data, const std::vector<std::string>& views, at::Device device,
                 std::int64_t fewest = 2);

  std::int64_t size() const override { return m_indices.size(0); }
  Batch batch(std::span<const std::int64_t> indices) const override;
  /// One change a character: all its views move alike, its palette is recoloured as a whole, and mirrored its left
  /// view is the right one. Characters are never mirrored where a view lacks its opposite.
  Batch batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const override;

 private:
  Batch make(std::span<const std::int64_t> indices, std::span<const Augmentation> changes,
             const AugmentOptions& options) const;
  at::Tensor order(std::span<const Augmentation> changes) const;

  std::vector<std::int64_t> m_opposite;  ///< by view; empty where one lacks it
  std::vector<std::int64_t> m_colours;   ///< how many each character has
  at::Tensor m_indices;                  ///< count x size x size x views bytes
  at::Tensor m_palettes;                 ///< count x most colours x 4 bytes, straight alpha
  at::Tensor m_worn;                     ///< count x most colours: pixels
  at::Tensor m_present;                  ///< count x views: 0 or 1
};

}  // namespace loom
