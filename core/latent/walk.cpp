#include "core/latent/walk.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace loom {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Divides by the length, and returns it; the zero vector stays.
double normalise(Vector& vector) {
  const double length = std::sqrt(dot(vector, vector));
  if (length > 0) {
    for (double& value : vector) value /= length;
  }
  return length;
}

/// What of `vector` stands at right angles to the unit vector `direction`.
Vector across(const Vector& direction, Vector vector) {
  const double share = dot(direction, vector);
  for (std::size_t i = 0; i < vector.size(); ++i) vector[i] -= share * direction[i];
  return vector;
}

/// A unit vector at right angles to `direction`: the axis it leans on least, put upright.
Vector anyAcross(const Vector& direction) {
  const auto least =
      std::ranges::min_element(direction, {}, [](double value) { return std::abs(value); }) - direction.begin();
  Vector axis(direction.size());
  axis[static_cast<std::size_t>(least)] = 1;
  Vector found = across(direction, axis);
  normalise(found);
  return found;
}

void checkSizes(const Latent& from, const Latent& to) {
  if (from.size() == to.size()) return;
  throw Error("one latent has " + std::to_string(from.size()) + " numbers and the other " + std::to_string(to.size()),
              "walk between characters of one model");
}

}  // namespace

Latent lerp(const Latent& from, const Latent& to, double t) {
  checkSizes(from, to);
  if (t <= 0) return from;
  if (t >= 1) return to;
  Latent point(from.size());
  for (std::size_t i = 0; i < point.size(); ++i) {
    point[i] = static_cast<float>((1 - t) * static_cast<double>(from[i]) + t * static_cast<double>(to[i]));
  }
  return point;
}

Latent slerp(const Latent& from, const Latent& to, double t) {
  checkSizes(from, to);
  if (t <= 0) return from;
  if (t >= 1) return to;
  Vector start(from.begin(), from.end());
  Vector end(to.begin(), to.end());
  const double startLength = normalise(start);
  const double endLength = normalise(end);
  if (startLength == 0 || endLength == 0) return lerp(from, to, t);
  // The angle by its tangent: exact also where directions are nearly the same or nearly opposite.
  const double cosine = dot(start, end);
  Vector side = across(start, end);
  double sine = normalise(side);
  constexpr double kNoSide = 1e-6;
  if (sine < kNoSide) {
    if (cosine > 0 || from.size() < 2) return lerp(from, to, t);
    side = anyAcross(start);
    sine = 0;
  }
  const double angle = t * std::atan2(sine, cosine);
  const double length = (1 - t) * startLength + t * endLength;
  Latent point(from.size());
  for (std::size_t i = 0; i < point.size(); ++i) {
    point[i] = static_cast<float>(length * (std::cos(angle) * start[i] + std::sin(angle) * side[i]));
  }
  return point;
}

std::vector<Latent> walkLatents(const LatentWalk& walk, int frames) {
  if (walk.points.empty() || frames < 1) {
    throw Error("a walk needs a point to start from and a frame to show", "name two characters, and 2 frames or more");
  }
  for (const Latent& point : walk.points) checkSizes(walk.points.front(), point);
  const std::size_t legs = walk.points.size() - (walk.loops ? 0 : 1);
  const int parts = walk.loops ? frames : std::max(1, frames - 1);
  std::vector<Latent> latents;
  latents.reserve(static_cast<std::size_t>(frames));
  for (int frame = 0; frame < frames; ++frame) {
    // Whole numbers first, so that a frame that falls on a point is that point exactly.
    const std::size_t way = static_cast<std::size_t>(frame) * legs;
    const std::size_t leg = way / static_cast<std::size_t>(parts);
    double t = static_cast<double>(way % static_cast<std::size_t>(parts)) / parts;
    if (walk.eased) t = t * t * (3 - 2 * t);
    const Latent& from = walk.points[leg % walk.points.size()];
    const Latent& to = walk.points[(leg + 1) % walk.points.size()];
    latents.push_back(walk.spherical ? slerp(from, to, t) : lerp(from, to, t));
  }
  return latents;
}

}  // namespace loom
