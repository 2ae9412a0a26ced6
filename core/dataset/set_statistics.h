// What a set is made of, counted for charts: sizes, colours, views, characters, tags, licences, sources.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/dataset/pixel_source.h"

namespace loom {

struct CountedName {
  std::string name = {};
  std::int64_t count = 0;  ///< sprites
  friend bool operator==(const CountedName&, const CountedName&) = default;
};
/// Some views are missing for a character that has others.
struct MissingViews {
  std::string character = {};
  std::vector<std::string> views = {};  ///< sortedViews
  friend bool operator==(const MissingViews&, const MissingViews&) = default;
};

/// What the records say. Names by count, the largest first, then by name; empty ones under "".
struct SetStatistics {
  std::int64_t sprites = 0;
  std::int64_t characters = 0;
  std::vector<CountedName> sizes = {};                 ///< "64x64"
  std::map<int, std::int64_t> coloursPerSprite = {};   ///< number of colours -> sprites
  std::vector<CountedName> views = {};                 ///< in the order of sortedViews
  std::map<int, std::int64_t> viewsPerCharacter = {};  ///< number of different views -> characters
  std::vector<MissingViews> missingViews = {};         ///< by character; of the set's named views
  std::vector<CountedName> tags = {};                  ///< word by word
  std::vector<CountedName> licences = {};
  std::vector<CountedName> authors = {};
  std::vector<CountedName> sources = {};     ///< the folder or archive a sprite came from
  std::vector<CountedName> animations = {};  ///< stills left out
};
SetStatistics statisticsOf(std::span<const SpriteInfo> sprites);

struct ColourShare {
  Rgba colour = {};
  double share = 0;  ///< of all visible pixels of the set, 0..1
};
/// What the pixels say.
struct SetColours {
  std::vector<ColourShare> mostUsed = {};  ///< the largest first
  std::int64_t different = 0;              ///< colours in all; kMostColours when there are more
  std::int64_t partialAlpha = 0;           ///< sprites with a pixel neither transparent nor opaque
  std::int64_t opaque = 0;                 ///< sprites without a transparent pixel
  std::int64_t empty = 0;                  ///< sprites without a visible pixel
  static constexpr std::int64_t kMostColours = 1 << 20;
};
/// `most` limits mostUsed. From the kMostColours-th colour on, new ones are counted among the pixels but not told
/// apart.
SetColours coloursOf(std::span<const SpriteInfo> sprites, const PixelSource& pixels, std::size_t most,
                     JobMonitor& monitor);

}  // namespace loom
