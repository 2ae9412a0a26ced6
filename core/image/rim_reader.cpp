#include "core/image/rim_reader.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace loom {
namespace {

using Vec = std::array<double, 3>;

Vec vec(Rgba colour) {
  return {static_cast<double>(colour.r), static_cast<double>(colour.g), static_cast<double>(colour.b)};
}
Vec minus(const Vec& left, const Vec& right) {
  return {left[0] - right[0], left[1] - right[1], left[2] - right[2]};
}
double dot(const Vec& left, const Vec& right) {
  return left[0] * right[0] + left[1] * right[1] + left[2] * right[2];
}
double length(const Vec& v) {
  return std::sqrt(dot(v, v));
}
std::uint32_t key(Rgba colour) {
  return std::uint32_t{colour.r} << 16 | std::uint32_t{colour.g} << 8 | colour.b;
}

}  // namespace

PixelDepth::PixelDepth(const Sprite& sprite, int most)
    : m_width(sprite.width()), m_height(sprite.height()), m_depths(sprite.pixels().size()) {
  for (std::size_t i = 0; i < m_depths.size(); ++i) m_depths[i] = sprite.pixels()[i].a > 0 ? most : 0;
  for (int level = 1; level < most; ++level) {
    for (int y = 0; y < m_height; ++y) {
      for (int x = 0; x < m_width; ++x) {
        if (at(x, y) == most && touches(x, y, level - 1)) m_depths[index(x, y)] = level;
      }
    }
  }
}

bool PixelDepth::touches(int x, int y, int level) const {
  for (int v = std::max(0, y - 1); v <= std::min(m_height - 1, y + 1); ++v) {
    for (int u = std::max(0, x - 1); u <= std::min(m_width - 1, x + 1); ++u) {
      if (at(u, v) == level) return true;
    }
  }
  return false;
}

double colourDistance(Rgba left, Rgba right) {
  return length(minus(vec(left), vec(right)));
}

RimReader::RimReader(const Sprite& sprite, int width, double tolerance)
    : m_sprite(sprite), m_width(width), m_tolerance(tolerance), m_depth(sprite, width + 1) {
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (m_depth.at(x, y) > width) ++m_inside[key(sprite.at(x, y))];
    }
  }
}

bool RimReader::insideHas(Rgba colour) const {
  return m_inside.contains(key(colour));
}

template <typename Visit>
void RimReader::forInside(int x, int y, Visit visit) const {
  const int reach = m_width + 1;
  const int own = m_depth.at(x, y);
  for (const int least : {m_width + 1, own + 1}) {
    bool any = false;
    for (int v = std::max(0, y - reach); v <= std::min(m_sprite.height() - 1, y + reach); ++v) {
      for (int u = std::max(0, x - reach); u <= std::min(m_sprite.width() - 1, x + reach); ++u) {
        if (m_depth.at(u, v) < least) continue;
        any = true;
        visit(m_sprite.at(u, v), std::hypot(u - x, v - y));
      }
    }
    if (any) return;
  }
}

double RimReader::contrast(int x, int y) const {
  double least = -1;
  forInside(x, y, [&](Rgba figure, double) {
    const double far = colourDistance(m_sprite.at(x, y), figure);
    if (least < 0 || far < least) least = far;
  });
  return std::max(least, 0.0);
}

Blend RimReader::read(int x, int y, Rgba matte) const {
  const Rgba colour = m_sprite.at(x, y);
  constexpr double kWhole = 0.92;  // a part above this is no blend
  const Vec fromMatte = minus(vec(colour), vec(matte));
  const bool isMatte = length(fromMatte) < kAlikeInBlend / 2;
  if (!isMatte && insideHas(colour)) return {};
  Blend best;
  double least = std::numeric_limits<double>::max();
  bool own = false;
  bool seen = false;
  forInside(x, y, [&](Rgba figure, double far) {
    seen = true;
    const Vec span = minus(vec(figure), vec(matte));
    if (length(span) < kAlikeInBlend) {
      own = own || length(minus(vec(colour), vec(figure))) < kAlikeInBlend;
      return;
    }
    const double part = std::clamp(dot(fromMatte, span) / dot(span, span), 0.0, 1.0);
    const double off =
        length({fromMatte[0] - part * span[0], fromMatte[1] - part * span[1], fromMatte[2] - part * span[2]});
    if (off > m_tolerance || off + far >= least) return;
    least = off + far;
    best = {true, part, figure};
  });
  if (own) return {};
  if (!seen && isMatte) return {true, 0, {}};
  if (best.found && best.part > kWhole) best.found = false;
  return best;
}

RimShares RimReader::sharesFor(Rgba matte) const {
  constexpr double kFaint = 0.4;
  int outermost = 0;
  int blends = 0;
  int faint = 0;
  std::set<std::uint32_t> colours;
  for (int y = 0; y < m_sprite.height(); ++y) {
    for (int x = 0; x < m_sprite.width(); ++x) {
      if (!isOutermost(x, y)) continue;
      ++outermost;
      const Blend blend = read(x, y, matte);
      if (!blend.found) continue;
      ++blends;
      faint += blend.part < kFaint ? 1 : 0;
      colours.insert(key(m_sprite.at(x, y)));
    }
  }
  if (blends == 0) return {};
  const auto part = [](auto some, int all) { return static_cast<double>(some) / all; };
  return {part(blends, outermost), part(faint, outermost), part(colours.size(), blends)};
}

}  // namespace loom
