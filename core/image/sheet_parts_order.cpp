// Which parts are sprites, and in which order they are read.
#include <algorithm>
#include <utility>

#include "core/image/sheet_parts_finder.h"

namespace loom::sheet_finder {

Captions findCaptions(const Parts& parts, int height) {
  constexpr int kMostLetterHeight = 16;
  const std::int64_t typical = typicalBox(parts.parts);
  const auto isLetter = [typical](const Part& part) {
    return part.bounds.height <= kMostLetterHeight && 8 * boxArea(part.bounds) <= typical;
  };
  int top = height;
  int bottom = 0;
  for (const Part& part : parts.parts) {
    if (isLetter(part)) continue;
    top = std::min(top, part.bounds.y);
    bottom = std::max(bottom, part.bounds.y + part.bounds.height);
  }
  Captions captions;
  int lettersAbove = 0, lettersBelow = 0;
  for (const Part& part : parts.parts) {
    if (!isLetter(part)) continue;
    const int end = part.bounds.y + part.bounds.height;
    if (end < top) {
      ++lettersAbove;
      captions.top = std::max(captions.top, end);
    } else if (part.bounds.y > bottom) {
      ++lettersBelow;
      captions.bottom = std::max(captions.bottom, height - part.bounds.y);
    }
  }
  constexpr int kLeastLetters = 6;
  if (lettersAbove < kLeastLetters) captions.top = 0;
  if (lettersBelow < kLeastLetters) captions.bottom = 0;
  return captions;
}

std::vector<SheetCell> inReadingOrder(const std::vector<Part>& parts) {
  std::vector<PixelRect> boxes;
  for (const Part& part : parts) boxes.push_back(part.bounds);
  std::ranges::sort(boxes, {}, [](const PixelRect& box) { return std::pair(2 * box.y + box.height, box.x); });
  std::vector<SheetCell> cells;
  for (std::size_t begin = 0; begin < boxes.size();) {
    // A row goes on while the next part's middle is beside the tallest part so far.
    std::size_t end = begin;
    PixelRect tallest = boxes[begin];
    while (end < boxes.size() && 2 * boxes[end].y + boxes[end].height < 2 * (tallest.y + tallest.height)) {
      if (boxes[end].height > tallest.height) tallest = boxes[end];
      ++end;
    }
    end = std::max(end, begin + 1);
    std::sort(boxes.begin() + static_cast<std::ptrdiff_t>(begin), boxes.begin() + static_cast<std::ptrdiff_t>(end),
              [](const PixelRect& a, const PixelRect& b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); });
    const int row = cells.empty() ? 0 : cells.back().row + 1;
    for (std::size_t i = begin; i < end; ++i) cells.push_back({boxes[i], row, static_cast<int>(i - begin)});
    begin = end;
  }
  return cells;
}

}  // namespace loom::sheet_finder
