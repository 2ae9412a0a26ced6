#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

void checkSize(const Sprite& sprite, int width, int height) {
  if (sprite.empty() || width < 1 || height < 1) {
    throw Error("a sprite without pixels cannot be fitted", "leave it out");
  }
}

/// One new pixel along an axis: the old ones it covers, and how much of each.
struct Coverage {
  int first = 0;
  std::vector<double> weights;
};

std::vector<Coverage> coverageOf(int from, int to) {
  std::vector<Coverage> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double start = static_cast<double>(i) * from / to;
    const double end = static_cast<double>(i + 1) * from / to;
    Coverage& coverage = all[static_cast<std::size_t>(i)];
    coverage.first = static_cast<int>(start);
    for (int at = coverage.first; at < from && at < end; ++at) {
      coverage.weights.push_back(std::min(end, at + 1.0) - std::max(start, static_cast<double>(at)));
    }
  }
  return all;
}

Rgba meanOf(const Sprite& sprite, const Coverage& across, const Coverage& down) {
  std::array<double, 3> sums{};
  double alpha = 0;
  double area = 0;
  for (std::size_t j = 0; j < down.weights.size(); ++j) {
    for (std::size_t i = 0; i < across.weights.size(); ++i) {
      const Rgba& pixel = sprite.at(across.first + static_cast<int>(i), down.first + static_cast<int>(j));
      const double weight = across.weights[i] * down.weights[j];
      const double covered = weight * pixel.a;
      area += weight;
      alpha += covered;
      sums[0] += covered * pixel.r;
      sums[1] += covered * pixel.g;
      sums[2] += covered * pixel.b;
    }
  }
  const auto rounded = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
  const std::uint8_t opacity = rounded(alpha / area);
  if (opacity == 0) return {};
  return {rounded(sums[0] / alpha), rounded(sums[1] / alpha), rounded(sums[2] / alpha), opacity};
}

Fitted standing(const Sprite& sprite, int side, const std::string& how) {
  if (sprite.width() == side && sprite.height() == side) return {sprite, how};
  Sprite result(side, side);
  paste(result, sprite, (side - sprite.width()) / 2, side - sprite.height());
  return {result, how};
}

Fitted resampledTo(const Sprite& sprite, int side, bool area) {
  if (std::max(sprite.width(), sprite.height()) == side) {
    const bool square = sprite.width() == sprite.height();
    return standing(sprite, side, square ? "unchanged" : "padded");
  }
  const int longest = std::max(sprite.width(), sprite.height());
  const auto fit = [side, longest](int length) {
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(length) * side / longest)));
  };
  const int width = fit(sprite.width());
  const int height = fit(sprite.height());
  if (area) return standing(resampledArea(sprite, width, height), side, "resampled (area)");
  return standing(resampledNearest(sprite, width, height), side, "resampled (nearest)");
}

/// The part of `length` that keeps `start`..`end`: `side` long, as near to `wanted` as that allows.
int windowStart(int start, int end, int side, int wanted) {
  return std::clamp(wanted, end - side, start);
}

/// A larger sprite whose visible part fits: cut out around it, where possible from the middle of the bottom edge, so
/// that the frames of one figure stay where they were to each other.
bool fitsWithoutSurroundings(const Sprite& sprite, int side, PixelRect& window) {
  const PixelRect bounds = opaqueBounds(sprite);
  if (bounds.width == 0 || bounds.width > side || bounds.height > side) return false;
  window = {windowStart(bounds.x, bounds.x + bounds.width, side, (sprite.width() - side) / 2),
            windowStart(bounds.y, bounds.y + bounds.height, side, sprite.height() - side), side, side};
  return true;
}

}  // namespace

Sprite resampledArea(const Sprite& sprite, int width, int height) {
  checkSize(sprite, width, height);
  const std::vector<Coverage> across = coverageOf(sprite.width(), width);
  const std::vector<Coverage> down = coverageOf(sprite.height(), height);
  Sprite result(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      result.at(x, y) = meanOf(sprite, across[static_cast<std::size_t>(x)], down[static_cast<std::size_t>(y)]);
    }
  }
  return result;
}

Sprite resampledNearest(const Sprite& sprite, int width, int height) {
  checkSize(sprite, width, height);
  Sprite result(width, height);
  for (int y = 0; y < height; ++y) {
    const int sourceY = (2 * y + 1) * sprite.height() / (2 * height);
    for (int x = 0; x < width; ++x) result.at(x, y) = sprite.at((2 * x + 1) * sprite.width() / (2 * width), sourceY);
  }
  return result;
}

FitMode fitModeNamed(const std::string& name) {
  if (name == "auto") return FitMode::kAuto;
  if (name == "pad") return FitMode::kPad;
  if (name == "whole") return FitMode::kWhole;
  if (name == "nearest") return FitMode::kNearest;
  if (name == "area") return FitMode::kArea;
  throw Error("there is no way '" + name + "' to fit a sprite", "use auto, pad, whole, nearest or area");
}

Fitted fittedTo(const Sprite& sprite, int side, FitMode mode) {
  checkSize(sprite, side, side);
  if (mode == FitMode::kNearest || mode == FitMode::kArea) return resampledTo(sprite, side, mode == FitMode::kArea);
  const int longest = std::max(sprite.width(), sprite.height());
  if (longest > side) {
    PixelRect window;
    if (fitsWithoutSurroundings(sprite, side, window)) return {cropped(sprite, window), "surroundings cut off"};
  }
  if (mode == FitMode::kPad) {
    if (longest > side) return {sprite, "larger than " + std::to_string(side) + " px: left as it is"};
    return standing(sprite, side, sprite.width() == side && sprite.height() == side ? "unchanged" : "padded");
  }
  Fitted fitted = fittedTo(sprite, side);
  if (!fitted.how.starts_with("resampled")) return fitted;
  if (mode == FitMode::kWhole) return {sprite, "no whole-number scale fits: left as it is"};
  constexpr int kFewColours = 256;
  return countColours(sprite) > kFewColours ? resampledTo(sprite, side, true) : fitted;
}

}  // namespace loom
