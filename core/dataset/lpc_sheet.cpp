// Measured on sheets of the Universal LPC Spritesheet Character Generator.
#include "core/dataset/lpc_sheet.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr int kWidth = kLpcColumns * kLpcCell;
constexpr int kHeight = kLpcRows * kLpcCell;
constexpr int kNewerWidth = 1536;
constexpr int kNewerHeight = 2944;
constexpr int kThrustRow = 4;
constexpr int kWalkRow = 8;
constexpr int kTinyHeroOffset = 4;  // measured: silhouettes correlate .99 there, .85 without it
const std::array<std::string, 4> kRowViews = {"back", "left", "front", "right"};

PixelRect areaOf(int row, int column, int offsetY = 0) {
  return {column * kLpcCell, row * kLpcCell + offsetY, kLpcCell, kLpcCell};
}

bool isEmpty(const Sprite& sheet, const PixelRect& area) {
  return opaqueBounds(cropped(sheet, area)).width == 0;
}

const std::string& viewOf(const LpcBlock& block, int row) {
  static const std::string front = "front";
  return block.rows == 1 ? front : kRowViews[static_cast<std::size_t>(row - block.firstRow)];
}

bool isLpcSize(const Sprite& sheet) {
  if (sheet.width() == kWidth && sheet.height() == kHeight) return true;
  const bool wide = sheet.width() == kWidth || sheet.width() == kNewerWidth;
  return wide && sheet.height() >= kNewerHeight && sheet.height() % kLpcCell == 0;
}

}  // namespace

const std::vector<LpcBlock>& lpcBlocks() {
  static const std::vector<LpcBlock> blocks = {{"spellcast", 0, 4, 7},   {"thrust", kThrustRow, 4, 8},
                                               {"walk", kWalkRow, 4, 9}, {"slash", 12, 4, 6},
                                               {"shoot", 16, 4, 13},     {"hurt", 20, 1, 6}};
  return blocks;
}

SheetNaming lpcNaming() {
  SheetNaming naming;
  naming.standingAnimation = "walk";
  for (const LpcBlock& block : lpcBlocks()) {
    for (int row = block.firstRow; row < block.firstRow + block.rows; ++row) {
      naming.rows.push_back({viewOf(block, row), block.animation});
    }
  }
  return naming;
}

bool isLpcSheet(const Sprite& sheet) {
  if (!isLpcSize(sheet)) return false;
  for (const LpcBlock& block : lpcBlocks()) {
    const PixelRect beyond{block.columns * kLpcCell, block.firstRow * kLpcCell,
                           (kLpcColumns - block.columns) * kLpcCell, block.rows * kLpcCell};
    if (beyond.width > 0 && !isEmpty(sheet, beyond)) return false;
  }
  for (int i = 0; i < 4; ++i) {
    if (isEmpty(sheet, areaOf(kWalkRow + i, 0))) return false;
  }
  return true;
}

std::vector<LpcSheetCell> lpcCells(const Sprite& sheet, LpcFrames frames) {
  if (sheet.width() < kWidth || sheet.height() < kHeight) {
    throw Error("a full LPC sheet is " + std::to_string(kWidth) + " x " + std::to_string(kHeight) +
                    " px or larger, and this one has " + std::to_string(sheet.width()) + " x " +
                    std::to_string(sheet.height()),
                "cut it as a sheet of 64x64 cells");
  }
  const int standingRow = frames == LpcFrames::kTinyHero ? kThrustRow : kWalkRow;
  const int offset = frames == LpcFrames::kTinyHero ? kTinyHeroOffset : 0;
  std::vector<LpcSheetCell> cells;
  for (const LpcBlock& block : lpcBlocks()) {
    if (frames != LpcFrames::kAll && block.firstRow != standingRow) continue;
    for (int row = block.firstRow; row < block.firstRow + block.rows; ++row) {
      for (int frame = 0; frame < (frames == LpcFrames::kAll ? block.columns : 1); ++frame) {
        // Whether there is a sprite is asked where it was drawn: cells moved down reach into the next row's.
        if (isEmpty(sheet, areaOf(row, frame))) continue;
        cells.push_back({areaOf(row, frame, offset), viewOf(block, row), block.animation, frame});
      }
    }
  }
  return cells;
}

}  // namespace loom
