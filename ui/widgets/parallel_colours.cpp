#include "ui/widgets/parallel_colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loom {
namespace {

using Ramp = std::array<QRgb, 3>;  // best, middle, worst
constexpr Ramp kOnDark = {0xfff6c453, 0xff4fae9f, 0xff54648f};
constexpr Ramp kOnLight = {0xffb45f06, 0xff2f8f86, 0xffa9b3cf};

}  // namespace

QColor shadeColour(double shade, const QColor& ground) {
  const bool dark = ground.lightness() < 128;
  if (!std::isfinite(shade)) return dark ? QColor(0x77, 0x7c, 0x86) : QColor(0x9a, 0x9d, 0xa3);
  const Ramp& ramp = dark ? kOnDark : kOnLight;
  const double at = std::clamp(shade, 0., 1.) * 2;
  const auto first = static_cast<std::size_t>(std::min(std::floor(at), 1.));
  const double share = at - static_cast<double>(first);
  const QColor a = QColor(ramp[first]), b = QColor(ramp[first + 1]);
  const auto mix = [share](int from, int to) { return static_cast<int>(std::lround(from + share * (to - from))); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

}  // namespace loom
