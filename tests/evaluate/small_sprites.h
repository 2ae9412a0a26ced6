// Sprites that look like sprites and are small enough to be measured in a test.
#pragma once

#include <array>

#include "core/dataset/starter.h"
#include "core/evaluate/sprite_set.h"
#include "core/image/edit.h"

namespace loom::test {

/// The starter set's characters `first`, `first` + 1, …, four views each, made smaller.
inline SpriteSet smallSprites(int first, int characters, int side) {
  SpriteSet set;
  for (int character = first; character < first + characters; ++character) {
    const StarterCharacter whole = starterCharacter(5, static_cast<std::uint64_t>(character));
    const std::array<const char*, 4> views = {"back", "left", "front", "right"};
    for (std::size_t view = 0; view < views.size(); ++view) {
      set.add(fittedTo(whole.views[view], side).sprite, character, views[view]);
    }
  }
  return set;
}

}  // namespace loom::test
