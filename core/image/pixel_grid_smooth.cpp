// Interpolated upscales: only the right grid lets an interpolation of one value a cell come near the picture. What the
// best values leave over is compared with what they leave over on the same grid moved by parts of a cell.
#include <algorithm>
#include <cmath>

#include "core/image/pixel_grid_filter.h"
#include "core/image/pixel_grid_votes.h"

namespace loom::grid {
namespace {

constexpr int kFewestCells = 4;
constexpr int kShifts = 8;
constexpr double kPromising = 0.8;   ///< what a scale may leave to be looked at closely
constexpr std::size_t kClosely = 6;  ///< scales looked at closely at most

/// What is left at each shift of the grid, and its median: the measure for one axis.
struct Shifts {
  double best = 0;  ///< offset
  double least = 0;
  double typical = 0;
};
Shifts shiftsOf(const Lines& lines, GridFilter filter, double scale, std::vector<float>& scratch) {
  std::vector<double> left;
  Shifts shifts;
  for (int i = 0; i < kShifts; ++i) {
    const double offset = -i * scale / kShifts;
    left.push_back(residualOf(lines, filter, scale, offset, scratch));
    if (i == 0 || left.back() < shifts.least) {
      shifts.least = left.back();
      shifts.best = offset;
    }
  }
  std::ranges::nth_element(left, left.begin() + kShifts / 2);
  shifts.typical = left[kShifts / 2];
  return shifts;
}

/// Offset near `from` at which least is left, and how much.
std::pair<double, double> refined(const Lines& lines, GridFilter filter, double scale, double from,
                                  std::vector<float>& scratch) {
  double best = from;
  double least = residualOf(lines, filter, scale, best, scratch);
  for (double step = scale / kShifts / 2; step > 0.03; step /= 2) {
    for (const double by : {-step, step}) {
      const double left = residualOf(lines, filter, scale, best + by, scratch);
      if (left >= least) continue;
      least = left;
      best += by;
      break;
    }
  }
  return {best, least};
}

bool isWhole(double value) {
  return std::abs(value - std::round(value)) < 1e-9;
}

/// A part of an upscale: any offset, a round scale where one is near.
Vote cutVote(const Signal& signal, GridFilter filter, double scale, const Shifts& x, const Shifts& y,
             std::vector<float>& scratch) {
  const double round = roundedScale(scale, std::max(signal.width, signal.height));
  auto [offsetX, leftX] = refined(signal.across, filter, round, x.best, scratch);
  auto [offsetY, leftY] = refined(signal.down, filter, round, y.best, scratch);
  if (isWhole(round)) {  // then a cut falls between pixels, not through one
    offsetX = std::round(offsetX);
    offsetY = std::round(offsetY);
    leftX = residualOf(signal.across, filter, round, offsetX, scratch);
    leftY = residualOf(signal.down, filter, round, offsetY, scratch);
  }
  return {round, round, offsetX, offsetY, filter, leftX + leftY};
}

/// Sizes of which the window may be the whole upscale.
std::vector<Vote> wholeVotes(const Signal& signal, GridFilter filter, double scale, std::vector<float>& scratch) {
  std::vector<Vote> votes;
  for (int more = -1; more <= 1; ++more) {
    const double across = std::round(signal.width / scale) + more;
    const double down = std::round(signal.height * across / signal.width);
    if (across < kFewestCells || down < kFewestCells) continue;
    const double scaleX = signal.width / across;
    const double scaleY = signal.height / down;
    const double left =
        residualOf(signal.across, filter, scaleX, 0, scratch) + residualOf(signal.down, filter, scaleY, 0, scratch);
    votes.push_back({scaleX, scaleY, 0, 0, filter, left});
  }
  return votes;
}

/// A scale, how its shifts compare, and the votes it gives with the simplest filter.
struct Candidate {
  double scale;
  Shifts x, y;
  std::vector<Vote> votes;
  double least;
  double typical;
};

Candidate screened(const Signal& signal, double scale, double floor, std::vector<float>& scratch) {
  Candidate candidate{scale,
                      shiftsOf(signal.across, GridFilter::kBilinear, scale, scratch),
                      shiftsOf(signal.down, GridFilter::kBilinear, scale, scratch),
                      wholeVotes(signal, GridFilter::kBilinear, scale, scratch),
                      0,
                      0};
  candidate.typical = candidate.x.typical + candidate.y.typical + floor;
  candidate.least = (candidate.x.least + candidate.y.least + floor) / candidate.typical;
  for (Vote& vote : candidate.votes) {
    vote.left = (vote.left + floor) / candidate.typical;
    candidate.least = std::min(candidate.least, vote.left);
  }
  return candidate;
}

/// Neighbouring true pixels of one colour.
int flatPairs(const Lines& lines, GridFilter filter, double scale, double offset) {
  constexpr float kFlat = 1.5F;
  const FilterFit fit(filter, scale, offset, lines.length);
  std::vector<float> cells(static_cast<std::size_t>(fit.cells()));
  int pairs = 0;
  for (int i = 0; i < lines.count(); ++i) {
    fit.solve(lines.line(i), cells);
    for (std::size_t k = 1; k < cells.size(); ++k) pairs += std::abs(cells[k] - cells[k - 1]) < kFlat ? 1 : 0;
  }
  return pairs;
}

}  // namespace

GridFilter filterOf(const Signal& signal, const Vote& vote) {
  constexpr double kAlike = 1.3;
  std::vector<float> scratch;
  const auto left = [&](GridFilter filter) {
    return 1 + residualOf(signal.across, filter, vote.scaleX, vote.offsetX, scratch) +
           residualOf(signal.down, filter, vote.scaleY, vote.offsetY, scratch);
  };
  const double ratio = left(GridFilter::kBilinear) / left(GridFilter::kBicubic);
  if (ratio > kAlike) return GridFilter::kBicubic;
  if (ratio < 1 / kAlike) return GridFilter::kBilinear;
  const auto flat = [&](GridFilter filter) {
    return flatPairs(signal.across, filter, vote.scaleX, vote.offsetX) +
           flatPairs(signal.down, filter, vote.scaleY, vote.offsetY);
  };
  return flat(GridFilter::kBilinear) > flat(GridFilter::kBicubic) ? GridFilter::kBilinear : GridFilter::kBicubic;
}

std::vector<Vote> smoothVotes(const Signal& signal, const std::vector<double>& scales) {
  std::vector<float> scratch;
  constexpr double kRounding = 1.0 / 12;  // of 8-bit colours: nothing fits better than that
  const double floor = kRounding * static_cast<double>(signal.across.values.size() + signal.down.values.size());
  std::vector<Candidate> candidates;
  for (const double scale : scales) {
    if (std::min(signal.width, signal.height) < kFewestCells * scale) continue;
    candidates.push_back(screened(signal, scale, floor, scratch));
  }
  std::ranges::sort(candidates, {}, &Candidate::least);
  std::vector<Vote> votes;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    votes.insert(votes.end(), candidate.votes.begin(), candidate.votes.end());
    if (i >= kClosely || candidate.least > kPromising) continue;
    std::vector<Vote> more = wholeVotes(signal, GridFilter::kBicubic, candidate.scale, scratch);
    for (const GridFilter filter : {GridFilter::kBilinear, GridFilter::kBicubic}) {
      more.push_back(cutVote(signal, filter, candidate.scale, candidate.x, candidate.y, scratch));
    }
    for (Vote& vote : more) {
      vote.left = (vote.left + floor) / candidate.typical;
      votes.push_back(vote);
    }
  }
  return votes;
}

}  // namespace loom::grid
