// What a background looks like at each pixel, as far as the border of a picture tells.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/image/oklab.h"
#include "core/image/sprite.h"

namespace loom {

/// A picture's pixels in OKLab beside the picture itself, which must outlive it.
class LabPicture {
 public:
  explicit LabPicture(const Sprite& sprite);
  int width() const { return m_sprite.width(); }
  int height() const { return m_sprite.height(); }
  const Sprite& sprite() const { return m_sprite; }
  bool isClear(int x, int y) const { return m_sprite.at(x, y).a == 0; }
  const OkLab& at(int x, int y) const {
    return m_labs[static_cast<std::size_t>(y) * static_cast<std::size_t>(width()) + static_cast<std::size_t>(x)];
  }

 private:
  const Sprite& m_sprite;
  std::vector<OkLab> m_labs;
};

struct Place {
  int x = 0, y = 0;
};
/// The outermost pixels that are not transparent, each once.
std::vector<Place> visibleBorder(const LabPicture& picture);

/// A checkerboard of `cell` px squares; `x`, `y` shift it (0 <= x < 2 cell, 0 <= y < cell).
struct CheckerGrid {
  int cell = 8;
  int x = 0, y = 0;
  /// 0 or 1: which of the two colours lies there.
  int colourAt(int px, int py) const { return ((px + x) / cell + (py + y) / cell) % 2; }
  /// Whether a pixel to the side of px, py lies in another square.
  bool atSeam(int px, int py) const;
};

class BackgroundModel {
 public:
  static BackgroundModel ofColour(Rgba colour);
  /// The border's prevailing colour, or the linear gradient that fits it better. Nothing where the border is
  /// transparent all around.
  static std::optional<BackgroundModel> plain(const LabPicture& picture);
  /// Two alternating near-grey colours in squares of 2 to 64 px. Nothing where the border shows no such thing.
  static std::optional<BackgroundModel> checkerboard(const LabPicture& picture);

  /// How far `lab` is from what the background would be there, in OKLab.
  float distanceAt(int x, int y, const OkLab& lab) const;
  /// What the background would be there.
  Rgba colourAt(int x, int y) const;
  /// The largest tolerance at which the background can be told from other things: a checkerboard's two colours must
  /// stay apart.
  float widestTolerance() const;
  /// "a #ff00ff background", "a gradient from #… to #…", "a checkerboard of #… and #…, 8 px".
  const std::string& name() const { return m_name; }
  /// The part of the visible border that agrees, 0 to 1.
  double agreement() const { return m_agreement; }
  const std::optional<CheckerGrid>& grid() const { return m_grid; }

 private:
  /// lab = base + x across + y down, in pixels; constant for a plain colour.
  struct Plane {
    std::array<double, 3> base{}, across{}, down{};
    OkLab at(int x, int y) const;
  };
  static Plane fitted(const LabPicture& picture, const std::vector<Place>& border, const Plane& start);
  static Plane fromSides(const LabPicture& picture);
  double agreementWith(const LabPicture& picture, const std::vector<Place>& border) const;

  std::string m_name;
  double m_agreement = 1;
  Plane m_plane;
  bool m_isGradient = false;
  std::optional<CheckerGrid> m_grid;
  std::array<Rgba, 2> m_colours{};  ///< a plain background's colour, or a checkerboard's two
  std::array<OkLab, 2> m_labs{};
  bool m_blursSeams = false;
};

}  // namespace loom
