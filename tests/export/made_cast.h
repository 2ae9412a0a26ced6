// Characters whose every picture is different, with names that trouble text formats.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/export/sheet.h"

namespace loom::test {

/// A figure with a transparent rim of its own and pixels that tell it from all others of a cast.
inline Sprite figure(int side, int number) {
  Sprite sprite(side, side);
  const int left = 1 + number % 3, top = 1 + number % 2;
  for (int y = top; y < side; ++y) {
    for (int x = left; x < side - 1; ++x) {
      sprite.at(x, y) = {static_cast<std::uint8_t>(40 + 3 * number),
                         static_cast<std::uint8_t>(x % 4 == y % 3 ? 200 : 9), 70, 255};
    }
  }
  return sprite;
}

inline const std::vector<std::string>& troublesomeNames() {
  static const std::vector<std::string> kNames = {"knight",
                                                  "\"Sir\" <Tom> & 'Jo'",
                                                  "two words, a\\backslash",
                                                  "J\xC3\xB6rg \xE5\x89\xA3",  // Joerg with its umlaut, a sword
                                                  "9lives",
                                                  "knight"};
  return kNames;
}

/// Each of troublesomeNames() in four views of `side` px, numbered through.
inline std::vector<SheetCharacter> troublesomeCast(int side = 8) {
  std::vector<SheetCharacter> cast;
  int number = 0;
  for (const std::string& name : troublesomeNames()) {
    SheetCharacter character{name, {}};
    for (const char* view : {"back", "left", "front", "right"}) {
      character.views.emplace_back(view, figure(side, number++));
    }
    cast.push_back(std::move(character));
  }
  return cast;
}

/// The untrimmed, unscaled picture of the frame `name` of that cast; empty when there is none of the name.
inline Sprite pictureOf(const std::string& name, int side = 8) {
  Sprite found;
  int number = 0;
  std::vector<std::string> names = troublesomeNames();
  names.back() = "knight-2";
  for (const std::string& character : names) {
    for (const char* view : {"back", "left", "front", "right"}) {
      if (character + "/" + view == name) found = figure(side, number);
      ++number;
    }
  }
  return found;
}

/// All layouts with the options that move frames about most.
inline std::vector<SheetOptions> manyOptions() {
  std::vector<SheetOptions> all;
  for (const SheetLayout layout :
       {SheetLayout::kGrid, SheetLayout::kLpc, SheetLayout::kStrip, SheetLayout::kPacked, SheetLayout::kLpcFull}) {
    SheetOptions options;
    options.layout = layout;
    all.push_back(options);
    options.scale = 2;
    if (usesGaps(layout)) {
      options.padding = 3;
      options.border = 9;
      options.extrude = 1;
      options.innerPadding = 3;
      options.powerOfTwo = layout != SheetLayout::kStrip;
    }
    options.trim = usesTrim(layout);
    options.mergeDuplicates = usesMerging(layout);
    all.push_back(options);
  }
  return all;
}

}  // namespace loom::test
