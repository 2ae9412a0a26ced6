#include "core/image/pixel_grid_signal.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loom::grid {
namespace {

constexpr int kTileStep = 256;
constexpr float kLimit = 48 * 48;
constexpr float kStrong = 20;
constexpr float kFaint = 5;
constexpr float kFlat = 1.01F;

/// What brightness is measured from: in the middle, as single precision is finest near 0.
constexpr float kMiddle = 100;

/// Linear in what interpolation works on (colours weighted by alpha), so that a filter's law holds for it; alpha counts
/// too, for black outlines on nothing.
float brightness(const Rgba& pixel) {
  const float alpha = static_cast<float>(pixel.a) / 255;
  return alpha * (0.299F * static_cast<float>(pixel.r) + 0.587F * static_cast<float>(pixel.g) +
                  0.114F * static_cast<float>(pixel.b) - kMiddle);
}

/// Where the window of the most changes begins along one axis.
struct Corner {
  int x = 0, y = 0;
};
Corner busiestWindow(const Sprite& picture, int width, int height) {
  constexpr int kEvery = 4;
  Corner best;
  double most = -1;
  for (int top = 0; top + height <= picture.height(); top += kTileStep) {
    for (int left = 0; left + width <= picture.width(); left += kTileStep) {
      double changes = 0;
      for (int y = top; y < top + height; y += kEvery * kEvery) {
        for (int x = left + kEvery; x < left + width; x += kEvery) {
          changes += std::abs(brightness(picture.at(x, y)) - brightness(picture.at(x - 2, y)));
        }
      }
      if (changes > most) {
        most = changes;
        best = {left, top};
      }
    }
  }
  return best;
}

struct StepCount {
  int any = 0;
  int faint = 0;
  int strong = 0;
  int hard = 0;
};

/// One line's part of a profile. `values` has `length` entries `stride` apart.
void addLine(const float* values, int length, std::ptrdiff_t stride, Profile& profile, StepCount& count) {
  float before = 0;
  float here = values[stride] - values[0];
  for (int x = 1; x < length; ++x) {
    const float after = x + 1 < length ? values[(x + 1) * stride] - values[x * stride] : 0;
    if (here == 0 && after == 0) {  // most of a sprite is flat
      before = 0;
      continue;
    }
    const auto at = static_cast<std::size_t>(x);
    profile.steps[at] += std::min(here * here, kLimit);
    const float bend = after - here;
    if (x + 1 < length && std::abs(bend) > 2) profile.bends[at] += std::min(bend * bend, kLimit);
    if (here != 0) {
      ++count.any;
      count.faint += std::abs(here) < kFaint ? 1 : 0;
    }
    if (std::abs(here) > kStrong) {
      ++count.strong;
      const auto ends = [here](float step) { return std::abs(step) < kFlat || step * here < 0; };
      if (ends(before) && ends(after)) ++count.hard;
    }
    before = here;
    here = after;
  }
}

double changesAlong(const float* values, int length, std::ptrdiff_t stride) {
  double sum = 0;
  for (int x = 1; x < length; ++x) {
    const double step = values[x * stride] - values[(x - 1) * stride];
    sum += std::min(step * step, static_cast<double>(kLimit));
  }
  return sum;
}

Lines busiestLines(const std::vector<float>& values, int length, std::ptrdiff_t stride, int lines,
                   std::ptrdiff_t lineStride) {
  constexpr int kBudget = 8192;  // picture pixels looked at
  const int wanted = std::min(lines, std::clamp(kBudget / length, 8, 24));
  std::vector<std::pair<double, int>> order;
  for (int i = 0; i < lines; ++i) order.emplace_back(-changesAlong(values.data() + i * lineStride, length, stride), i);
  // One of each stretch, so that they are not all the same true line.
  Lines result{length, {}};
  result.values.reserve(static_cast<std::size_t>(wanted) * static_cast<std::size_t>(length));
  for (int part = 0; part < wanted; ++part) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(part) * lines / wanted;
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(part + 1) * lines / wanted;
    const auto best = std::min_element(begin, end);
    if (best->first == 0) continue;
    const float* const from = values.data() + best->second * lineStride;
    for (int x = 0; x < length; ++x) result.values.push_back(from[x * stride]);
  }
  return result;
}

/// The busiest line of each of a few stretches; `at` gives the brightness at (place along it, number of line).
template <class At>
Lines busiestOf(int length, int firstLine, int lines, At at) {
  constexpr int kWanted = 6;
  Lines result{length, {}};
  std::vector<float> line(static_cast<std::size_t>(length));
  for (int part = 0; part < std::min(kWanted, lines); ++part) {
    constexpr int kTried = 4;
    double most = 0;
    int best = -1;
    for (int i = 0; i < kTried; ++i) {
      const int number = firstLine + (part * kTried + i) * lines / (kTried * std::min(kWanted, lines));
      for (int x = 0; x < length; ++x) line[static_cast<std::size_t>(x)] = at(x, number);
      const double changes = changesAlong(line.data(), length, 1);
      if (changes <= most) continue;
      most = changes;
      best = number;
    }
    for (int x = 0; best >= 0 && x < length; ++x) result.values.push_back(at(x, best));
  }
  return result;
}

}  // namespace

Lines wholeLinesAcross(const Sprite& picture, const Signal& signal) {
  return busiestOf(picture.width(), signal.top, signal.height,
                   [&picture](int x, int line) { return brightness(picture.at(x, line)); });
}

Lines wholeLinesDown(const Sprite& picture, const Signal& signal) {
  return busiestOf(picture.height(), signal.left, signal.width,
                   [&picture](int y, int line) { return brightness(picture.at(line, y)); });
}

Signal signalOf(const Sprite& picture) {
  Signal signal;
  signal.width = std::min(picture.width(), Signal::kMaxSide);
  signal.height = std::min(picture.height(), Signal::kMaxSide);
  const Corner corner = busiestWindow(picture, signal.width, signal.height);
  signal.left = corner.x;
  signal.top = corner.y;
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(signal.width) * static_cast<std::size_t>(signal.height));
  for (int y = 0; y < signal.height; ++y) {
    for (int x = 0; x < signal.width; ++x) values.push_back(brightness(picture.at(x + signal.left, y + signal.top)));
  }
  const auto prepare = [](Profile& profile, int length) {
    profile.steps.assign(static_cast<std::size_t>(length), 0);
    profile.bends.assign(static_cast<std::size_t>(length), 0);
  };
  prepare(signal.columns, signal.width);
  prepare(signal.rows, signal.height);
  StepCount count;
  for (int y = 0; y < signal.height; ++y) {
    addLine(values.data() + static_cast<std::ptrdiff_t>(y) * signal.width, signal.width, 1, signal.columns, count);
  }
  for (int x = 0; x < signal.width; ++x) addLine(values.data() + x, signal.height, signal.width, signal.rows, count);
  signal.hardShare = count.strong == 0 ? 0 : static_cast<double>(count.hard) / count.strong;
  signal.faintShare = count.any == 0 ? 0 : static_cast<double>(count.faint) / count.any;
  signal.columns.total = std::accumulate(signal.columns.steps.begin(), signal.columns.steps.end(), 0.0);
  signal.rows.total = std::accumulate(signal.rows.steps.begin(), signal.rows.steps.end(), 0.0);
  signal.across = busiestLines(values, signal.width, 1, signal.height, signal.width);
  signal.down = busiestLines(values, signal.height, signal.width, signal.width, 1);
  return signal;
}

}  // namespace loom::grid
