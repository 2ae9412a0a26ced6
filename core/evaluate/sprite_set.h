// Sprites that are measured together: pixels, and which of them show one character.
#pragma once

#include <string>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// All three lists are as long. The sprites are of one size, as a model sees or draws them.
struct SpriteSet {
  std::vector<Sprite> sprites = {};
  std::vector<int> characters = {};     ///< a number for each sprite; equal ones show the same character
  std::vector<std::string> views = {};  ///< "back", "left", …; kAnyView where it is not known

  std::size_t size() const { return sprites.size(); }
  void add(Sprite sprite, int character, std::string view) {
    sprites.push_back(std::move(sprite));
    characters.push_back(character);
    views.push_back(std::move(view));
  }
};

/// `set` with these sprites in the place of its own.
inline SpriteSet withSprites(SpriteSet set, std::vector<Sprite> sprites) {
  set.sprites = std::move(sprites);
  return set;
}

}  // namespace loom
