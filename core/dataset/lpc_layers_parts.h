// Which layers belong together, and which hats hide which hair. Private to LpcLibrary.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset/lpc_layers.h"

namespace loom {

struct LpcParts {
  std::vector<LpcPart> parts;
  std::vector<std::pair<int, std::string>> leftOut;  ///< layers that are no part, with the reason
};

/// `layers` sorted by path.
LpcParts partsOfLayers(std::span<const LpcLayer> layers);

/// For each part (empty but for hats), by shape: whether hair, hair ties or ears of that shape come out of the hat
/// where it should cover them, measured on the standing cells.
std::vector<std::vector<bool>> clippingHats(std::span<const LpcLayer> layers, std::span<const LpcPart> parts);

}  // namespace loom
