#include "core/image/ramps.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <numbers>

#include "core/image/oklab.h"

namespace loom {
namespace {

constexpr float kGrey = .025F;   // chroma below which a colour has no hue that an eye would name
constexpr double kHueSpan = 60;  // degrees within one ramp
constexpr double kFullCircle = 360;

struct Worn {
  Rgba colour;
  OkLab lab;
  double hue = 0;  ///< degrees
  std::int64_t pixels = 0;
};

double hueOf(const OkLab& lab) {
  return std::atan2(lab.b, lab.a) * 180 / std::numbers::pi;
}

double hueDistance(double one, double other) {
  const double apart = std::fmod(std::abs(one - other), kFullCircle);
  return std::min(apart, kFullCircle - apart);
}

std::vector<Worn> wornBy(std::span<const Sprite> sprites) {
  std::map<std::uint32_t, std::int64_t> counts;
  for (const Sprite& sprite : sprites) {
    for (const Rgba& pixel : sprite.pixels()) {
      if (pixel.a > 0) ++counts[std::bit_cast<std::uint32_t>(pixel)];
    }
  }
  std::vector<Worn> worn;
  for (const auto& [value, pixels] : counts) {
    const Rgba colour = std::bit_cast<Rgba>(value);
    const OkLab lab = toOkLab(colour);
    worn.push_back({.colour = colour, .lab = lab, .hue = hueOf(lab), .pixels = pixels});
  }
  return worn;
}

using Group = std::vector<Worn>;

/// The two hues that lie furthest apart.
double span(const Group& one, const Group& other) {
  double widest = 0;
  for (const Worn& a : one) {
    for (const Worn& b : other) widest = std::max(widest, hueDistance(a.hue, b.hue));
  }
  return widest;
}

/// Joins the two groups that lie nearest until none fit together.
void joinHues(std::vector<Group>& groups) {
  while (true) {
    double nearest = kHueSpan;
    std::size_t first = 0, second = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        const double apart = span(groups[i], groups[j]);
        if (apart >= nearest) continue;
        nearest = apart;
        first = i;
        second = j;
      }
    }
    if (first == second) return;
    groups[first].insert(groups[first].end(), groups[second].begin(), groups[second].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(second));
  }
}

std::int64_t pixelsOf(const Group& group) {
  std::int64_t pixels = 0;
  for (const Worn& worn : group) pixels += worn.pixels;
  return pixels;
}

Rgba withAlpha(Rgba colour, std::uint8_t alpha) {
  colour.a = alpha;
  return colour;
}

/// Where the colour lies between the darkest and the lightest of its ramp, 0..1.
float placeIn(const Ramp& ramp, const Rgba& colour) {
  const float low = toOkLab(ramp.front()).L, high = toOkLab(ramp.back()).L;
  return high - low < 1e-4F ? .5F : (toOkLab(colour).L - low) / (high - low);
}

/// The ramp's colour at `place`, 0..1, between its neighbours there.
OkLab along(const Ramp& ramp, float place) {
  for (std::size_t i = 1; i < ramp.size(); ++i) {
    const float low = placeIn(ramp, ramp[i - 1]), high = placeIn(ramp, ramp[i]);
    if (place > high && i + 1 < ramp.size()) continue;
    const float share = high - low < 1e-6F ? 0 : std::clamp((place - low) / (high - low), 0.F, 1.F);
    const OkLab from = toOkLab(ramp[i - 1]), to = toOkLab(ramp[i]);
    return {std::lerp(from.L, to.L, share), std::lerp(from.a, to.a, share), std::lerp(from.b, to.b, share)};
  }
  return toOkLab(ramp.front());
}

}  // namespace

std::vector<Ramp> rampsOf(std::span<const Sprite> sprites) {
  Group greys;
  std::vector<Group> groups;
  for (const Worn& worn : wornBy(sprites)) {
    if (chroma(worn.lab) < kGrey) {
      greys.push_back(worn);
    } else {
      groups.push_back({worn});
    }
  }
  joinHues(groups);
  if (!greys.empty()) groups.push_back(std::move(greys));
  std::ranges::stable_sort(groups, std::greater{}, pixelsOf);
  std::vector<Ramp> ramps;
  for (Group& group : groups) {
    std::ranges::stable_sort(group, {}, [](const Worn& worn) { return worn.lab.L; });
    Ramp& ramp = ramps.emplace_back();
    for (const Worn& worn : group) ramp.push_back(worn.colour);
  }
  return ramps;
}

std::vector<ColourChange> shifted(const Ramp& ramp, const RampShift& shift) {
  const float angle = shift.hue * std::numbers::pi_v<float> / 180;
  const float cosine = std::cos(angle) * shift.chroma, sine = std::sin(angle) * shift.chroma;
  std::vector<ColourChange> changes;
  for (const Rgba& colour : ramp) {
    const OkLab lab = toOkLab(colour);
    const OkLab moved{std::clamp(lab.L + shift.lightness, 0.F, 1.F), lab.a * cosine - lab.b * sine,
                      lab.a * sine + lab.b * cosine};
    changes.push_back({colour, shift == RampShift{} ? colour : withAlpha(fromOkLab(moved), colour.a)});
  }
  return changes;
}

std::vector<ColourChange> inHuesOf(const Ramp& other, const Ramp& ramp) {
  std::vector<ColourChange> changes;
  if (other.empty()) return changes;
  for (const Rgba& colour : ramp) {
    const OkLab hue = along(other, placeIn(ramp, colour));
    changes.push_back({colour, withAlpha(fromOkLab({toOkLab(colour).L, hue.a, hue.b}), colour.a)});
  }
  return changes;
}

Sprite recoloured(const Sprite& sprite, std::span<const ColourChange> changes) {
  std::map<std::uint32_t, Rgba> table;
  for (const ColourChange& change : changes) table.emplace(std::bit_cast<std::uint32_t>(change.from), change.to);
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    const auto found = table.find(std::bit_cast<std::uint32_t>(pixel));
    if (found != table.end()) pixel = found->second;
  }
  return result;
}

RampName nameOf(const Ramp& ramp) {
  OkLab mean;
  bool grey = true;
  for (const Rgba& colour : ramp) {
    const OkLab lab = toOkLab(colour);
    mean.a += lab.a;
    mean.b += lab.b;
    grey = grey && chroma(lab) < kGrey;
  }
  return {.grey = grey, .hue = grey ? 0 : static_cast<float>(hueOf(mean))};
}

std::optional<std::size_t> findRamp(std::span<const Ramp> ramps, const RampName& name) {
  constexpr double kAlike = 40;
  std::optional<std::size_t> found;
  double nearest = kAlike;
  for (std::size_t i = 0; i < ramps.size(); ++i) {
    const RampName here = nameOf(ramps[i]);
    if (here.grey != name.grey) continue;
    const double apart = hueDistance(here.hue, name.hue);
    if (apart > nearest || (found && apart == nearest)) continue;
    nearest = apart;
    found = i;
  }
  return found;
}

std::vector<ColourChange> changesOf(std::span<const Ramp> ramps, std::span<const RampEdit> edits) {
  std::vector<ColourChange> changes;
  for (const RampEdit& edit : edits) {
    const std::optional<std::size_t> place = findRamp(ramps, edit.ramp);
    if (!place) continue;
    std::vector<ColourChange> ofRamp = shifted(ramps[*place], {});
    if (edit.like) {
      const std::optional<std::size_t> other = findRamp(ramps, *edit.like);
      if (other) ofRamp = inHuesOf(ramps[*other], ramps[*place]);
    }
    for (ColourChange& change : ofRamp) change.to = shifted({change.to}, edit.shift).front().to;
    changes.insert(changes.end(), ofRamp.begin(), ofRamp.end());
  }
  return changes;
}

std::vector<Sprite> recoloured(std::span<const Sprite> sprites, std::span<const RampEdit> edits) {
  std::vector<Sprite> result(sprites.begin(), sprites.end());
  if (edits.empty()) return result;
  const std::vector<ColourChange> changes = changesOf(rampsOf(sprites), edits);
  for (Sprite& sprite : result) sprite = recoloured(sprite, changes);
  return result;
}

}  // namespace loom
