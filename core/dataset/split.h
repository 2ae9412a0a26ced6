// Which characters a model trains on and which are held out to judge it by: all views of a character on one side.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/dataset/near_duplicates.h"
#include "core/project/catalogue.h"

namespace loom {

struct SplitSettings {
  double fraction = 0;                      ///< share of the characters held out, 0..0.9; 0: all are trained on
  std::uint64_t seed = 1;                   ///< another seed holds out others
  std::map<std::string, bool> pinned = {};  ///< character -> held out, whatever the fraction says
  friend bool operator==(const SplitSettings&, const SplitSettings&) = default;
};

/// Kept with the project. What was never set holds nothing out. Throws Error for a fraction beyond 0..0.9, or when
/// what is kept is damaged.
SplitSettings loadSplit(const Catalogue& catalogue);
void saveSplit(Catalogue& catalogue, const SplitSettings& settings);

/// By a hash of seed and name alone: sprites added later change nothing for the others, and a larger fraction holds out
/// all that a smaller one does.
bool isHeldOut(const SplitSettings& settings, const std::string& character);

struct SplitCounts {
  std::int64_t trainingSprites = 0;  ///< neither excluded nor in the bin, as below
  std::int64_t trainingCharacters = 0;
  std::int64_t heldOutSprites = 0;
  std::int64_t heldOutCharacters = 0;
  friend bool operator==(const SplitCounts&, const SplitCounts&) = default;
};
/// Of those that are not excluded.
SplitCounts splitCounts(const SplitSettings& settings, std::span<const SpriteInfo> sprites);

/// Two sprites alike on different sides: a model is judged by what it has seen.
struct SplitLeak {
  SpriteId training = 0;
  SpriteId heldOut = 0;
  std::string trainingCharacter = {};
  std::string heldOutCharacter = {};
  Likeness likeness = {};  ///< of the group's member to its first sprite
};
/// For every sprite of a group that lies on another side than the group's first, that pair.
std::vector<SplitLeak> findLeaks(const SplitSettings& settings, std::span<const SpriteInfo> sprites,
                                 std::span<const DuplicateGroup> groups);
/// The settings with pins added so that no leak is left: characters that are linked through groups all go where the
/// most of them are, in doubt to training. Pins that are there may change.
SplitSettings withoutLeaks(SplitSettings settings, std::span<const SpriteInfo> sprites,
                           std::span<const DuplicateGroup> groups);

}  // namespace loom
