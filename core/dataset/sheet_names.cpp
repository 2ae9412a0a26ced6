#include "core/dataset/sheet_names.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/lpc_sheet.h"
#include "core/project/view.h"

namespace loom {
namespace {

std::vector<std::string> wordsOf(const std::string& text) {
  constexpr const char* kSeparators = "-_ ./\t";
  std::vector<std::string> words;
  for (std::size_t begin = text.find_first_not_of(kSeparators); begin != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSeparators, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(kSeparators, end);
  }
  return words;
}

std::string lowered(std::string text) {
  for (char& c : text) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// Where a cell lies when the sheet is parted into characters.
struct Place {
  int block = 0, row = 0, frame = 0;
};

std::vector<Place> placesOf(std::span<const SheetCell> cells, int rows, int columns) {
  int last = 0;
  for (const SheetCell& cell : cells) last = std::max(last, cell.column);
  if (columns <= 0) columns = last + 1;
  const int across = last / columns + 1;
  std::vector<Place> places;
  for (const SheetCell& cell : cells) {
    places.push_back({cell.row / rows * across + cell.column / columns, cell.row % rows, cell.column % columns});
  }
  return places;
}

}  // namespace

RowLabel parseRowLabel(const std::string& text) {
  RowLabel label{std::string(kAnyView), {}};
  std::vector<std::string> words = wordsOf(text);
  const auto erase = [&words](std::size_t first, std::size_t count) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(first);
    words.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  // "back left" is one view, and "left side" too, so two words are tried before one.
  for (std::size_t length = 2; length >= 1 && label.view == kAnyView; --length) {
    for (std::size_t i = 0; i + length <= words.size(); ++i) {
      const auto view = parseViewWord(length == 2 ? words[i] + "-" + words[i + 1] : words[i]);
      if (!view) continue;
      label.view = *view;
      erase(i, length);
      break;
    }
  }
  for (const std::string& word : words) label.animation += (label.animation.empty() ? "" : "-") + lowered(word);
  return label;
}

SheetNaming sheetNamingPreset(const std::string& name) {
  if (name == "none") return {};
  if (name == "rpgmaker") return {{{"front", {}}, {"left", {}}, {"right", {}}, {"back", {}}}, 3, 1, {}};
  if (name == "lpc") return lpcNaming();
  throw Error("'" + name + "' is no way to name a sheet's rows",
              "use none, rpgmaker or lpc, or label the rows yourself");
}

std::vector<CellName> nameCells(std::span<const SheetCell> cells, const SheetNaming& naming) {
  std::vector<CellName> names;
  if (naming.rows.empty()) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      names.push_back({std::to_string(i + 1), std::string(kAnyView), {}, 0, true});
    }
    if (names.size() == 1) names.front().character.clear();
    return names;
  }
  const std::vector<Place> places = placesOf(cells, static_cast<int>(naming.rows.size()), naming.columns);
  std::set<int> blocks;
  for (const Place& place : places) blocks.insert(place.block);
  for (const Place& place : places) {
    const RowLabel& label = naming.rows[static_cast<std::size_t>(place.row)];
    const auto number = std::distance(blocks.begin(), blocks.find(place.block)) + 1;
    const bool stands = naming.standingAnimation.empty() || label.animation == naming.standingAnimation;
    names.push_back({blocks.size() > 1 ? std::to_string(number) : std::string(), label.view, label.animation,
                     place.frame, stands && place.frame == naming.standingFrame});
  }
  return names;
}

}  // namespace loom
