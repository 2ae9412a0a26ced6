#include "core/latent/latent_plane.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr double kInLine = 1e-4;  // shares of a length that are left across the first direction

double dot(const Latent& a, const Latent& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

Latent plus(Latent a, const Latent& b, double share) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += static_cast<float>(share * static_cast<double>(b[i]));
  return a;
}

Latent unit(Latent vector, double least) {
  const double length = std::sqrt(dot(vector, vector));
  if (length <= least) {
    throw Error("the two directions of the map are one", "choose two that differ");
  }
  for (float& value : vector) value = static_cast<float>(static_cast<double>(value) / length);
  return vector;
}

}  // namespace

LatentPlane::LatentPlane(Latent middle, const Latent& right, const Latent& down, double reach)
    : m_middle(std::move(middle)), m_reach(reach) {
  if (right.size() != m_middle.size() || down.size() != m_middle.size()) {
    throw Error("a map needs a point and two directions of one model", "make the map anew");
  }
  m_right = unit(right, 0);
  m_down = unit(plus(down, m_right, -dot(down, m_right)), kInLine * std::sqrt(dot(down, down)));
}

LatentPlane LatentPlane::through(const Latent& first, const Latent& second, const Latent& third) {
  if (first.size() != second.size() || first.size() != third.size()) {
    throw Error("the characters are of several models", "choose three of one");
  }
  const Latent right = plus(second, first, -1), down = plus(third, first, -1);
  LatentPlane plane(plus(plus(first, right, 1. / 3), down, 1. / 3), right, down, 0);
  for (const Latent* character : {&first, &second, &third}) {
    const Latent apart = plus(*character, plane.m_middle, -1);
    plane.m_reach = std::max({plane.m_reach, std::abs(dot(apart, plane.m_right)), std::abs(dot(apart, plane.m_down))});
  }
  return plane;
}

Latent LatentPlane::at(PlanePoint point) const {
  return plus(plus(m_middle, m_right, point.x * m_reach), m_down, point.y * m_reach);
}

PlanePoint LatentPlane::nearest(const Latent& latent) const {
  const Latent apart = plus(latent, m_middle, -1);
  return {std::clamp(dot(apart, m_right) / m_reach, -1.0, 1.0), std::clamp(dot(apart, m_down) / m_reach, -1.0, 1.0)};
}

Latent LatentPlane::moved(const Latent& latent, PlanePoint point) const {
  const Latent apart = plus(latent, m_middle, -1);
  return plus(plus(latent, m_right, point.x * m_reach - dot(apart, m_right)), m_down,
              point.y * m_reach - dot(apart, m_down));
}

std::vector<PlanePoint> LatentPlane::cells(int columns, int rows) {
  std::vector<PlanePoint> points;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      points.push_back({(2 * column + 1.0) / columns - 1, (2 * row + 1.0) / rows - 1});
    }
  }
  return points;
}

}  // namespace loom
