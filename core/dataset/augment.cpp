#include "core/dataset/augment.h"

#include <algorithm>

#include "core/project/view.h"

namespace loom {
namespace {

double factor(RandomStream& random, double spread) {
  return spread > 0 ? random.uniform(std::max(0.0, 1 - spread), 1 + spread) : 1;
}

/// What one word switches on.
AugmentOptions bundle(const std::string& word) {
  if (word == "gentle") return {.shift = 1, .brightness = .05, .contrast = .05, .saturation = .05, .hue = .02};
  if (word == "strong") {
    return {.mirror = true, .shift = 3, .brightness = .2, .contrast = .2, .saturation = .2, .hue = .08};
  }
  return {};
}

/// One of the five other orders of red, green and blue.
std::array<int, 3> otherOrder(RandomStream& random) {
  std::array<int, 3> order{0, 1, 2};
  for (std::uint32_t left = 1 + random.below(5); left > 0; --left) std::ranges::next_permutation(order);
  return order;
}

}  // namespace

AugmentOptions AugmentOptions::from(const Json& settings) {
  const AugmentOptions least = bundle(settings.value("augment", "off"));
  const auto atLeast = [&settings](const char* name, double value) {
    return std::max(value, settings.value(name, 0.0));
  };
  return {.mirror = least.mirror || settings.value("mirror", false),
          .shift = std::max(least.shift, settings.value("shift", 0)),
          .brightness = atLeast("jitter_brightness", least.brightness),
          .contrast = atLeast("jitter_contrast", least.contrast),
          .saturation = atLeast("jitter_saturation", least.saturation),
          .hue = atLeast("jitter_hue", least.hue),
          .palette = atLeast("palette_swap", least.palette)};
}

Augmenter::Augmenter(const AugmentOptions& options, const std::vector<std::string>& views, RandomStream random)
    : m_options(options), m_random(random) {
  for (const std::string& view : views) {
    const auto opposite = std::ranges::find(views, mirroredView(view));
    m_mirrored.push_back(opposite == views.end() ? std::nullopt
                                                 : std::optional(static_cast<int>(opposite - views.begin())));
  }
}

Augmentation Augmenter::next(int view) {
  Augmentation result{.view = view};
  if (m_options.mirror && m_random.chance(.5)) {
    const std::optional<int> opposite = m_mirrored[static_cast<std::size_t>(view)];
    result.mirror = opposite.has_value();
    result.view = opposite.value_or(view);
  }
  if (m_options.shift > 0) {
    result.dx = m_random.between(-m_options.shift, m_options.shift);
    result.dy = m_random.between(-m_options.shift, m_options.shift);
  }
  result.brightness = factor(m_random, m_options.brightness);
  result.contrast = factor(m_random, m_options.contrast);
  result.saturation = factor(m_random, m_options.saturation);
  if (m_options.hue > 0) result.hue = m_random.uniform(-m_options.hue, m_options.hue);
  if (m_options.palette > 0 && m_random.chance(m_options.palette)) result.palette = otherOrder(m_random);
  return result;
}

}  // namespace loom
