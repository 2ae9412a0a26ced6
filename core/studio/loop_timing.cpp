#include "core/studio/loop_timing.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>

#include "core/base/limits.h"

namespace loom {
namespace {

constexpr std::int64_t kLongestTogether = 30'000;  ///< ms

int lengthOf(const Loop::Track& track) {
  int length = 0;
  for (const Loop::Step& step : track.steps) length += step.milliseconds;
  return length;
}

/// After which all tracks begin anew, unless that takes too long: then the longest one's.
int periodOf(const std::vector<Loop::Track>& tracks) {
  std::int64_t together = 1;
  int longest = 0;
  for (const Loop::Track& track : tracks) {
    const int length = lengthOf(track);
    longest = std::max(longest, length);
    if (together <= kLongestTogether) together = std::lcm(together, std::int64_t{length});
  }
  return together <= kLongestTogether ? static_cast<int>(together) : longest;
}

}  // namespace

std::vector<Loop::Frame> loopFrames(const std::vector<Loop::Track>& tracks) {
  const int period = periodOf(tracks);
  std::set<int> changes;
  for (const Loop::Track& track : tracks) {
    for (int at = 0; at < period;) {
      for (const Loop::Step& step : track.steps) {
        if (at < period) changes.insert(at);
        at += step.milliseconds;
      }
    }
  }
  std::vector<Loop::Frame> frames;
  int begin = 0;
  for (const int change : changes) {
    const bool tooFast =
        change - begin < limits::kMinFrameMilliseconds || period - change < limits::kMinFrameMilliseconds;
    if (!frames.empty() && tooFast) {
      frames.back().at = change;
      continue;
    }
    if (!frames.empty()) frames.back().milliseconds = change - begin;
    frames.push_back({change, 0});
    begin = change;
  }
  frames.back().milliseconds = period - begin;
  return frames;
}

std::size_t viewAt(const Loop::Track& track, int at) {
  int left = at % lengthOf(track);
  for (const Loop::Step& step : track.steps) {
    if (left < step.milliseconds) return step.view;
    left -= step.milliseconds;
  }
  return track.steps.back().view;
}

}  // namespace loom
