#include "core/image/oklab.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace loom {
namespace {

/// IEC 61966-2-1.
float linearOf(int value) {
  const double x = value / 255.0;
  return static_cast<float>(x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4));
}

const std::array<float, 256>& linearTable() {
  static const auto table = [] {
    std::array<float, 256> values{};
    for (int i = 0; i < 256; ++i) values[static_cast<std::size_t>(i)] = linearOf(i);
    return values;
  }();
  return table;
}

std::uint8_t encoded(float linear) {
  const double x = std::clamp(static_cast<double>(linear), 0.0, 1.0);
  const double curved = x <= 0.0031308 ? x * 12.92 : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(curved * 255));
}

float cube(float x) {
  return x * x * x;
}

}  // namespace

OkLab toOkLab(Rgba colour) {
  const auto& linear = linearTable();
  const float r = linear[colour.r];
  const float g = linear[colour.g];
  const float b = linear[colour.b];
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

Rgba fromOkLab(const OkLab& lab) {
  const float l = cube(lab.L + 0.3963377774f * lab.a + 0.2158037573f * lab.b);
  const float m = cube(lab.L - 0.1055613458f * lab.a - 0.0638541728f * lab.b);
  const float s = cube(lab.L - 0.0894841775f * lab.a - 1.2914855480f * lab.b);
  return {encoded(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s),
          encoded(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s),
          encoded(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s), 255};
}

float chroma(const OkLab& lab) {
  return std::hypot(lab.a, lab.b);
}

float distance(const OkLab& left, const OkLab& right) {
  return std::sqrt(squaredDistance(left, right));
}

}  // namespace loom
