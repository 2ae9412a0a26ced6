// A flat piece of latent space to walk about in: a point and two directions.
#pragma once

#include <span>
#include <vector>

#include "core/latent/sprite_generator.h"

namespace loom {

/// Where on a plane: 0,0 is its middle, +-1 its edges; y grows downwards, as on a screen.
struct PlanePoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};

class LatentPlane {
 public:
  /// `right` and `down` are made orthonormal; an edge is `reach` deviations from the middle. Throws Error for vectors
  /// of several sizes, or that lie in one line.
  LatentPlane(Latent middle, const Latent& right, const Latent& down, double reach);
  /// The plane through three characters: the first in the upper left, the second in the upper right, the third below.
  /// Throws Error likewise.
  static LatentPlane through(const Latent& first, const Latent& second, const Latent& third);

  Latent at(PlanePoint point) const;
  /// The nearest point of the plane, as far out as it may be.
  PlanePoint nearest(const Latent& latent) const;
  /// `latent` moved along the plane to `point`: what lies across the plane stays as it is.
  Latent moved(const Latent& latent, PlanePoint point) const;
  /// The middles of columns x rows cells, row by row.
  static std::vector<PlanePoint> cells(int columns, int rows);

 private:
  Latent m_middle, m_right, m_down;
  double m_reach = 0;
};

}  // namespace loom
