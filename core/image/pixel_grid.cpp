#include "core/image/pixel_grid.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/pixel_grid_parts.h"

namespace loom {
namespace {

/// Picture position at which the cell `number` begins: a nearest-neighbour upscale gives pixel x to the source at
/// floor((x + 0.5) / scale).
int borderOf(double scale, double offset, int number) {
  constexpr double kRounding = 1e-7;
  return static_cast<int>(std::ceil(offset + number * scale - 0.5 - kRounding));
}

std::vector<int> bordersOf(double scale, double offset, int length) {
  std::vector<int> borders;
  if (length < 1) return borders;
  constexpr double kRounding = 1e-6;
  // The cut cells at both ends are there when half of them is.
  const int first = -offset > scale / 2 + kRounding ? 1 : 0;
  int last = static_cast<int>(std::floor((length - offset) / scale + kRounding));
  if (length - (offset + last * scale) >= scale / 2 - kRounding) ++last;
  if (last <= first) return {0, length};  // a grid has one cell at least
  for (int i = first; i <= last; ++i) borders.push_back(std::clamp(borderOf(scale, offset, i), 0, length));
  return borders;
}

/// Whether a small sprite's outline alone tells that it was never enlarged: hard against transparency, with spikes and
/// gaps one pixel wide. (An interpolated one has soft edges, and noise spares alpha.) Most sprites of a set
/// are of that kind, and looking for a blurred grid in them takes longer than all the rest.
bool hasDottedOutline(const Sprite& picture) {
  constexpr int kLargestSide = 96;
  constexpr int kEnough = 3;
  if (std::max(picture.width(), picture.height()) > kLargestSide) return false;
  std::size_t clear = 0;
  for (const Rgba& pixel : picture.pixels()) {
    if (pixel.a != 0 && pixel.a != 255) return false;
    clear += pixel.a == 0 ? 1 : 0;
  }
  if (clear * 10 < picture.pixels().size()) return false;
  const auto solid = [&picture](int x, int y) { return picture.at(x, y).a != 0; };
  int dots = 0;
  for (int y = 1; y + 1 < picture.height(); ++y) {
    for (int x = 1; x + 1 < picture.width(); ++x) {
      const bool here = solid(x, y);
      dots += here != solid(x - 1, y) && here != solid(x + 1, y) ? 1 : 0;
      dots += here != solid(x, y - 1) && here != solid(x, y + 1) ? 1 : 0;
    }
    if (dots >= kEnough) return true;
  }
  return false;
}

double intoFirstCell(double offset, double scale) {
  double rest = std::fmod(offset, scale);
  if (rest > 0) rest -= scale;
  return rest == 0 ? 0 : rest;  // never -0
}

}  // namespace

std::string gridKindName(GridKind kind) {
  static constexpr std::array kNames{"none", "exact", "fractional", "smooth", "compressed"};
  return kNames[static_cast<std::size_t>(kind)];
}

PixelGrid findPixelGrid(const Sprite& picture) {
  if (picture.width() < 4 || picture.height() < 4) return {};
  const grid::Edges columns = grid::columnEdges(picture);
  const grid::Edges rows = grid::rowEdges(picture);
  if (columns.at.empty() || rows.at.empty()) return {};  // one colour, stripes, a gradient: any grid would do
  std::optional<PixelGrid> best = grid::findWholeGrid(columns, rows);
  if (best && best->confidence >= kSureGrid) return *best;
  const auto consider = [&best](std::optional<PixelGrid> other) {
    if (other && (!best || other->confidence > best->confidence)) best = other;
  };
  consider(grid::findBrokenGrid(columns, rows));
  if (best && best->confidence >= kSureGrid) return *best;
  if (!hasDottedOutline(picture)) consider(grid::findBlurredGrid(picture));
  constexpr double kWorthSaying = 0.05;
  return best && best->confidence >= kWorthSaying ? *best : PixelGrid{};
}

PixelGrid pixelGrid(double scaleX, double scaleY, double offsetX, double offsetY, GridKind kind) {
  const auto good = [](double scale) { return scale >= 1 && scale <= limits::kMaxImageSide; };
  if (!good(scaleX) || !good(scaleY)) {
    throw Error("a pixel of the art cannot be smaller than one of the picture", "give a scale of 1 or more");
  }
  if (!std::isfinite(offsetX) || !std::isfinite(offsetY)) {
    throw Error("the offset of a pixel grid must be a number", "give it in pixels of the picture");
  }
  PixelGrid grid;
  grid.kind = kind;
  grid.scaleX = scaleX;
  grid.scaleY = scaleY;
  grid.offsetX = intoFirstCell(offsetX, scaleX);
  grid.offsetY = intoFirstCell(offsetY, scaleY);
  grid.filter = kind == GridKind::kSmooth ? GridFilter::kBilinear : GridFilter::kBox;
  grid.confidence = 1;
  return grid;
}

std::vector<int> gridColumns(const PixelGrid& grid, int pictureWidth) {
  return bordersOf(grid.scaleX, grid.offsetX, pictureWidth);
}

std::vector<int> gridRows(const PixelGrid& grid, int pictureHeight) {
  return bordersOf(grid.scaleY, grid.offsetY, pictureHeight);
}

PixelSize nativeSize(const PixelGrid& grid, int pictureWidth, int pictureHeight) {
  const auto cells = [](const std::vector<int>& borders) { return std::max(0, static_cast<int>(borders.size()) - 1); };
  return {cells(gridColumns(grid, pictureWidth)), cells(gridRows(grid, pictureHeight))};
}

}  // namespace loom
