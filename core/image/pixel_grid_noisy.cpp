// Nearest-neighbour upscales with noise on them: nearly all that changes, changes at the grid's borders, and what is
// between them is as quiet as the noise (each true pixel votes by its borders: tiled gradient voting, without the
// tiles).
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/image/pixel_grid_votes.h"

namespace loom::grid {
namespace {

constexpr int kLargestScale = 40;
constexpr int kFewestCells = 4;

/// Sum of steps on the borders of a grid, and how many borders there are.
struct OnGrid {
  double sum = 0;
  int count = 0;
};
OnGrid onGrid(const Profile& profile, double scale, double offset) {
  OnGrid result;
  const int length = static_cast<int>(profile.steps.size());
  for (int i = 0;; ++i) {
    const int x = static_cast<int>(std::ceil(offset + i * scale - 0.5 - 1e-7));
    if (x >= length) return result;
    if (x < 1) continue;
    result.sum += profile.steps[static_cast<std::size_t>(x)];
    ++result.count;
  }
}

double quietness(const Signal& signal, const OnGrid& columns, const OnGrid& rows) {
  const double total = signal.columns.total + signal.rows.total;
  const double places = signal.width + signal.height - 2;
  const double between = places - columns.count - rows.count;
  if (total <= 0 || between <= 0) return 1;
  return (total - columns.sum - rows.sum) / between / (total / places);
}

/// The offset whose borders see most; the middle of those that see the same.
double bestOffset(const Profile& profile, double scale, double step) {
  double first = 0;
  double last = 0;
  double most = -1;
  for (double shift = 0; shift < scale - step / 2; shift += step) {
    const OnGrid on = onGrid(profile, scale, shift);
    const double density = on.count == 0 ? 0 : on.sum / on.count;
    if (density > most) first = shift;
    if (density >= most) last = shift;
    most = std::max(most, density);
  }
  const double middle = last - first < 1 ? (first + last) / 2 : first;  // equal ones far apart are chance
  return middle == 0 ? 0 : middle - scale;
}

Vote voteFor(const Signal& signal, double scaleX, double scaleY, double offsetX, double offsetY) {
  const double left = quietness(signal, onGrid(signal.columns, scaleX, offsetX), onGrid(signal.rows, scaleY, offsetY));
  return {scaleX, scaleY, offsetX, offsetY, GridFilter::kBox, left};
}

/// A part of an upscale: any offset, and of the scales near the given one that which the borders keep to over the whole
/// length, or a round one that is as good.
Vote cutVote(const Signal& signal, double scale) {
  constexpr double kStep = 0.25;  // pixels
  constexpr double kGain = 0.95;  // what another scale must leave at most
  const auto at = [&signal](double tried) {
    return voteFor(signal, tried, tried, bestOffset(signal.columns, tried, kStep),
                   bestOffset(signal.rows, tried, kStep));
  };
  const int length = std::max(signal.width, signal.height);
  Vote best = at(roundedScale(scale, length));
  // Over the whole length, neighbouring scales differ by a quarter of a pixel, the outermost by half a cell.
  const int steps = static_cast<int>(std::ceil(2 * scale));
  for (int i = -steps; i <= steps; ++i) {
    const Vote other = at(scale + 0.25 * scale * i / length);
    if (other.left < kGain * best.left) best = other;
  }
  return best;
}

}  // namespace

std::vector<Vote> noisyVotes(const Signal& signal, const std::vector<double>& broken) {
  std::vector<Vote> votes;
  const int shorter = std::min(signal.width, signal.height);
  for (int scale = 2; scale <= std::min(kLargestScale, shorter / kFewestCells); ++scale) {
    votes.push_back(
        voteFor(signal, scale, scale, bestOffset(signal.columns, scale, 1), bestOffset(signal.rows, scale, 1)));
  }
  for (const double scale : broken) {
    if (shorter < kFewestCells * scale) continue;
    for (int more = -1; more <= 1; ++more) {
      const double across = std::round(signal.width / scale) + more;
      const double down = std::round(signal.height * across / signal.width);
      if (across < kFewestCells || down < kFewestCells) continue;
      votes.push_back(voteFor(signal, signal.width / across, signal.height / down, 0, 0));
    }
    votes.push_back(cutVote(signal, scale));
  }
  return votes;
}

}  // namespace loom::grid
