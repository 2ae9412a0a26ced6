// The true pixel grid of upscaled art: found, shown, and undone, so that a sprite arrives at the size it was drawn at.
#pragma once

#include <string>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// How a picture was enlarged.
enum class GridKind {
  kNone,        ///< it was not: native size
  kExact,       ///< nearest neighbour at a whole scale; undone without loss
  kFractional,  ///< nearest neighbour at a broken scale; undone without loss
  kSmooth,      ///< interpolated
  kCompressed,  ///< nearest neighbour, then noise: JPEG, lossy WebP, dithering
};
/// "none", "exact", "fractional", "smooth", "compressed".
std::string gridKindName(GridKind kind);

/// What lay between the true pixels of a smooth upscale.
enum class GridFilter { kBox, kBilinear, kBicubic };

struct PixelSize {
  int width = 0, height = 0;
  friend bool operator==(const PixelSize&, const PixelSize&) = default;
};

struct PixelGrid {
  GridKind kind = GridKind::kNone;
  GridFilter filter = GridFilter::kBox;
  double scaleX = 1, scaleY = 1;    ///< picture pixels that one true pixel takes; 1: native
  double offsetX = 0, offsetY = 0;  ///< first border of the grid: picture pixels, in (-scale, 0]; a crop cuts a pixel
  double confidence = 0;            ///< 0..1: how sure. Below kSureGrid it is a hint to a person and not acted upon

  bool found() const { return kind != GridKind::kNone; }
  friend bool operator==(const PixelGrid&, const PixelGrid&) = default;
};

inline constexpr double kSureGrid = 0.5;

/// Finds the grid of one picture or sheet. Native art, one-coloured pictures and such as show nothing give kNone.
/// Looks at a limited part of large pictures, so that the largest that can be read takes well below a second or two.
PixelGrid findPixelGrid(const Sprite& picture);

/// A grid given by hand. Scales are at least 1; offsets may be anything and are brought into (-scale, 0]. Throws Error.
PixelGrid pixelGrid(double scaleX, double scaleY, double offsetX = 0, double offsetY = 0,
                    GridKind kind = GridKind::kExact);

/// Picture columns (rows) at which true pixels begin, then where the last one ends: for an overlay, and what
/// undoUpscaling works by. A true pixel that the picture's edge cuts counts when at least half of it is there.
std::vector<int> gridColumns(const PixelGrid& grid, int pictureWidth);
std::vector<int> gridRows(const PixelGrid& grid, int pictureHeight);
/// How large `picture` becomes.
PixelSize nativeSize(const PixelGrid& grid, int pictureWidth, int pictureHeight);

/// The picture at its native size: kNone unchanged; nearest kinds by one pixel of each cell, which gives the original
/// back exactly; smooth ones by least squares against the filter, noisy ones by the medians of the cells, both then
/// with nearly equal colours merged and alpha made 0 or 255 (kept where the art has partial alpha).
Sprite undoUpscaling(const Sprite& picture, const PixelGrid& grid);

}  // namespace loom
