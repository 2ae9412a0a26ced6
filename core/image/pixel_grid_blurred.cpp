// Which of the votes wins: the coarsest grid that explains the picture nearly as well as the best one does, since every
// finer grid that contains the right one explains it too.
#include <algorithm>
#include <cmath>

#include "core/image/pixel_grid_parts.h"
#include "core/image/pixel_grid_votes.h"

namespace loom::grid {
namespace {

constexpr double kHard = 0.35;  ///< share of hard steps from which a picture is not interpolated
constexpr double kFaint = 0.4;  ///< share of faint steps from which it is noisy

double meanScale(const Vote& vote) {
  return (vote.scaleX + vote.scaleY) / 2;
}

const Vote* winner(const std::vector<Vote>& votes) {
  if (votes.empty()) return nullptr;
  const double least = std::ranges::min_element(votes, {}, &Vote::left)->left;
  const double enough = 1.4 * least + 0.04;
  const Vote* coarsest = nullptr;
  for (const Vote& vote : votes) {
    if (vote.left <= enough && (coarsest == nullptr || meanScale(vote) > meanScale(*coarsest))) coarsest = &vote;
  }
  // Of those that mean nearly the same, the best; round numbers count for a little.
  const auto cost = [](const Vote& vote) { return vote.left * (1 - 0.01 * scalePrior(meanScale(vote))); };
  const Vote* best = coarsest;
  for (const Vote& vote : votes) {
    if (meanScale(vote) > 0.96 * meanScale(*coarsest) && cost(vote) < cost(*best)) best = &vote;
  }
  return best;
}

/// How many places of an axis the changes are spread over: few strong ones count as few.
double spread(const Profile& profile) {
  double squares = 0;
  for (const float step : profile.steps) squares += static_cast<double>(step) * step;
  return squares <= 0 ? 0 : profile.total * profile.total / squares;
}

/// What speaks for a grid by the number of edges alone: that each of them lies on the grid by chance has the
/// probability 1 / scale. Little pieces of native art thus give no alarm.
double confidenceOfAmount(const Signal& signal, const Vote& vote) {
  constexpr double kEven = 9;
  const double edges = std::max(spread(signal.columns) + spread(signal.rows) - 2, 0.0);
  // That the grid begins with the picture would be chance too.
  const bool aligned = vote.offsetX == 0 && vote.offsetY == 0 && std::round(vote.scaleX) == vote.scaleX;
  const double each = std::log(std::min(meanScale(vote), 4.0));
  return confidenceOf((edges + (aligned ? 2 : 0)) * each, kEven);
}

/// Native art leaves 0.7 and more of noisy grids; of smooth ones, which are tried with more freedom, 0.6 at times.
double confidenceOfLeft(const Vote& vote) {
  const double even = vote.filter == GridFilter::kBox ? 0.56 : 0.5;
  constexpr double kSpread = 0.05;
  return 1 / (1 + std::exp((vote.left - even) / kSpread));
}

double intoCell(double offset, double scale) {
  const double rest = std::fmod(offset, scale);
  return rest > 0 ? rest - scale : rest;
}

PixelGrid asGrid(const Vote& vote, const Signal& signal, double confidence) {
  PixelGrid grid;
  grid.kind = vote.filter == GridFilter::kBox ? GridKind::kCompressed : GridKind::kSmooth;
  grid.filter = vote.filter;
  grid.scaleX = vote.scaleX;
  grid.scaleY = vote.scaleY;
  grid.offsetX = intoCell(vote.offsetX + signal.left, vote.scaleX);
  grid.offsetY = intoCell(vote.offsetY + signal.top, vote.scaleY);
  grid.confidence = confidence;
  return grid;
}

}  // namespace

std::optional<PixelGrid> findBlurredGrid(const Sprite& picture) {
  const Signal signal = signalOf(picture);
  if (signal.columns.total <= 0 || signal.rows.total <= 0) return std::nullopt;
  const bool hard = signal.hardShare >= kHard;
  const bool clean = hard && signal.faintShare < kFaint;
  const std::vector<double> scales = clean ? std::vector<double>() : repeatingScales(signal);
  std::vector<Vote> votes = noisyVotes(signal, scales);
  if (!hard) {
    const std::vector<Vote> smooth = smoothVotes(signal, scales);
    votes.insert(votes.end(), smooth.begin(), smooth.end());
  }
  const Vote* const best = winner(votes);
  if (best == nullptr) return std::nullopt;
  const double confidence = std::min(confidenceOfLeft(*best), confidenceOfAmount(signal, *best));
  PixelGrid grid = asGrid(*best, signal, confidence);
  if (grid.kind == GridKind::kSmooth) grid.filter = filterOf(signal, *best);
  return overWholePicture(picture, signal, grid);
}

}  // namespace loom::grid
