#include "core/image/alpha_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loom {
namespace {

constexpr double kWhole = 0.92;    ///< a part above this is no blend
constexpr double kNothing = 0.06;  ///< and one below is background
constexpr double kAlike = 24;      ///< colours nearer than this (8-bit sRGB) cannot be told apart in a blend

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

/// How deep each pixel lies: 0 transparent, 1 next to a transparent one (also by a corner), up to `most`.
class Depth {
 public:
  Depth(const Sprite& sprite, int most) : m_width(sprite.width()), m_depths(sprite.pixels().size()) {
    for (std::size_t i = 0; i < m_depths.size(); ++i) m_depths[i] = sprite.pixels()[i].a > 0 ? most : 0;
    for (int level = 1; level < most; ++level) {
      for (int y = 0; y < sprite.height(); ++y) {
        for (int x = 0; x < sprite.width(); ++x) {
          if (at(x, y) == most && touches(sprite, x, y, level - 1)) m_depths[index(x, y)] = level;
        }
      }
    }
  }
  int at(int x, int y) const { return m_depths[index(x, y)]; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
  }
  bool touches(const Sprite& sprite, int x, int y, int level) const {
    for (int v = std::max(0, y - 1); v <= std::min(sprite.height() - 1, y + 1); ++v) {
      for (int u = std::max(0, x - 1); u <= std::min(sprite.width() - 1, x + 1); ++u) {
        if (at(u, v) == level) return true;
      }
    }
    return false;
  }
  int m_width;
  std::vector<int> m_depths;
};

/// What a rim pixel is made of.
struct Blend {
  bool found = false;
  double part = 1;  ///< of the figure
  Rgba figure;
};

/// Parts of the outermost pixels, 0 to 1.
struct RimShares {
  double blends = 0;   ///< explained as blends
  double faint = 0;    ///< and most of them background
  double variety = 0;  ///< different colours among the blends, as a part of these
};

/// Explains rim pixels of one sprite as blends.
class RimReader {
 public:
  RimReader(const Sprite& sprite, int width, double tolerance)
      : m_sprite(sprite), m_width(width), m_tolerance(tolerance), m_depth(sprite, width + 1) {
    for (int y = 0; y < sprite.height(); ++y) {
      for (int x = 0; x < sprite.width(); ++x) {
        if (m_depth.at(x, y) > width) ++m_inside[key(sprite.at(x, y))];
      }
    }
  }

  bool isRim(int x, int y) const { return m_depth.at(x, y) > 0 && m_depth.at(x, y) <= m_width; }
  bool isOutermost(int x, int y) const { return m_depth.at(x, y) == 1; }
  bool insideHas(Rgba colour) const { return m_inside.contains(key(colour)); }

  /// How far a pixel's colour is from the nearest one inside beside it; 0 where there is none.
  double contrast(int x, int y) const {
    double least = -1;
    forInside(x, y, [&](Rgba figure, double) {
      const double far = length(minus(vec(m_sprite.at(x, y)), vec(figure)));
      if (least < 0 || far < least) least = far;
    });
    return std::max(least, 0.0);
  }

  Blend read(int x, int y, Rgba matte) const {
    const Rgba colour = m_sprite.at(x, y);
    const Vec fromMatte = minus(vec(colour), vec(matte));
    const bool isMatte = length(fromMatte) < kAlike / 2;
    if (!isMatte && insideHas(colour)) return {};
    Blend best;
    double least = std::numeric_limits<double>::max();
    bool own = false;
    bool seen = false;
    forInside(x, y, [&](Rgba figure, double far) {
      seen = true;
      const Vec span = minus(vec(figure), vec(matte));
      if (length(span) < kAlike) {
        own = own || length(minus(vec(colour), vec(figure))) < kAlike;
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
    if (!seen && isMatte) return {true, 0, colour};  // a crumb of background on its own
    if (best.found && best.part > kWhole) best.found = false;
    return best;
  }

  RimShares sharesFor(Rgba matte) const {
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

 private:
  /// Pixels inside near x, y and how far they are; where the figure is too thin to have any, those deeper than x, y.
  template <typename Visit>
  void forInside(int x, int y, Visit visit) const {
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

  const Sprite& m_sprite;
  int m_width;
  double m_tolerance;
  Depth m_depth;
  std::unordered_map<std::uint32_t, int> m_inside;  ///< colours and how often they occur
};

Rgba withoutMatte(Rgba pixel, const Blend& blend, RimEdges edges) {
  if (blend.part < kNothing) return {};
  Rgba result = blend.figure;
  // A pixel that is partly transparent says its part with its alpha; only its colour was wrong.
  const double part = pixel.a < 255 ? pixel.a / 255.0 : blend.part;
  if (edges == RimEdges::kHard) {
    if (part < 0.5) return {};
    result.a = 255;
  } else {
    result.a = static_cast<std::uint8_t>(std::lround(part * 255));
  }
  return result;
}

/// Colours to try as a matte: common ones, and those of the rim that the inside has nothing like.
std::vector<Rgba> matteCandidates(const Sprite& sprite, const RimReader& rim) {
  std::vector<Rgba> candidates = {
      {255, 255, 255, 255}, {0, 0, 0, 255}, {255, 0, 255, 255}, {0, 255, 0, 255}, {0, 255, 255, 255}};
  const std::size_t most = candidates.size() + 6;
  std::vector<std::pair<double, Rgba>> strangers;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const Rgba pixel = sprite.at(x, y);
      if (!rim.isOutermost(x, y) || rim.insideHas(pixel)) continue;
      strangers.emplace_back(rim.contrast(x, y), Rgba{pixel.r, pixel.g, pixel.b, 255});
    }
  }
  std::ranges::stable_sort(strangers, std::greater<>(), [](const auto& stranger) { return stranger.first; });
  for (const auto& [contrast, colour] : strangers) {
    const auto isLike = [&colour](Rgba other) { return length(minus(vec(colour), vec(other))) < kAlike; };
    if (candidates.size() >= most || contrast < 2 * kAlike) break;
    if (std::ranges::none_of(candidates, isLike)) candidates.push_back(colour);
  }
  return candidates;
}

}  // namespace

Sprite hardenedAlpha(const Sprite& sprite, int threshold) {
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a == 255 || (pixel.a == 0 && pixel == Rgba{})) continue;
    if (pixel.a >= threshold) {
      pixel.a = 255;
    } else {
      pixel = {};
    }
  }
  return result;
}

Sprite withColoursFromInside(const Sprite& sprite) {
  Sprite result = sprite;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const int alpha = sprite.at(x, y).a;
      if (alpha == 0 || alpha == 255) continue;
      Vec sum{};
      int count = 0;
      for (int v = std::max(0, y - 1); v <= std::min(sprite.height() - 1, y + 1); ++v) {
        for (int u = std::max(0, x - 1); u <= std::min(sprite.width() - 1, x + 1); ++u) {
          if (sprite.at(u, v).a != 255) continue;
          const Vec colour = vec(sprite.at(u, v));
          for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += colour[i];
          ++count;
        }
      }
      if (count == 0) continue;
      const auto mean = [&sum, count](std::size_t i) { return static_cast<std::uint8_t>(std::lround(sum[i] / count)); };
      result.at(x, y) = {mean(0), mean(1), mean(2), static_cast<std::uint8_t>(alpha)};
    }
  }
  return result;
}

Unmatted unmatted(const Sprite& sprite, const MatteAt& matte, int width, RimEdges edges, double tolerance) {
  const RimReader rim(sprite, width, tolerance);
  Unmatted result{sprite};
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (!rim.isRim(x, y)) continue;
      result.rim += rim.isOutermost(x, y) ? 1 : 0;
      const Blend blend = rim.read(x, y, matte(x, y));
      if (!blend.found) continue;
      ++result.blends;
      result.sprite.at(x, y) = withoutMatte(sprite.at(x, y), blend, edges);
    }
  }
  return result;
}

std::optional<Rgba> guessedMatte(const Sprite& sprite, int width) {
  // A hard outline is a blend of the inside with black as well; but blends come in many shares, from faint to full, and
  // so in many colours, where an outline has a few.
  constexpr double kEnough = 0.25;
  constexpr double kFaintEnough = 0.05;
  constexpr double kVaried = 0.25;
  constexpr double kTolerance = 8;
  const RimReader rim(sprite, width, kTolerance);
  std::optional<Rgba> best;
  double most = kEnough;
  for (const Rgba& matte : matteCandidates(sprite, rim)) {
    const RimShares shares = rim.sharesFor(matte);
    if (shares.faint < kFaintEnough || shares.variety < kVaried || shares.blends <= most) continue;
    // The common colours come first: another one has to be plainly better.
    constexpr double kPlainlyBetter = 1.15;
    most = shares.blends * kPlainlyBetter;
    best = matte;
  }
  return best;
}

}  // namespace loom
