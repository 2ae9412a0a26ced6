#include "core/dataset/likeness.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/image/edit.h"

namespace loom {
namespace {

// What a lossy file or a colour profile does to a colour that a person takes for the same.
constexpr int kSameLevel = 6;
// A picture in which nearly every dot has a colour of its own fits any exchange of colours.
constexpr int kLeastDotsAColour = 6;

bool sameColour(const Rgba& a, const Rgba& b) {
  const int most = std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b), std::abs(a.a - b.a)});
  return most <= kSameLevel;
}

struct Offset {
  int x = 0, y = 0;  ///< of b's corner from a's, dots
  friend bool operator==(const Offset&, const Offset&) = default;
};

/// Where b may lie over a: corner on corner, and centre on centre give or take one dot, for a dot changed at the rim
/// moves a corner.
std::vector<Offset> offsetsFor(const SpriteContent& a, const SpriteContent& b) {
  const int right = a.width - b.width, bottom = a.height - b.height;
  std::vector<Offset> offsets{{0, 0}, {right, 0}, {0, bottom}, {right, bottom}};
  for (int y = -1; y <= 1; ++y) {
    for (int x = -1; x <= 1; ++x) offsets.push_back({right / 2 + x, bottom / 2 + y});
  }
  if (a.canvasWidth == b.canvasWidth && a.canvasHeight == b.canvasHeight && a.scale == b.scale) {
    offsets.push_back({(b.x - a.x) / a.scale, (b.y - a.y) / a.scale});
  }
  std::vector<Offset> unique;
  for (const Offset& offset : offsets) {
    if (std::ranges::find(unique, offset) == unique.end()) unique.push_back(offset);
  }
  return unique;
}

/// Calls visit(dotOfA, dotOfB) over the rectangle that holds both, until it returns false.
template <typename Visit>
void overBoth(const SpriteContent& a, const SpriteContent& b, const Offset& offset, Visit&& visit) {
  const int left = std::min(0, offset.x), right = std::max(a.width, offset.x + b.width);
  const int top = std::min(0, offset.y), bottom = std::max(a.height, offset.y + b.height);
  const auto dot = [](const SpriteContent& content, int x, int y) -> std::uint32_t {
    return x >= 0 && y >= 0 && x < content.width && y < content.height ? content.at(x, y) : 0;
  };
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      if (!visit(dot(a, x, y), dot(b, x - offset.x, y - offset.y))) return;
    }
  }
}

/// Share of dots that do not match at the best place; 1 when there are more than `most`.
double similarDifference(const SpriteContent& a, const SpriteContent& b, double most) {
  double best = 1;
  const double mayDiffer = most * std::max(a.filled, b.filled) * 1.1 + 1;
  for (const Offset& offset : offsetsFor(a, b)) {
    int seen = 0, different = 0;
    overBoth(a, b, offset, [&](std::uint32_t dotA, std::uint32_t dotB) {
      if (dotA == 0 && dotB == 0) return true;
      ++seen;
      if (dotA == 0 || dotB == 0 || !sameColour(a.colours[dotA - 1], b.colours[dotB - 1])) ++different;
      return different <= mayDiffer;
    });
    if (different <= mayDiffer && seen > 0) best = std::min(best, static_cast<double>(different) / seen);
  }
  return best;
}

/// How many of the pairs do not follow "every first goes with the second it is seen with most".
int strays(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& sortedPairs) {
  int strayed = 0;
  for (std::size_t i = 0; i < sortedPairs.size();) {
    int all = 0, most = 0;
    const std::uint32_t first = sortedPairs[i].first;
    while (i < sortedPairs.size() && sortedPairs[i].first == first) {
      const auto begin = i;
      while (i < sortedPairs.size() && sortedPairs[i] == sortedPairs[begin]) ++i;
      all += static_cast<int>(i - begin);
      most = std::max(most, static_cast<int>(i - begin));
    }
    strayed += all - most;
  }
  return strayed;
}

/// Share of dots that no exchange of colours explains. Where shades became one, which a turn of the hue does at times,
/// there is no way back: that direction counts a quarter.
double recolouredDifference(const SpriteContent& a, const SpriteContent& b) {
  const auto colours = static_cast<int>(std::max(a.colours.size(), b.colours.size()));
  if (std::min(a.colours.size(), b.colours.size()) < 3 || colours * kLeastDotsAColour > a.filled) return 1;
  double best = 1;
  for (const Offset& offset : offsetsFor(a, b)) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> there, back;
    int silhouette = 0;
    const double mayDiffer = kMostRecolouredDifference * std::max(a.filled, b.filled) * 1.1 + 1;
    overBoth(a, b, offset, [&](std::uint32_t dotA, std::uint32_t dotB) {
      if (dotA == 0 && dotB == 0) return true;
      if ((dotA == 0) != (dotB == 0))
        ++silhouette;
      else
        there.emplace_back(dotA, dotB);
      return silhouette <= mayDiffer;
    });
    if (silhouette > mayDiffer || there.empty()) continue;
    for (const auto& [dotA, dotB] : there) back.emplace_back(dotB, dotA);
    std::ranges::sort(there);
    std::ranges::sort(back);
    const auto [fewer, more] = std::minmax({strays(there), strays(back)});
    const double strayed = std::max<double>(fewer, more / 4.) + silhouette;
    best = std::min(best, strayed / (static_cast<double>(there.size()) + silhouette));
  }
  return best;
}

bool sameShapes(const SpriteContent& a, const SpriteContent& b) {
  return a.width == b.width && a.height == b.height && a.dots == b.dots;
}

bool samePlace(const SpriteContent& a, const SpriteContent& b) {
  return a.canvasWidth == b.canvasWidth && a.canvasHeight == b.canvasHeight && a.x == b.x && a.y == b.y;
}

std::optional<Likeness> preciseLikeness(const SpriteContent& a, const SpriteContent& b, const SpriteContent& flipped) {
  const bool same = sameShapes(a, b), mirror = sameShapes(a, flipped);
  if (same && a.colours == b.colours) {
    if (a.scale != b.scale) return Likeness{Relation::kEnlarged};
    return Likeness{samePlace(a, b) ? Relation::kExact : Relation::kShifted};
  }
  if (mirror && a.colours == flipped.colours) return Likeness{Relation::kMirrored, true};
  if (same || mirror) return Likeness{Relation::kRecoloured, !same};
  return std::nullopt;
}

}  // namespace

std::string relationName(Relation relation) {
  switch (relation) {
    case Relation::kExact:
      return "exact";
    case Relation::kShifted:
      return "shifted";
    case Relation::kEnlarged:
      return "enlarged";
    case Relation::kMirrored:
      return "mirrored";
    case Relation::kRecoloured:
      return "recoloured";
    case Relation::kSimilar:
      return "similar";
  }
  return "similar";
}

std::optional<Likeness> likeness(const SpriteContent& a, const SpriteContent& b) {
  if (a.empty() || b.empty()) {
    if (!a.empty() || !b.empty()) return std::nullopt;
    return Likeness{samePlace(a, b) ? Relation::kExact : Relation::kShifted};
  }
  const SpriteContent flipped = mirrored(b);
  if (const auto precise = preciseLikeness(a, b, flipped)) return precise;
  const double straight = similarDifference(a, b, kMostSimilarDifference);
  const double turned = similarDifference(a, flipped, kMostSimilarDifference);
  if (std::min(straight, turned) <= kMostSimilarDifference) {
    return Likeness{Relation::kSimilar, turned < straight, std::min(straight, turned)};
  }
  const double coloured = recolouredDifference(a, b);
  const double turnedColoured = recolouredDifference(a, flipped);
  if (std::min(coloured, turnedColoured) <= kMostRecolouredDifference) {
    return Likeness{Relation::kRecoloured, turnedColoured < coloured, std::min(coloured, turnedColoured)};
  }
  return std::nullopt;
}

double leastDifference(const Sprite& a, const Sprite& b, int shift) {
  const PixelRect first = opaqueBounds(a), second = opaqueBounds(b);
  const int left = std::min(first.x, second.x) - shift;
  const int right = std::max(first.x + first.width, second.x + second.width) + shift;
  const int top = std::min(first.y, second.y) - shift;
  const int bottom = std::max(first.y + first.height, second.y + second.height) + shift;
  const auto pixel = [](const Sprite& sprite, int x, int y) {
    return sprite.contains(x, y) ? sprite.at(x, y) : Rgba{};
  };
  const auto at = [&](int dx, int dy) {
    int seen = 0, different = 0;
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        const Rgba one = pixel(a, x, y), other = pixel(b, x - dx, y - dy);
        if (one.a == 0 && other.a == 0) continue;
        ++seen;
        if (!sameColour(one, other)) ++different;
      }
    }
    return seen == 0 ? 0 : static_cast<double>(different) / seen;
  };
  double best = at(0, 0);
  for (int dy = -shift; dy <= shift && best > 0; ++dy) {
    for (int dx = -shift; dx <= shift && best > 0; ++dx) best = std::min(best, at(dx, dy));
  }
  return best;
}

}  // namespace loom
