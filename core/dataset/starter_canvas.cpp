#include "core/dataset/starter_canvas.h"

#include <algorithm>
#include <cstdlib>

namespace loom::starter {
namespace {

constexpr int kBase = 2;
constexpr Point kNeighbours[] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

constexpr int kBaseRow = 61;

/// A margin stays free all around, and nothing reaches below the row on which all figures stand.
bool drawable(int x, int y) {
  return x >= 1 && y >= 1 && x < kSide - 1 && y <= kBaseRow;
}

}  // namespace

void Canvas::stamp(const Shape& shape, RampId ramp, Edge edge) {
  if (shape.empty()) return;
  if (edge != Edge::kNone) drawEdge(shape, ramp, edge);
  for (int y = shape.top(); y <= shape.bottom(); ++y) {
    for (int x = shape.left(); x <= shape.right(); ++x) {
      if (shape.has(x, y)) dot(x, y, ramp, shape.shade(x, y));
    }
  }
}

void Canvas::stampBelow(const Shape& shape, RampId ramp) {
  const auto before = m_pixels;
  stamp(shape, ramp);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].ramp != RampId::kNone) m_pixels[i] = before[i];
  }
}

void Canvas::drawEdge(const Shape& shape, RampId ramp, Edge edge) {
  for (int y = shape.top() - 1; y <= shape.bottom() + 1; ++y) {
    for (int x = shape.left() - 1; x <= shape.right() + 1; ++x) {
      if (!drawable(x, y) || shape.has(x, y)) continue;
      if (std::none_of(std::begin(kNeighbours), std::end(kNeighbours),
                       [&](Point step) { return shape.has(x + step.x, y + step.y); })) {
        continue;
      }
      Pixel& pixel = m_pixels[index(x, y)];
      if (pixel.ramp == RampId::kNone) {
        pixel = {ramp, 0};
      } else if (edge == Edge::kFull && pixel.ramp != ramp) {
        pixel = {ramp, 0};
      } else if (edge == Edge::kFull) {
        pixel.shade = std::min<std::uint8_t>(pixel.shade, 1);
      } else if (edge == Edge::kSoft && pixel.shade > 1) {
        pixel.shade = 1;
      }
    }
  }
}

void Canvas::dot(int x, int y, RampId ramp, int shade) {
  if (drawable(x, y)) m_pixels[index(x, y)] = {ramp, static_cast<std::uint8_t>(shade)};
}

void Canvas::dotOn(int x, int y, RampId on, RampId ramp, int shade) {
  if (drawable(x, y) && at(x, y).ramp == on) dot(x, y, ramp, shade);
}

void Canvas::castShadow(const Shape& shape, int depth, RampId ramp) {
  for (int x = shape.left(); x <= shape.right(); ++x) {
    for (int y = shape.top(); y <= shape.bottom(); ++y) {
      if (!shape.has(x, y) || shape.has(x, y + 1)) continue;
      for (int below = y + 1; below <= y + depth && !shape.has(x, below); ++below) {
        if (!drawable(x, below)) break;
        Pixel& pixel = m_pixels[index(x, below)];
        if (pixel.ramp == ramp && pixel.shade > 1) pixel.shade = 1;
      }
    }
  }
}

void Canvas::removeOrphans() {
  const auto before = m_pixels;
  const auto same = [](const Pixel& a, const Pixel& b) { return a.ramp == b.ramp && a.shade == b.shade; };
  for (int y = 1; y < kSide - 1; ++y) {
    for (int x = 1; x < kSide - 1; ++x) {
      const auto centre = static_cast<std::size_t>(y * kSide + x);
      const Pixel& pixel = before[centre];
      if (pixel.ramp == RampId::kNone || pixel.ramp == RampId::kEye) continue;
      if (same(pixel, before[centre - 1]) || same(pixel, before[centre + 1])) continue;
      int alike = 0;
      int covered = 0;
      for (const int step : {-kSide - 1, -kSide, -kSide + 1, -1, 1, kSide - 1, kSide, kSide + 1}) {
        const Pixel& other = before[static_cast<std::size_t>(y * kSide + x + step)];
        alike += same(pixel, other) ? 1 : 0;
        covered += other.ramp != RampId::kNone ? 1 : 0;
      }
      if (covered == 0) m_pixels[centre] = {};
      // Highlights and dark marks may stand alone.
      if (alike > 0 || covered < 8 || pixel.shade == 4 || pixel.shade == 0) continue;
      const Pixel& beside = before[centre - 1];
      if (beside.ramp == pixel.ramp && beside.shade > 0) m_pixels[centre] = beside;
    }
  }
}

void Canvas::countShades(std::array<int, kRamps * kShades>& counts) const {
  for (const Pixel& pixel : m_pixels) {
    if (pixel.ramp != RampId::kNone) ++counts[static_cast<std::size_t>(pixel.ramp) * kShades + pixel.shade];
  }
}

Sprite Canvas::coloured(const Palette& palette) const {
  Sprite sprite(kSide, kSide);
  const auto pixels = sprite.pixels();
  for (std::size_t i = 0; i < m_pixels.size(); ++i) {
    if (m_pixels[i].ramp != RampId::kNone) pixels[i] = palette.colour(m_pixels[i].ramp, m_pixels[i].shade);
  }
  return sprite;
}

}  // namespace loom::starter
