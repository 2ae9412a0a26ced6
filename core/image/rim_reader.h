// Explains the rim of a sprite: which of its pixels are blends of the figure and an earlier background.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// How deep each pixel lies: 0 transparent, 1 next to a transparent one (also by a corner), up to `most`.
class PixelDepth {
 public:
  PixelDepth(const Sprite& sprite, int most);
  int at(int x, int y) const { return m_depths[index(x, y)]; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
  }
  bool touches(int x, int y, int level) const;
  int m_width;
  int m_height;
  std::vector<int> m_depths;
};

/// What a rim pixel is made of.
struct Blend {
  bool found = false;
  double part = 1;   ///< of the figure
  Rgba figure = {};  ///< transparent where there is no figure near: a crumb of background
};

/// Parts of the outermost pixels, 0 to 1.
struct RimShares {
  double blends = 0;   ///< explained as blends
  double faint = 0;    ///< and most of them background
  double variety = 0;  ///< different colours among the blends, as a part of these
};

/// Euclidean, in 8-bit sRGB: what blends are made in. Alpha counts for nothing.
double colourDistance(Rgba left, Rgba right);
/// Colours nearer than this cannot be told apart in a blend.
inline constexpr double kAlikeInBlend = 24;

/// Reads the `width` outermost pixels of a sprite, which must outlive it; see unmatted for `tolerance`.
class RimReader {
 public:
  RimReader(const Sprite& sprite, int width, double tolerance);

  bool isRim(int x, int y) const { return m_depth.at(x, y) > 0 && m_depth.at(x, y) <= m_width; }
  bool isOutermost(int x, int y) const { return m_depth.at(x, y) == 1; }
  bool insideHas(Rgba colour) const;
  /// How far a pixel's colour is from the nearest one inside beside it; 0 where there is none.
  double contrast(int x, int y) const;
  /// The figure's part and colour in a rim pixel that `matte` was blended into.
  Blend read(int x, int y, Rgba matte) const;
  RimShares sharesFor(Rgba matte) const;

 private:
  /// Visits pixels inside near x, y with how far they are; where the figure is too thin to have any, those that lie
  /// deeper than x, y.
  template <typename Visit>
  void forInside(int x, int y, Visit visit) const;

  const Sprite& m_sprite;
  int m_width;
  double m_tolerance;
  PixelDepth m_depth;
  std::unordered_map<std::uint32_t, int> m_inside;  ///< colours and how often they occur
};

}  // namespace loom
