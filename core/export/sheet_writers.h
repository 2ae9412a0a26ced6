// One writer a kind of data beside a sheet. Private to sheet_data.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/export/sheet_parts.h"
#include "core/image/indexed_picture.h"

namespace loom::sheet_writers {

/// What every writer may look at.
struct Input {
  const Sheet& sheet;
  std::string imageName;                         ///< valid UTF-8
  const std::optional<IndexedPicture>& indexed;  ///< the sheet's picture; nothing when it has too many colours
  bool indexedPng = false;                       ///< and so was it written
};

/// The colours in use, fully transparent ones left out: by ramps, dark to light, while they are few enough for that,
/// else the most frequent first.
std::vector<Rgba> coloursOf(const Input& input);

std::string jsonHash(const Input& input);
std::string jsonArray(const Input& input);
std::string tiled(const Input& input);
std::string aseprite(const Input& input);
std::string godot(const Input& input);
std::string unity(const Input& input);
std::string css(const Input& input);
std::string gpl(const Input& input);
std::string hex(const Input& input);
std::string jasc(const Input& input);
std::string swatches(const Input& input);

}  // namespace loom::sheet_writers
