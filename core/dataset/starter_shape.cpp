#include <algorithm>
#include <cstdlib>

#include "core/dataset/starter_canvas.h"

namespace loom::starter {
namespace {

constexpr int kBase = 2;

}  // namespace

int Shape::shade(int x, int y) const {
  const std::int8_t value = m_shades[index(x, y)];
  return value == kAuto ? kBase : value;
}

void Shape::put(int x, int y, int shade) {
  if (!inside(x, y)) return;
  m_shades[index(x, y)] = static_cast<std::int8_t>(shade);
  m_left = std::min(m_left, x);
  m_right = std::max(m_right, x);
  m_top = std::min(m_top, y);
  m_bottom = std::max(m_bottom, y);
}

void Shape::erase(int x, int y) {
  if (inside(x, y)) m_shades[index(x, y)] = kNone;
}

void Shape::row(int y, int left, int right) {
  for (int x = left; x <= right; ++x) put(x, y);
}

void Shape::centred(int y, int half) {
  row(y, kSide / 2 - half, kSide / 2 - 1 + half);
}

void Shape::ellipse(int x2, int y2, int width, int height) {
  for (int y = (y2 - height) / 2; y <= (y2 + height) / 2; ++y) {
    for (int x = (x2 - width) / 2; x <= (x2 + width) / 2; ++x) {
      const int dx = (2 * x - x2) * height;
      const int dy = (2 * y - y2) * width;
      if (dx * dx + dy * dy < width * width * height * height) put(x, y);
    }
  }
}

void Shape::limb(Point from, Point to, int thickness) {
  const int dx = to.x - from.x;
  const int dy = to.y - from.y;
  const int steps = std::max({std::abs(dx), std::abs(dy), 1});
  for (int i = 0; i <= steps; ++i) {
    const int x = from.x + (2 * dx * i + (dx < 0 ? -steps : steps)) / (2 * steps);
    const int y = from.y + (2 * dy * i + (dy < 0 ? -steps : steps)) / (2 * steps);
    for (int k = 0; k < thickness; ++k) {
      if (std::abs(dx) >= std::abs(dy)) {
        put(x, y + k - thickness / 2);
      } else {
        put(x + k - thickness / 2, y);
      }
    }
  }
}

void Shape::add(const Art& art) {
  std::string_view rows = art.rows;
  if (!rows.empty() && rows.front() == '\n') rows.remove_prefix(1);
  int x = art.x;
  int y = art.y;
  for (const char mark : rows) {
    if (mark == '\n') {
      x = art.x;
      ++y;
      continue;
    }
    if (mark == '#') put(x, y);
    if (mark >= '0' && mark <= '4') put(x, y, mark - '0');
    ++x;
  }
}

void Shape::add(const Shape& other) {
  for (int y = other.m_top; y <= other.m_bottom; ++y) {
    for (int x = other.m_left; x <= other.m_right; ++x) {
      if (other.has(x, y)) put(x, y, other.m_shades[index(x, y)]);
    }
  }
}

void Shape::subtract(const Shape& other) {
  for (int y = other.m_top; y <= other.m_bottom; ++y) {
    for (int x = other.m_left; x <= other.m_right; ++x) {
      if (other.has(x, y)) erase(x, y);
    }
  }
}

void Shape::mirror() {
  for (int y = m_top; y <= m_bottom; ++y) {
    std::reverse(m_shades.begin() + y * kSide, m_shades.begin() + (y + 1) * kSide);
  }
  const int left = m_left;
  m_left = kSide - 1 - m_right;
  m_right = kSide - 1 - left;
}

void Shape::move(int dx, int dy) {
  Shape moved;
  for (int y = m_top; y <= m_bottom; ++y) {
    for (int x = m_left; x <= m_right; ++x) {
      if (has(x, y)) moved.put(x + dx, y + dy, m_shades[index(x, y)]);
    }
  }
  *this = moved;
}

void Shape::keepRows(int top, int bottom) {
  for (int y = m_top; y <= m_bottom; ++y) {
    if (y >= top && y <= bottom) continue;
    for (int x = m_left; x <= m_right; ++x) erase(x, y);
  }
  m_top = std::max(m_top, top);
  m_bottom = std::min(m_bottom, bottom);
}

void Shape::widen() {
  Shape wide = *this;
  for (int y = m_top; y <= m_bottom; ++y) {
    for (int x = m_left; x <= m_right; ++x) {
      if (!has(x, y)) continue;
      if (!has(x - 1, y)) wide.put(x - 1, y);
      if (!has(x + 1, y)) wide.put(x + 1, y);
    }
  }
  *this = wide;
}

}  // namespace loom::starter
