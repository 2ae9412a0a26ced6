// Finds sprites that are copies of each other, byte for byte or moved, mirrored, enlarged, recoloured, touched up.
#pragma once

#include <span>
#include <vector>

#include "core/dataset/likeness.h"
#include "core/dataset/pixel_source.h"

namespace loom {

struct DuplicateMember {
  SpriteId sprite = 0;
  Likeness likeness = {};  ///< to the group's first sprite
};
struct DuplicateGroup {
  SpriteId first = 0;                         ///< the one that came first in the list given
  std::vector<DuplicateMember> members = {};  ///< the others, in the order of the list; at least one
};

/// Groups in the order of their first sprites; a sprite is in one group at most, and every member was compared with the
/// first on the pixels. What an honest set holds on purpose is no duplicate: a left view that is the mirrored right
/// one, other views of a character that differ little, and frames of one of its animations.
/// Sprites alike but for place, size, mirroring and colours are found whatever happens; ones that differ by some dots
/// when they are among each other's nearest neighbours by SpriteFeatures::structure().
std::vector<DuplicateGroup> findNearDuplicates(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                               JobMonitor& monitor);

}  // namespace loom
