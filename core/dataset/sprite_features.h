// A sprite as a short row of numbers, so that likeness becomes a distance: for near duplicates, outliers and the map.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/dataset/pixel_source.h"

namespace loom {

/// The content is trimmed and fitted, centred, to 16 x 16 cells, and each plane of it kept as its lowest discrete
/// cosine coefficients: lightness, a and b of OKLab (Ottosson 2020) and alpha, colours premultiplied; and, free of
/// colours, where neighbouring pixels differ. Scaled so that the distance of two rows is the root mean square
/// difference of their cells, where lightness and alpha reach from 0 to 1.
class SpriteFeatures {
 public:
  static constexpr std::size_t kLook = 104;       ///< numbers of look()
  static constexpr std::size_t kStructure = 100;  ///< numbers of structure()
  static constexpr std::size_t kAll = 168;

  /// Colours and silhouette: what a person compares.
  std::span<const float, kLook> look() const { return std::span(m_values).first<kLook>(); }
  /// Silhouette and edges: the same for a sprite whose colours are exchanged.
  std::span<const float, kStructure> structure() const { return std::span(m_values).last<kStructure>(); }
  std::span<const float, kAll> all() const { return m_values; }
  /// The features of the mirrored sprite, by changing signs.
  SpriteFeatures mirrored() const;
  /// Those of all() that change their sign: what tells left from right.
  static std::span<const std::uint16_t> oddColumns();

 private:
  friend SpriteFeatures spriteFeatures(const Sprite& sprite);
  std::array<float, kAll> m_values{};
};

/// All 0 for a sprite in which nothing is to be seen. About 0.05 ms for 64 x 64 pixels.
SpriteFeatures spriteFeatures(const Sprite& sprite);

/// In the order of `sprites`. 672 bytes each.
std::vector<SpriteFeatures> featuresOf(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                       JobMonitor& monitor);

/// A table of numbers, a row for each sprite.
struct FeatureTable {
  std::size_t columns = 0;
  std::vector<float> values = {};  ///< row by row
  std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  std::span<const float> row(std::size_t index) const { return std::span(values).subspan(index * columns, columns); }
};
FeatureTable lookTable(std::span<const SpriteFeatures> features);

}  // namespace loom
