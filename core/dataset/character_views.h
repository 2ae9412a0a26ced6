// The characters of a snapshot that are seen from two sides or more, with the sprite of each side.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset/snapshot.h"

namespace loom {

/// The sprite's index in the snapshot for each view; kNoSprite where the character has none.
using CharacterViews = std::vector<std::int64_t>;
inline constexpr std::int64_t kNoSprite = -1;

/// The views of a snapshot that say from where a character is seen: all but kAnyView, in their order.
std::vector<std::string> namedViews(const Snapshot& data);

/// The views that characters of at least `fewest` views are told by: the named ones, or where there are none and one
/// view is enough, kAnyView.
std::vector<std::string> characterViewNames(const Snapshot& data, std::int64_t fewest);

/// Which of the views each one is in the mirror; nothing where one lacks its opposite.
std::vector<std::int64_t> mirroredPlaces(const std::vector<std::string>& views);

/// Every character with sprites of at least `fewest` of `views`, in the order of its first sprite. Of several sprites
/// of one view the first counts; but where there is one view alone and it is enough, each sprite is a character.
std::vector<CharacterViews> charactersOf(const Snapshot& data, const std::vector<std::string>& views,
                                         std::int64_t fewest = 2);

}  // namespace loom
