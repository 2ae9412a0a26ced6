#include "tests/image/made_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <tuple>
#include <utility>

namespace loom {
namespace {

constexpr int kSides[] = {16, 24, 32, 48, 64, 96, 128};

std::uint8_t channel(int value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

Rgba randomColour(RandomStream& random) {
  return {channel(random.between(40, 250)), channel(random.between(40, 250)), channel(random.between(40, 250)), 255};
}

Rgba shaded(const Rgba& colour, int by) {
  return {channel(colour.r + by), channel(colour.g + by), channel(colour.b + by), 255};
}

/// An outlined ellipse inside `box`, lit from above.
void drawEllipse(Sprite& sprite, const PixelRect& box, const Rgba& colour) {
  const Rgba outline = shaded(colour, -110);
  const auto inside = [&box](int x, int y) {
    const double dx = (2.0 * (x - box.x) + 1 - box.width) / box.width;
    const double dy = (2.0 * (y - box.y) + 1 - box.height) / box.height;
    return dx * dx + dy * dy <= 1.02;
  };
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (!sprite.contains(x, y) || !inside(x, y)) continue;
      const bool edge = !inside(x - 1, y) || !inside(x + 1, y) || !inside(x, y - 1) || !inside(x, y + 1);
      sprite.at(x, y) = edge ? outline : shaded(colour, 3 * y < 3 * box.y + box.height ? 25 : 0);
    }
  }
}

/// One size for all cells, mostly a common one.
int randomSide(RandomStream& random, int most) {
  if (random.chance(0.15)) return std::min(most, random.between(12, 90));
  int side = 0;
  do side = kSides[random.below(std::size(kSides))];
  while (side > most);
  return side;
}

SheetGrid randomGrid(RandomStream& random) {
  SheetGrid grid;
  grid.cellWidth = randomSide(random, 96);
  grid.cellHeight = random.chance(0.5) ? grid.cellWidth : randomSide(random, 96);
  if (grid.cellHeight > 2 * grid.cellWidth || grid.cellWidth > 2 * grid.cellHeight) grid.cellHeight = grid.cellWidth;
  grid.columns = random.between(3, 12);
  grid.rows = random.between(2, 10);
  return grid;
}

/// Where in a cell a sprite stands, and how large it is.
PixelRect randomPlace(RandomStream& random, SheetKind kind, const SheetGrid& grid) {
  const bool tight = kind == SheetKind::kTightTouching;
  const double least = tight ? 0.9 : kind == SheetKind::kBottomAligned ? 0.4 : 0.6;
  const double most = tight ? 1.0
                      : kind == SheetKind::kGutters || kind == SheetKind::kGridLines || kind == SheetKind::kMargins
                          ? 1.0
                          : 0.95;
  PixelRect place;
  place.width = std::max(6, static_cast<int>(std::lround(grid.cellWidth * random.uniform(least, most))));
  place.height = std::max(6, static_cast<int>(std::lround(grid.cellHeight * random.uniform(least, most))));
  const int roomX = grid.cellWidth - place.width;
  const int roomY = grid.cellHeight - place.height;
  place.x = std::clamp(roomX / 2 + random.between(-1, 1), 0, roomX);
  place.y = kind == SheetKind::kBottomAligned ? roomY : std::clamp(roomY / 2 + random.between(-1, 2), 0, roomY);
  return place;
}

PixelRect cellArea(const SheetGrid& grid, int row, int column) {
  return {grid.marginX + column * (grid.cellWidth + grid.spacingX),
          grid.marginY + row * (grid.cellHeight + grid.spacingY), grid.cellWidth, grid.cellHeight};
}

void blend(Sprite& target, const Sprite& source, int x, int y) {
  for (int row = 0; row < source.height(); ++row) {
    for (int column = 0; column < source.width(); ++column) {
      if (source.at(column, row).a != 0) target.at(x + column, y + row) = source.at(column, row);
    }
  }
}

void fill(Sprite& sprite, const PixelRect& area, const Rgba& colour) {
  for (int y = area.y; y < area.y + area.height; ++y) {
    for (int x = area.x; x < area.x + area.width; ++x) {
      if (sprite.contains(x, y)) sprite.at(x, y) = colour;
    }
  }
}

void putOn(Sprite& sprite, const Rgba& ground) {
  for (Rgba& pixel : sprite.pixels()) {
    if (pixel.a == 0) pixel = ground;
  }
}

/// Noise as JPEG leaves it: faint all over, stronger near edges, in 8 x 8 blocks.
void addJpegNoise(Sprite& sprite, RandomStream& random) {
  const Sprite clean = sprite;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const Rgba& here = clean.at(x, y);
      const Rgba& there = clean.at(x / 8 * 8, y / 8 * 8);
      const bool busy = std::abs(here.r - there.r) + std::abs(here.g - there.g) > 40;
      const double strength = busy ? 5 : 1.6;
      Rgba& pixel = sprite.at(x, y);
      pixel.r = channel(static_cast<int>(std::lround(pixel.r + strength * random.normal())));
      pixel.g = channel(static_cast<int>(std::lround(pixel.g + strength * random.normal())));
      pixel.b = channel(static_cast<int>(std::lround(pixel.b + strength * random.normal())));
    }
  }
}

/// Cells painted to the edge: a texture in the colours of the cell's own.
void drawTile(Sprite& sheet, const PixelRect& area, RandomStream& random) {
  const Rgba base = randomColour(random);
  for (int y = area.y; y < area.y + area.height; ++y) {
    for (int x = area.x; x < area.x + area.width; ++x) sheet.at(x, y) = shaded(base, 12 * random.between(-1, 1));
  }
  blend(sheet, madeSprite(random, area.width * 3 / 4, area.height * 3 / 4), area.x + area.width / 8,
        area.y + area.height / 8);
}

/// Three lines of "letters" of 3 x 5 px.
void writeCredits(Sprite& sheet, int top, RandomStream& random) {
  const Rgba colour = randomColour(random);
  for (int line = 0; line < 2; ++line) {
    const int end = std::min(sheet.width() - 4, random.between(60, 200));
    for (int x = 2; x < end; x += 4) {
      if (random.chance(0.15)) continue;
      for (int y = 0; y < 5; ++y) {
        for (int dx = 0; dx < 3; ++dx) {
          if (random.chance(0.6)) sheet.at(x + dx, top + line * 8 + y) = colour;
        }
      }
    }
  }
}

void chooseGaps(SheetGrid& grid, SheetKind kind, RandomStream& random) {
  const bool mayBeApart =
      kind == SheetKind::kSolidGround || kind == SheetKind::kNoisyGround || kind == SheetKind::kEmptyCells;
  if (kind == SheetKind::kGutters || (mayBeApart && random.chance(0.5))) {
    grid.spacingX = grid.spacingY = std::min(random.between(1, 8), grid.cellWidth / 4);
  }
  if (kind == SheetKind::kMargins && random.chance(0.5)) {
    grid.spacingX = grid.spacingY = grid.marginX = grid.marginY = std::min(random.between(1, 8), grid.cellWidth / 4);
  } else if (kind == SheetKind::kMargins) {
    grid.marginX = grid.marginY = random.between(1, 12);
    grid.spacingX = grid.spacingY = random.between(0, 3);
  }
  if (kind == SheetKind::kGridLines) {
    grid.spacingX = grid.spacingY = random.between(1, 2);
    if (random.chance(0.5)) grid.marginX = grid.marginY = grid.spacingX;
  }
  if (kind == SheetKind::kBlocks) {
    grid.columns = 12;
    grid.rows = 8;
  }
  if (kind == SheetKind::kStrip) grid.rows = 1;
}

bool isFilled(const SheetGrid& grid, SheetKind kind, int row, int column, int lastRowEnd, RandomStream& random) {
  if (kind != SheetKind::kEmptyCells) return true;
  const bool beyond = row == grid.rows - 1 && column >= lastRowEnd;
  return !beyond && (column == 0 || !random.chance(0.2));
}

}  // namespace

std::string nameOf(SheetKind kind) {
  static const char* const kNames[] = {
      "touching",    "touching, tight", "gutters", "margins", "solid ground", "noisy ground", "grid lines",
      "empty cells", "bottom-aligned",  "blocks",  "strip",   "full tiles",   "credits"};
  return kNames[static_cast<std::size_t>(kind)];
}

Sprite madeSprite(RandomStream& random, int width, int height) {
  Sprite sprite(width, height);
  const Rgba body = randomColour(random);
  const int headHeight = std::max(2, static_cast<int>(height * random.uniform(0.3, 0.5)));
  const int headWidth = std::max(2, static_cast<int>(width * random.uniform(0.5, 0.9)));
  const int armTop = headHeight - 1 + random.between(0, std::max(1, height / 8));
  drawEllipse(sprite, {0, std::min(armTop, height - 3), width, std::max(3, height / 4)}, shaded(body, -30));
  const int neck = std::max(0, headHeight - std::max(2, height / 6));
  drawEllipse(sprite, {width / 6, neck, std::max(2, width * 2 / 3), height - neck}, body);
  drawEllipse(sprite, {(width - headWidth) / 2, 0, headWidth, headHeight}, randomColour(random));
  for (int x = 0; x < width; ++x) {  // the feet: a little ground between them
    if (std::abs(2 * x - width) <= 2 && width > 10) sprite.at(x, height - 1) = {};
  }
  return sprite;
}

MadeSheet madeSheet(SheetKind kind, RandomStream& random) {
  MadeSheet made;
  made.grid = randomGrid(random);
  SheetGrid& grid = made.grid;
  chooseGaps(grid, kind, random);
  const int credits = kind == SheetKind::kCredits ? 24 : 0;
  const auto extent = [](int margin, int count, int cell, int spacing) {
    return 2 * margin + count * (cell + spacing) - spacing;
  };
  made.image = Sprite(extent(grid.marginX, grid.columns, grid.cellWidth, grid.spacingX),
                      extent(grid.marginY, grid.rows, grid.cellHeight, grid.spacingY) + credits);
  const Rgba ground = randomColour(random);
  if (kind == SheetKind::kGridLines) {
    fill(made.image, {0, 0, made.image.width(), made.image.height()}, {200, 30, 160, 255});
    const bool solid = random.chance(0.5);
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column) {
        fill(made.image, cellArea(grid, row, column), solid ? Rgba{250, 250, 250, 255} : Rgba{});
      }
    }
  }
  const int lastRowEnd = random.between(1, grid.columns);
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      if (!isFilled(grid, kind, row, column, lastRowEnd, random)) continue;
      const PixelRect area = cellArea(grid, row, column);
      ++made.filled;
      if (kind == SheetKind::kFullTiles) {
        drawTile(made.image, area, random);
        continue;
      }
      const PixelRect place = randomPlace(random, kind, grid);
      blend(made.image, madeSprite(random, place.width, place.height), area.x + place.x, area.y + place.y);
    }
  }
  if (credits > 0) writeCredits(made.image, made.image.height() - credits + 4, random);
  if (kind == SheetKind::kSolidGround || kind == SheetKind::kNoisyGround) putOn(made.image, ground);
  if (kind == SheetKind::kNoisyGround) addJpegNoise(made.image, random);
  return made;
}

MadeSheet madePackedSheet(RandomStream& random) {
  MadeSheet made;
  const int padding = random.between(1, 6);
  const int width = random.between(200, 500);
  const int count = random.between(12, 60);
  made.image = Sprite(width, 1600);
  // A skyline: the next sprite goes where its bottom would be highest, as far left as that allows.
  std::vector<int> skyline(static_cast<std::size_t>(width), padding);
  int bottom = 0;
  for (int i = 0; i < count; ++i) {
    const int w = random.between(12, 64);
    const int h = random.between(std::max(12, w / 2), std::min(64, 2 * w));
    int bestX = padding;
    int bestY = 1 << 20;
    for (int x = padding; x + w + padding <= width; ++x) {
      const int y = *std::max_element(skyline.begin() + x, skyline.begin() + x + w);
      if (y < bestY) std::tie(bestX, bestY) = std::pair(x, y);
    }
    if (bestY + h + padding > made.image.height()) break;
    for (int x = bestX - padding; x < bestX + w + padding; ++x) {
      int& height = skyline[static_cast<std::size_t>(x)];
      height = std::max(height, bestY + h + padding);
    }
    Sprite sprite = madeSprite(random, w, h);
    if (random.chance(0.3) && w >= 16 && h >= 24) {  // a hat that floats a pixel or two above the head
      Sprite lower = madeSprite(random, w, h - h / 5 - 2);
      sprite = Sprite(w, h);
      paste(sprite, lower, 0, h / 5 + 2);
      drawEllipse(sprite, {w / 4, 0, w / 2, h / 5}, randomColour(random));
    }
    blend(made.image, sprite, bestX, bestY);
    const PixelRect tight = opaqueBounds(sprite);
    made.sprites.push_back({bestX + tight.x, bestY + tight.y, tight.width, tight.height});
    bottom = std::max(bottom, bestY + h + padding);
  }
  made.image = cropped(made.image, {0, 0, width, bottom});
  return made;
}

bool hasSameGrid(const SheetCuts& cuts, const MadeSheet& sheet) {
  if (cuts.kind != CutsKind::kGutters && cuts.kind != CutsKind::kPeriod) return false;
  // Rows and columns that hold nothing at the end may or may not be counted: the cells are what matters.
  if (static_cast<int>(cuts.cells.size()) != sheet.filled) return false;
  return std::ranges::all_of(
      cuts.cells, [&](const SheetCell& cell) { return cell.area == cellArea(sheet.grid, cell.row, cell.column); });
}

int countExactBounds(const SheetCuts& cuts, const MadeSheet& sheet) {
  std::set<std::tuple<int, int, int, int>> found;
  for (const SheetCell& cell : cuts.cells) {
    found.emplace(cell.area.x, cell.area.y, cell.area.width, cell.area.height);
  }
  return static_cast<int>(std::ranges::count_if(sheet.sprites, [&found](const PixelRect& box) {
    return found.contains({box.x, box.y, box.width, box.height});
  }));
}

}  // namespace loom
