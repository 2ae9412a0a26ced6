#include "core/dataset/sprite_features.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/dataset/sprite_content.h"
#include "core/image/oklab.h"

namespace loom {
namespace {

constexpr std::size_t kCells = 16;
enum Plane { kLightness, kA, kB, kAlpha, kEdges, kPlanes };
/// Coefficients kept along each axis, by plane: colour is seen more coarsely than shape.
constexpr std::array<std::size_t, kPlanes> kKept{6, 4, 4, 6, 8};
/// Chroma spans about a third of what lightness does.
constexpr std::array<float, kPlanes> kWeight{1.F, 2.F, 2.F, 1.F, 1.F};

using Cell = std::array<float, kPlanes>;
using Grid = std::array<Cell, kCells * kCells>;

/// OKLab times alpha, and alpha.
Cell planesOf(const Rgba& colour) {
  const OkLab lab = toOkLab(colour);
  const float alpha = static_cast<float>(colour.a) / 255;
  return {alpha * lab.L, alpha * lab.a, alpha * lab.b, alpha, 0};
}

/// The part of 0..count-1 that is left when both ends lose what few dots stick out: a stray pixel must not change how
/// everything else is fitted.
struct Range {
  int begin = 0;
  int end = 0;
  int length() const { return end - begin; }
};
Range bulk(const std::vector<int>& filled, int total) {
  const int mayLose = total / 250;
  Range range{0, static_cast<int>(filled.size())};
  for (int lost = filled.front(); lost <= mayLose; lost += filled[static_cast<std::size_t>(range.begin)]) ++range.begin;
  for (int lost = filled.back(); lost <= mayLose; lost += filled[static_cast<std::size_t>(range.end - 1)]) --range.end;
  return range;
}

/// How the dots of one axis spread over the cells: dot i covers `share` of its cells from `cell` on.
struct Spread {
  int cell = 0;
  std::vector<float> shares = {};
};
std::vector<Spread> spreadOf(const Range& range, int longest) {
  const double scale = static_cast<double>(kCells) / longest;
  const double start = (kCells - range.length() * scale) / 2;
  std::vector<Spread> spreads;
  for (int i = 0; i < range.length(); ++i) {
    const double from = start + i * scale, to = from + scale;
    Spread spread{.cell = std::clamp(static_cast<int>(from + 1e-6), 0, static_cast<int>(kCells) - 1)};
    for (int cell = spread.cell; cell < static_cast<int>(kCells) && cell < to - 1e-6; ++cell) {
      spread.shares.push_back(static_cast<float>(std::min(to, cell + 1.0) - std::max(from, static_cast<double>(cell))));
    }
    spreads.push_back(std::move(spread));
  }
  return spreads;
}

/// Which of the four neighbours differ, 0 to 1; beyond the content is transparent.
float edge(const SpriteContent& content, int x, int y) {
  const std::uint32_t dot = content.at(x, y);
  const auto differs = [&](int column, int row) {
    const bool inside = column >= 0 && row >= 0 && column < content.width && row < content.height;
    return (inside ? content.at(column, row) : 0) != dot ? .25F : 0.F;
  };
  return differs(x - 1, y) + differs(x + 1, y) + differs(x, y - 1) + differs(x, y + 1);
}

Grid gridOf(const SpriteContent& content) {
  std::vector<int> byColumn(static_cast<std::size_t>(content.width)), byRow(static_cast<std::size_t>(content.height));
  for (int y = 0; y < content.height; ++y) {
    for (int x = 0; x < content.width; ++x) {
      if (content.at(x, y) == 0) continue;
      ++byColumn[static_cast<std::size_t>(x)];
      ++byRow[static_cast<std::size_t>(y)];
    }
  }
  const Range columns = bulk(byColumn, content.filled), rows = bulk(byRow, content.filled);
  const int longest = std::max(columns.length(), rows.length());
  const std::vector<Spread> across = spreadOf(columns, longest), down = spreadOf(rows, longest);
  std::vector<Cell> planes{Cell{}};
  for (const Rgba& colour : content.colours) planes.push_back(planesOf(colour));
  Grid grid{};
  for (int y = rows.begin; y < rows.end; ++y) {
    std::array<Cell, kCells> line{};
    for (int x = columns.begin; x < columns.end; ++x) {
      Cell cell = planes[content.at(x, y)];
      cell[kEdges] = edge(content, x, y);
      const Spread& spread = across[static_cast<std::size_t>(x - columns.begin)];
      for (std::size_t i = 0; i < spread.shares.size(); ++i) {
        Cell& target = line[static_cast<std::size_t>(spread.cell) + i];
        for (std::size_t plane = 0; plane < kPlanes; ++plane) target[plane] += spread.shares[i] * cell[plane];
      }
    }
    const Spread& spread = down[static_cast<std::size_t>(y - rows.begin)];
    for (std::size_t i = 0; i < spread.shares.size(); ++i) {
      Cell* target = &grid[(static_cast<std::size_t>(spread.cell) + i) * kCells];
      for (std::size_t x = 0; x < kCells; ++x) {
        for (std::size_t plane = 0; plane < kPlanes; ++plane) target[x][plane] += spread.shares[i] * line[x][plane];
      }
    }
  }
  return grid;
}

/// cosine[k][x] of the orthonormal DCT-II over the cells, divided by 4 so that two of them make a root mean square.
constexpr std::size_t kMostKept = 8;
using Cosines = std::array<std::array<float, kCells>, kMostKept>;
const Cosines& cosines() {
  static const Cosines table = [] {
    Cosines values{};
    for (std::size_t k = 0; k < kMostKept; ++k) {
      for (std::size_t x = 0; x < kCells; ++x) {
        const double angle = std::numbers::pi * static_cast<double>(k * (2 * x + 1)) / (2 * kCells);
        values[k][x] = static_cast<float>(std::cos(angle) * std::sqrt((k == 0 ? 1. : 2.) / kCells) / 4);
      }
    }
    return values;
  }();
  return table;
}

/// kept x kept coefficients, row by row; those of odd column change sign under mirroring.
float* transform(const Grid& grid, std::size_t plane, float* out) {
  const Cosines& cosine = cosines();
  const std::size_t kept = kKept[plane];
  std::array<std::array<float, kMostKept>, kCells> lines{};
  for (std::size_t y = 0; y < kCells; ++y) {
    for (std::size_t k = 0; k < kept; ++k) {
      for (std::size_t x = 0; x < kCells; ++x) lines[y][k] += cosine[k][x] * grid[y * kCells + x][plane];
    }
  }
  for (std::size_t row = 0; row < kept; ++row) {
    for (std::size_t column = 0; column < kept; ++column) {
      float sum = 0;
      for (std::size_t y = 0; y < kCells; ++y) sum += cosine[row][y] * lines[y][column];
      *out++ = kWeight[plane] * sum;
    }
  }
  return out;
}

}  // namespace

SpriteFeatures spriteFeatures(const Sprite& sprite) {
  SpriteFeatures features;
  const SpriteContent content = contentOf(sprite);
  if (content.empty()) return features;
  const Grid grid = gridOf(content);
  float* out = features.m_values.data();
  for (std::size_t plane = 0; plane < kPlanes; ++plane) out = transform(grid, plane, out);
  return features;
}

std::span<const std::uint16_t> SpriteFeatures::oddColumns() {
  static const std::vector<std::uint16_t> columns = [] {
    std::vector<std::uint16_t> odd;
    std::size_t next = 0;
    for (const std::size_t kept : kKept) {
      for (std::size_t i = 0; i < kept * kept; ++i, ++next) {
        if (i % kept % 2 == 1) odd.push_back(static_cast<std::uint16_t>(next));
      }
    }
    return odd;
  }();
  return columns;
}

SpriteFeatures SpriteFeatures::mirrored() const {
  SpriteFeatures result = *this;
  for (const std::uint16_t column : oddColumns()) result.m_values[column] = -result.m_values[column];
  return result;
}

std::vector<SpriteFeatures> featuresOf(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                       JobMonitor& monitor) {
  std::vector<SpriteFeatures> features(sprites.size());
  lookAtSprites(
      sprites, pixels, "Looking at the sprites",
      [&](std::size_t index, const Sprite& sprite) { features[index] = spriteFeatures(sprite); }, monitor);
  return features;
}

FeatureTable lookTable(std::span<const SpriteFeatures> features) {
  FeatureTable table{.columns = SpriteFeatures::kLook};
  table.values.reserve(features.size() * SpriteFeatures::kLook);
  for (const SpriteFeatures& row : features)
    table.values.insert(table.values.end(), row.look().begin(), row.look().end());
  return table;
}

}  // namespace loom
