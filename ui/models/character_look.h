// A character as it was seen: what made it and the pictures themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/image/sprite.h"
#include "ui/models/character_editor.h"

namespace loom {

struct CharacterLook {
  CharacterState state;
  int run = 0;               ///< of the model that drew it
  std::string starter = {};  ///< the preset of the starter weights that drew it, instead of a run's
  std::int64_t step = 0;
  std::vector<std::string> views;  ///< by sprite
  std::vector<Sprite> sprites;

  bool empty() const { return sprites.empty(); }
};

}  // namespace loom
