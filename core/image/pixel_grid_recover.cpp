// The picture at its native size.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/image/pixel_grid_filter.h"
#include "core/image/pixel_grid_parts.h"

namespace loom {
namespace {

using grid::FilterFit;

constexpr double kSmoothTolerance = 7;       ///< what 8-bit rounding leaves after the filter is undone
constexpr double kCompressedTolerance = 18;  ///< what quality 80 leaves of one colour

/// The pixel in the middle of every cell.
Sprite middles(const Sprite& picture, const std::vector<int>& columns, const std::vector<int>& rows) {
  Sprite result(static_cast<int>(columns.size()) - 1, static_cast<int>(rows.size()) - 1);
  for (int y = 0; y < result.height(); ++y) {
    const auto row = static_cast<std::size_t>(y);
    const int middleY = std::min((rows[row] + rows[row + 1]) / 2, picture.height() - 1);
    for (int x = 0; x < result.width(); ++x) {
      const auto column = static_cast<std::size_t>(x);
      const int middleX = std::min((columns[column] + columns[column + 1]) / 2, picture.width() - 1);
      result.at(x, y) = picture.at(middleX, middleY);
    }
  }
  return result;
}

/// Begin and end of the part of a cell that is away from its borders, where a lossy file mixes neighbours.
std::pair<int, int> inner(int begin, int end) {
  const int margin = (end - begin) / 4;
  return {begin + margin, std::max(begin + margin + 1, end - margin)};
}

/// Median of each channel; colours of the pixels that can be seen alone, when most can.
class CellMedian {
 public:
  void add(const Rgba& pixel) {
    m_alpha.push_back(pixel.a);
    if (pixel.a == 0) return;
    m_channels[0].push_back(pixel.r);
    m_channels[1].push_back(pixel.g);
    m_channels[2].push_back(pixel.b);
  }
  Rgba take() {
    Rgba result;
    if (const std::uint8_t alpha = middle(m_alpha); alpha != 0) {
      result = {middle(m_channels[0]), middle(m_channels[1]), middle(m_channels[2]), alpha};
    }
    m_alpha.clear();
    for (auto& channel : m_channels) channel.clear();
    return result;
  }

 private:
  static std::uint8_t middle(std::vector<std::uint8_t>& values) {
    if (values.empty()) return 0;
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), half, values.end());
    if (values.size() % 2 == 1) return *half;
    return static_cast<std::uint8_t>((*half + *std::max_element(values.begin(), half) + 1) / 2);
  }
  std::vector<std::uint8_t> m_alpha;
  std::array<std::vector<std::uint8_t>, 3> m_channels;
};

Sprite medians(const Sprite& picture, const std::vector<int>& columns, const std::vector<int>& rows) {
  Sprite result(static_cast<int>(columns.size()) - 1, static_cast<int>(rows.size()) - 1);
  CellMedian median;
  for (int y = 0; y < result.height(); ++y) {
    const auto [top, bottom] = inner(rows[static_cast<std::size_t>(y)], rows[static_cast<std::size_t>(y) + 1]);
    for (int x = 0; x < result.width(); ++x) {
      const auto [left, right] = inner(columns[static_cast<std::size_t>(x)], columns[static_cast<std::size_t>(x) + 1]);
      for (int v = top; v < std::min(bottom, picture.height()); ++v) {
        for (int u = left; u < std::min(right, picture.width()); ++u) median.add(picture.at(u, v));
      }
      result.at(x, y) = median.take();
    }
  }
  return result;
}

float channelOf(const Rgba& pixel, std::size_t channel) {
  const std::array<std::uint8_t, 4> values{pixel.r, pixel.g, pixel.b, pixel.a};
  return channel == 3 ? static_cast<float>(pixel.a)
                      : static_cast<float>(values[channel]) * static_cast<float>(pixel.a) / 255;
}

/// Which of a fit's cells the native picture, `kept` true pixels long, begins with.
std::size_t firstKept(const FilterFit& fit, double scale, double offset, int kept) {
  const int first = fit.leading() + (-offset > scale / 2 + 1e-6 ? 1 : 0);
  return static_cast<std::size_t>(std::clamp(first, 0, fit.cells() - kept));  // a sliver of one cell has but one
}

/// One channel, colours weighted by alpha, with the filter undone along both axes.
std::vector<float> sharpened(const Sprite& picture, const PixelGrid& grid, PixelSize size, std::size_t channel) {
  const FilterFit across(grid.filter, grid.scaleX, grid.offsetX, picture.width());
  const FilterFit down(grid.filter, grid.scaleY, grid.offsetY, picture.height());
  const std::size_t skipX = firstKept(across, grid.scaleX, grid.offsetX, size.width);
  const std::size_t skipY = firstKept(down, grid.scaleY, grid.offsetY, size.height);
  const auto width = static_cast<std::size_t>(size.width);
  const auto height = static_cast<std::size_t>(picture.height());
  std::vector<float> narrow(width * height);
  std::vector<float> line(static_cast<std::size_t>(picture.width()));
  std::vector<float> cells(static_cast<std::size_t>(across.cells()));
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < line.size(); ++x) {
      line[x] = channelOf(picture.at(static_cast<int>(x), static_cast<int>(y)), channel);
    }
    across.solve(line, cells);
    std::copy_n(cells.begin() + static_cast<std::ptrdiff_t>(skipX), width,
                narrow.begin() + static_cast<std::ptrdiff_t>(y * width));
  }
  std::vector<float> result(width * static_cast<std::size_t>(size.height));
  line.resize(height);
  cells.resize(static_cast<std::size_t>(down.cells()));
  for (std::size_t x = 0; x < width; ++x) {
    for (std::size_t y = 0; y < height; ++y) line[y] = narrow[y * width + x];
    down.solve(line, cells);
    for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y) result[y * width + x] = cells[y + skipY];
  }
  return result;
}

std::uint8_t rounded(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

Sprite sharpened(const Sprite& picture, const PixelGrid& grid, PixelSize size) {
  Sprite result(size.width, size.height);
  const std::vector<float> alpha = sharpened(picture, grid, size, 3);
  for (std::size_t i = 0; i < alpha.size(); ++i) result.pixels()[i].a = rounded(alpha[i]);
  grid::hardenAlpha(result);
  static constexpr std::array kChannels{&Rgba::r, &Rgba::g, &Rgba::b};
  for (std::size_t channel = 0; channel < kChannels.size(); ++channel) {
    const std::vector<float> values = sharpened(picture, grid, size, channel);
    for (std::size_t i = 0; i < values.size(); ++i) {
      Rgba& pixel = result.pixels()[i];
      if (pixel.a != 0) pixel.*kChannels[channel] = rounded(values[i] * 255 / std::max(alpha[i], 1.0F));
    }
  }
  return result;
}

}  // namespace

Sprite undoUpscaling(const Sprite& picture, const PixelGrid& grid) {
  if (!grid.found() || picture.empty()) return picture;
  const std::vector<int> columns = gridColumns(grid, picture.width());
  const std::vector<int> rows = gridRows(grid, picture.height());
  if (grid.kind == GridKind::kExact || grid.kind == GridKind::kFractional) return middles(picture, columns, rows);
  const bool smooth = grid.kind == GridKind::kSmooth && grid.filter != GridFilter::kBox;
  Sprite result = smooth ? sharpened(picture, grid, nativeSize(grid, picture.width(), picture.height()))
                         : medians(picture, columns, rows);
  if (!smooth) grid::hardenAlpha(result);
  grid::mergeNearColours(result, smooth ? kSmoothTolerance : kCompressedTolerance);
  return result;
}

}  // namespace loom
