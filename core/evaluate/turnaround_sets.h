// Characters by their views, as a turnaround is measured by them.
#pragma once

#include <string>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// A sprite for each view of a set, side x side pixels; empty where there is none.
using CharacterSprites = std::vector<Sprite>;

struct TurnaroundSets {
  std::vector<std::string> views = {};
  std::vector<CharacterSprites> training = {};  ///< characters that the model was trained on
  std::vector<CharacterSprites> heldOut = {};   ///< characters that it has not seen
};

}  // namespace loom
