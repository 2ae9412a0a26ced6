// The directions along which the rows of a table vary most, and the rows seen along them.
#pragma once

#include <cstddef>

#include "core/dataset/sprite_features.h"

namespace loom {

/// Principal component analysis (Hotelling 1933): `table` about its mean, turned to the `count` directions of largest
/// variance, the largest first. Beyond 20,000 rows the directions come from every n-th one. A direction points to where
/// its largest entry is positive, so that the result is the same every time.
FeatureTable alongPrincipalAxes(const FeatureTable& table, std::size_t count);

}  // namespace loom
