// Holds the left and right views of every character against each other: mirror images, nearly so, or mixed up?
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/dataset/pixel_source.h"

namespace loom {

enum class MirrorKind {
  kExact,       ///< each is the other's mirror image
  kSmallParts,  ///< but for small parts: the hand that holds the weapon
  kDifferent,   ///< drawn anew
  kSuspicious   ///< swapped, or both facing one way: MirrorPair::reason says which
};
std::string mirrorKindName(MirrorKind kind);  ///< "exact", "small parts", "different", "suspicious"

struct MirrorPair {
  std::string character = {};
  std::string leftView = {};  ///< "left", "back-left", …
  SpriteId left = 0;
  SpriteId right = 0;
  double difference = 0;  ///< share of pixels by which the right view differs from the mirrored left one, 0..1
  double facing = 0;      ///< 1: as the set's others face; -1: just the other way round; 0: cannot be told
  double suspicion = 0;   ///< the list's order; larger is worse
  MirrorKind kind = MirrorKind::kDifferent;
  std::string reason = {};  ///< for people; empty unless suspicious
};

/// All pairs, the most suspicious first, then the most different. Difference is taken at the best shift of up to 3
/// pixels. Facing is told by Fisher's linear discriminant (1936) between the set's left and right views, over what of
/// SpriteFeatures changes its sign when mirrored; a pair is judged by the others, never by itself. With fewer than 12
/// pairs of a view, or ones that look the same from both sides, facing is 0 and nothing is called swapped.
std::vector<MirrorPair> checkMirrors(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                     JobMonitor& monitor);

}  // namespace loom
