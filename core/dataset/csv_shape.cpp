#include "core/dataset/csv_shape.h"

#include <array>
#include <cmath>

#include "core/base/limits.h"

namespace loom {
namespace {

constexpr std::array<int, 4> kChannels{1, 3, 4, 2};  // as often as they are met
constexpr double kClearlySmoother = 0.9;
constexpr int kFewPixels = 16;  // show nothing of how smooth a picture is

/// Width and height of `pixels` pixels; 0 x 0 when there is no such picture.
CsvShape sizeOf(std::size_t pixels, const CsvOptions& options) {
  const auto told = [](int side) { return static_cast<std::size_t>(side); };
  std::size_t width = told(options.width);
  std::size_t height = told(options.height);
  if (width == 0 && height == 0) {
    width = height = static_cast<std::size_t>(std::llround(std::sqrt(static_cast<double>(pixels))));
  } else if (width == 0) {
    width = pixels / height;
  } else if (height == 0) {
    height = pixels / width;
  }
  constexpr auto kLongest = static_cast<std::size_t>(limits::kMaxSpriteSide);
  if (width == 0 || width > kLongest || height > kLongest || width * height != pixels) return {};
  return {.width = static_cast<int>(width), .height = static_cast<int>(height)};
}

/// The mean difference between values that lie `step` apart.
double meanDifference(std::span<const float> values, std::size_t step) {
  if (values.size() <= step) return 0;
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = step; i < values.size(); ++i) {
    const float difference = std::abs(values[i] - values[i - step]);
    if (std::isnan(difference)) continue;
    sum += static_cast<double>(difference);
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

/// How much a value differs from the same channel's to its left and above it.
double roughness(const CsvShape& shape, std::span<const float> row) {
  const auto width = static_cast<std::size_t>(shape.width);
  const auto channels = static_cast<std::size_t>(shape.channels);
  if (!shape.planar) return meanDifference(row, channels) + meanDifference(row, channels * width);
  const std::size_t plane = row.size() / channels;
  double sum = 0;
  for (std::size_t channel = 0; channel < channels; ++channel) {
    const std::span<const float> values = row.subspan(channel * plane, plane);
    sum += meanDifference(values, 1) + meanDifference(values, width);
  }
  return sum / static_cast<double>(channels);
}

/// Red, green and blue are the same throughout: a grayscale picture saved as RGB leaves no doubt where they lie.
bool isGrey(const CsvShape& shape, std::span<const float> row) {
  if (shape.channels < 3) return false;
  const auto channels = static_cast<std::size_t>(shape.channels);
  const std::size_t pixels = row.size() / channels;
  const std::size_t pixelStep = shape.planar ? 1 : channels;
  const std::size_t channelStep = shape.planar ? pixels : 1;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const float red = row[pixel * pixelStep];
    for (std::size_t channel = 1; channel < 3; ++channel) {
      if (row[pixel * pixelStep + channel * channelStep] != red) return false;
    }
  }
  return true;
}

double roughness(const CsvShape& shape, std::span<const std::span<const float>> rows) {
  double sum = 0;
  bool grey = true;
  for (const std::span<const float> row : rows) {
    sum += roughness(shape, row);
    grey = grey && isGrey(shape, row);
  }
  return grey ? 0 : sum;
}

}  // namespace

std::vector<CsvShape> possibleShapes(std::size_t values, const CsvOptions& options) {
  std::vector<CsvShape> shapes;
  for (const bool planar : {false, true}) {
    for (const int channels : kChannels) {
      if (options.channels != 0 && options.channels != channels) continue;
      if (channels == 1 ? planar : options.planar.value_or(planar) != planar) continue;
      const auto step = static_cast<std::size_t>(channels);
      if (values == 0 || values % step != 0) continue;
      CsvShape shape = sizeOf(values / step, options);
      if (shape.width == 0) continue;
      shape.channels = channels;
      shape.planar = planar;
      shapes.push_back(shape);
    }
  }
  return shapes;
}

CsvShape smoothestShape(const std::vector<CsvShape>& shapes, std::span<const std::span<const float>> rows) {
  CsvShape best = shapes.front();
  if (shapes.size() == 1) return best;
  double least = roughness(best, rows);
  for (const CsvShape& shape : std::span(shapes).subspan(1)) {
    if (shape.width * shape.height < kFewPixels) continue;
    const double rough = roughness(shape, rows);
    if (rough < kClearlySmoother * least) {
      best = shape;
      least = rough;
    }
  }
  return best;
}

}  // namespace loom
