// Learns from the pairs of left and right views of a set which way its characters face. Private to the mirror check.
#pragma once

#include <span>
#include <vector>

#include "core/dataset/sprite_features.h"

namespace loom {

struct FacingPair {
  SpriteFeatures left;
  SpriteFeatures right;
};

/// For each pair how it faces beside the others: 1 is their median, negative is the other way round. Empty when there
/// are too few pairs or they show no common direction.
std::vector<double> facingOf(std::span<const FacingPair> pairs);

}  // namespace loom
