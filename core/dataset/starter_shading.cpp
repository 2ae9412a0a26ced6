#include <algorithm>
#include <string_view>

#include "core/dataset/starter_canvas.h"

namespace loom::starter {
namespace {

constexpr int kBase = 2;

int cylinderShade(int place, int width, int light) {
  const int from = light > 0 ? place : width - 1 - place;
  const int t = (2 * from + 1) * 128 / width;  // 0..255 from the lit side
  if (t < 35) return 2;
  if (t < 105) return 3;
  return t < 190 ? 2 : 1;
}

int sheenShade(int place, int width, int light) {
  const int from = light > 0 ? place : width - 1 - place;
  const int t = (2 * from + 1) * 128 / width;
  if (t < 28) return 2;
  if (t < 58) return 3;
  if (t < 88) return 4;
  if (t < 130) return 3;
  return t < 195 ? 2 : 1;
}

}  // namespace

/// Calls function(y, left, right) for every unbroken run of pixels of a row.
template <typename Function>
void Shape::forEachRun(Function function) {
  for (int y = m_top; y <= m_bottom; ++y) {
    for (int x = m_left; x <= m_right; ++x) {
      if (!has(x, y)) continue;
      const int start = x;
      while (has(x + 1, y)) ++x;
      function(y, start, x);
    }
  }
}

/// Gives each pixel that has no shade yet function(x, y).
template <typename Function>
void Shape::shadeEach(Function function) {
  for (int y = m_top; y <= m_bottom; ++y) {
    for (int x = m_left; x <= m_right; ++x) {
      std::int8_t& shade = m_shades[index(x, y)];
      if (shade == kAuto) shade = static_cast<std::int8_t>(function(x, y));
    }
  }
}

void Shape::shadeAcross(int light) {
  forEachRun([&](int y, int left, int right) {
    for (int x = left; x <= right; ++x) {
      std::int8_t& shade = m_shades[index(x, y)];
      if (shade == kAuto) shade = static_cast<std::int8_t>(cylinderShade(x - left, right - left + 1, light));
    }
  });
}

void Shape::shadeSheen(int light) {
  forEachRun([&](int y, int left, int right) {
    for (int x = left; x <= right; ++x) {
      std::int8_t& shade = m_shades[index(x, y)];
      if (shade == kAuto) shade = static_cast<std::int8_t>(sheenShade(x - left, right - left + 1, light));
    }
  });
}

void Shape::shadeDown() {
  shadeEach([&](int x, int y) {
    if (!has(x, y - 1)) return 3;
    return has(x, y + 1) ? 2 : 1;
  });
}

void Shape::shadeBall(int x2, int y2, int width, int height, int light, Bands bands) {
  const int litX = x2 - light * width * 3 / 8;
  const int litY = y2 - height * 4 / 9;
  shadeEach([&](int x, int y) {
    const int dx = (2 * x - litX) * 256 / width;
    const int dy = (2 * y - litY) * 256 / height;
    const int distance = dx * dx + dy * dy;
    if (distance < bands.highlight * bands.highlight) return 4;
    if (distance < bands.light * bands.light) return 3;
    return distance < bands.base * bands.base ? 2 : 1;
  });
}

void Shape::shadeStrands(int x, int ring, int light) {
  static constexpr int kJag[] = {0, 1, 1, -1, 0, 2, 0, -1, 1, 0, 0, 1, 0};
  // Where a strand begins and ends, in rows below the shine; the shade between them.
  struct Strand {
    int from, to, shade;
  };
  static constexpr Strand kStrands[] = {{99, 99, 2}, {3, 9, 3},   {6, 99, 1}, {99, 99, 2}, {9, 17, 3},
                                        {5, 13, 1},  {99, 99, 2}, {4, 7, 3},  {11, 99, 1}, {99, 99, 2},
                                        {3, 11, 3},  {14, 24, 3}, {4, 15, 1}};
  const int top = m_top;
  shadeEach([&](int px, int py) {
    const int dx = px - x;
    const auto column = static_cast<std::size_t>((light > 0 ? px : kSide - 1 - px) % 13);
    const int v = py - (top + ring + dx * dx / 30) + kJag[column];
    const int lit = dx * light;  // negative on the lit side
    if (v > 2 && (!has(px, py + 1) || (!has(px + light, py) && lit > 0))) return 1;
    if (v == 0 || v == 1) return lit < 3 ? 4 : (lit < 7 ? 3 : 2);
    if (v == -1 || v == 2) return lit < 7 ? 3 : 2;
    if (v < -1) return lit > 5 ? 1 : 2;
    if (lit > 9) return 1;
    const Strand& strand = kStrands[column];
    return v >= strand.from && v <= strand.to ? strand.shade : 2;
  });
}

void Shape::shadeCurls(int x2, int y2, int light) {
  // The dark undersides of curls that lie unevenly; the tile repeats every 12 x 9 pixels.
  static constexpr std::string_view kCurls[] = {"......-..-..", "-..-...--...", ".--.........",
                                                "-........-..", "...-..-...--", "....--......",
                                                ".......-..-.", "-..-....--..", ".--........."};
  Shape form = *this;
  form.shadeBall(x2, y2, 26, 26, light, {70, 170, 300});
  shadeEach([&](int px, int py) {
    const auto column = static_cast<std::size_t>((light > 0 ? px : kSide - 1 - px) % 12);
    const int shade = form.shade(px, py);
    if (!has(px, py + 1)) return 1;
    return kCurls[py % 9][column] == '-' ? std::max(shade - 1, 1) : shade;
  });
}

void Shape::shadeFolds(int top, int light) {
  static constexpr int kFold[] = {3, 2, 2, 1, 1, 2, 3, 3, 2, 1, 2};
  forEachRun([&](int y, int left, int right) {
    const int width = right - left + 1;
    for (int x = left; x <= right; ++x) {
      std::int8_t& shade = m_shades[index(x, y)];
      if (shade != kAuto) continue;
      const int from = light > 0 ? x - left : right - x;
      int value = cylinderShade(from, width, 1);
      if (y - top > 3) {
        // The folds fan out with the cloth: their place is a part of the row's width.
        const int place = from * 11 / width;
        value = kFold[place];
        if (y - top < 8 && value == 3) value = 2;
        if (from == width - 1) value = 1;
      }
      shade = static_cast<std::int8_t>(value);
    }
  });
}

void Shape::shadeFlat(int flat) {
  shadeEach([&](int, int) { return flat; });
}

void Shape::darken() {
  for (std::int8_t& shade : m_shades) {
    if (shade == kAuto) shade = kBase;
    if (shade > 1) --shade;
  }
}

}  // namespace loom::starter
