// Nearest-neighbour upscales at broken scales: the borders are those of a line drawn in pixels (2, 3, 2, 3, ...
// for 2.5), and every place where a colour changes must be one of them.
#include <algorithm>
#include <cmath>

#include "core/image/pixel_grid_parts.h"

namespace loom::grid {
namespace {

constexpr double kSmallest = 1.4;   ///< below it nearly every place is a border and nothing can be told
constexpr double kEven = 22;        ///< more than for whole scales, as there are more grids to choose from
constexpr std::size_t kReach = 64;  ///< edges apart of the pairs that bound the scale

/// No scale above this can be: m cells fit between two edges with m - 1 edges between them.
double boundOf(const Edges& edges) {
  double bound = edges.length;
  for (std::size_t apart = 1; apart < std::min(edges.at.size(), kReach); ++apart) {
    for (std::size_t i = apart; i < edges.at.size(); ++i) {
      bound = std::min(bound, (edges.at[i] - edges.at[i - apart] + 1) / static_cast<double>(apart));
    }
    if (bound < kSmallest) break;
  }
  return bound;
}

/// Where programs look for a pixel's colour: in its middle, as most do, or at its upper left corner.
enum class Sampling { kMiddle, kCorner };

/// All edges are borders of a picture of `cells` pixels enlarged to the edges' length. Where the middle of a pixel lies
/// exactly on a border it may fall to either side: programs that add up the scale step by step get both.
bool fits(const Edges& edges, int cells, Sampling sampling) {
  const std::int64_t shift = sampling == Sampling::kMiddle ? 1 : 0;
  const std::int64_t twice = 2LL * edges.length;
  return std::ranges::all_of(edges.at, [=](int x) {
    const std::int64_t before = (2LL * (x - 1) + shift) * cells;
    const bool tie = sampling == Sampling::kMiddle && before % twice == 0;
    return tie || (2LL * x + shift) * cells / twice != before / twice;
  });
}

struct Whole {
  int cells;
  double scale;
};
/// Native sizes of which the whole axis may be an upscale.
std::vector<Whole> wholeSizes(const Edges& edges, Sampling sampling) {
  constexpr double kExact = 1 + 1e-9;
  const double bound = boundOf(edges);
  std::vector<Whole> sizes;
  for (int cells = 2; cells <= edges.length / kSmallest; ++cells) {
    const double scale = static_cast<double>(edges.length) / cells;
    if (scale <= kExact * bound && fits(edges, cells, sampling)) sizes.push_back({cells, scale});
  }
  return sizes;
}

/// The scale that both axes mean, when a picture's sides were rounded to whole pixels after scaling.
std::optional<double> commonScale(const Whole& x, const Whole& y, int width, int height) {
  const double low = std::max((width - 0.5) / x.cells, (height - 0.5) / y.cells);
  const double high = std::min((width + 0.5) / x.cells, (height + 0.5) / y.cells);
  if (low > high) return std::nullopt;
  for (const int parts : {1, 2, 4, 10}) {  // a round number that fits is likelier than a broken one
    const double round = std::round((low + high) / 2 * parts) / parts;
    if (round >= low && round <= high) return round;
  }
  return (low + high) / 2;
}

std::optional<PixelGrid> uncropped(const Edges& columns, const Edges& rows, Sampling sampling) {
  const std::vector<Whole> widths = wholeSizes(columns, sampling);
  const std::vector<Whole> heights = wholeSizes(rows, sampling);
  const auto offset = [sampling](double scale) { return sampling == Sampling::kMiddle ? 0 : 0.5 - scale; };
  std::optional<PixelGrid> best;
  double bestScore = 0;
  for (const Whole& x : widths) {
    for (const Whole& y : heights) {
      const std::optional<double> scale = commonScale(x, y, columns.length, rows.length);
      if (!scale) continue;
      const double evidence = gridEvidence(columns, x.scale) + gridEvidence(rows, y.scale);
      const double score = evidence + sizePrior(x.cells) + sizePrior(y.cells) + scalePrior(*scale);
      if (best && score <= bestScore) continue;
      bestScore = score;
      best =
          PixelGrid{GridKind::kFractional,        GridFilter::kBox, x.scale, y.scale, offset(x.scale), offset(y.scale),
                    confidenceOf(evidence, kEven)};
    }
  }
  return best;
}

/// Where in (low, high] the grid begins: a picture is cut between pixels, so with a scale of a whole number of halves
/// that is at a half, and so on; the middle where the scale is no round number.
double cutIn(double low, double high, double scale) {
  for (const int parts : {1, 2, 4, 5, 10}) {
    if (std::abs(scale * parts - std::round(scale * parts)) > 1e-9) continue;
    const double cut = std::floor(high * parts + 1e-6) / parts;
    if (cut > low) return cut;
  }
  return (low + high) / 2;
}

/// The offset at which all edges lie on borders of `scale`, if there is one. On the circle of places modulo the
/// scale they must leave all free but a stretch of one pixel.
std::optional<double> offsetFor(std::span<const int> edges, double scale, std::vector<double>& rests) {
  if (edges.empty()) return 0.0;
  rests.clear();
  for (const int x : edges) rests.push_back(std::fmod(x, scale));
  std::ranges::sort(rests);
  double gap = rests.front() + scale - rests.back();
  double begin = rests.front();
  double end = rests.back();
  for (std::size_t i = 1; i < rests.size(); ++i) {
    if (rests[i] - rests[i - 1] <= gap) continue;
    gap = rests[i] - rests[i - 1];
    begin = rests[i];
    end = rests[i - 1] + scale;
  }
  if (end - begin >= 1) return std::nullopt;
  const double offset = std::fmod(cutIn(end - 0.5, begin + 0.5, scale), scale);
  return offset > 0 ? offset - scale : offset;
}

bool lieOnGrid(const Edges& edges, double scale, std::vector<double>& rests) {
  constexpr std::size_t kFew = 10;  // enough to refuse nearly all scales
  return offsetFor(std::span(edges.at).first(std::min(kFew, edges.at.size())), scale, rests) &&
         offsetFor(edges.at, scale, rests);
}

struct Range {
  double low, high;
};
/// The scales that the edges of one axis allow, from the largest down.
std::vector<Range> allowedScales(const Edges& edges, double bound, double smallest, std::vector<double>& rests) {
  std::vector<Range> ranges;
  const double span = edges.at.size() < 2 ? 1 : edges.at.back() - edges.at.front();
  // Over the cells between the outermost edges, a step moves the last border by a part of a pixel.
  constexpr double kPart = 0.05;
  bool inside = false;
  for (double scale = bound; scale > smallest; scale -= kPart * scale / span) {
    const bool fit = lieOnGrid(edges, scale, rests);
    if (fit && !inside) ranges.push_back({scale, scale});
    if (fit) ranges.back().low = scale;
    inside = fit;
  }
  return ranges;
}

/// The roundest number in a range, its middle when there is none.
double roundestIn(const Range& range) {
  const double middle = (range.low + range.high) / 2;
  for (const int parts : {1, 2, 4, 10, 3, 20}) {
    const double round = std::round(middle * parts) / parts;
    if (round >= range.low && round <= range.high) return round;
  }
  return middle;
}

/// One scale of each range, equal where they overlap.
std::optional<std::pair<double, double>> commonScales(const Range& x, const Range& y) {
  const Range both{std::max(x.low, y.low), std::min(x.high, y.high)};
  if (both.low <= both.high) {
    const double scale = roundestIn(both);
    return std::pair(scale, scale);
  }
  // Sides rounded to whole pixels after scaling make them differ a little.
  constexpr double kApart = 0.012;
  if (both.low > both.high * (1 + kApart)) return std::nullopt;
  return x.low > y.high ? std::pair(x.low, y.high) : std::pair(x.high, y.low);
}

std::optional<PixelGrid> croppedPart(const Edges& columns, const Edges& rows, double bound) {
  // Below some scale even a perfect fit would say too little.
  double smallest = bound;
  while (smallest > kSmallest && gridEvidence(columns, smallest) + gridEvidence(rows, smallest) > kEven / 2) {
    smallest *= 0.95;
  }
  smallest = std::max(smallest, kSmallest);
  std::vector<double> rests;
  const std::vector<Range> widths = allowedScales(columns, bound, smallest, rests);
  if (widths.empty()) return std::nullopt;
  const std::vector<Range> heights = allowedScales(rows, bound, smallest, rests);
  std::optional<PixelGrid> best;
  double most = 0;
  for (const Range& x : widths) {
    for (const Range& y : heights) {
      const auto scales = commonScales(x, y);
      if (!scales) continue;
      const double evidence = gridEvidence(columns, scales->first) + gridEvidence(rows, scales->second);
      const std::optional<double> offsetX = offsetFor(columns.at, scales->first, rests);
      const std::optional<double> offsetY = offsetFor(rows.at, scales->second, rests);
      if (evidence <= most || !offsetX || !offsetY) continue;
      most = evidence;
      best =
          PixelGrid{GridKind::kFractional,        GridFilter::kBox, scales->first, scales->second, *offsetX, *offsetY,
                    confidenceOf(evidence, kEven)};
    }
  }
  return best;
}

}  // namespace

std::optional<PixelGrid> findBrokenGrid(const Edges& columns, const Edges& rows) {
  constexpr double kRounded = 1.02;  // sides rounded after scaling: one axis may have a little larger scale
  const double bound = kRounded * std::min(boundOf(columns), boundOf(rows));
  if (bound < kSmallest || gridEvidence(columns, bound) + gridEvidence(rows, bound) < kEven / 2) return std::nullopt;
  const auto evidenceOf = [&](double x, double y) { return gridEvidence(columns, x) + gridEvidence(rows, y); };
  std::optional<PixelGrid> whole;
  for (const Sampling sampling : {Sampling::kMiddle, Sampling::kCorner}) {
    const std::optional<PixelGrid> other = uncropped(columns, rows, sampling);
    if (other && (!whole || other->scaleX > 1.1 * whole->scaleX)) whole = other;
  }
  constexpr double kNearlyAll = 0.8;  // of what the coarsest grid at all could have for it
  if (whole && evidenceOf(whole->scaleX, whole->scaleY) > kNearlyAll * evidenceOf(bound, bound)) return whole;
  const std::optional<PixelGrid> part = croppedPart(columns, rows, bound);
  return part && (!whole || part->scaleX > 1.1 * whole->scaleX) ? part : whole;
}

}  // namespace loom::grid
