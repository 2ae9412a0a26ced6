#include "core/dataset/augment.h"

#include <algorithm>

#include "core/project/view.h"

namespace loom {
namespace {

double factor(RandomStream& random, double spread) {
  return spread > 0 ? random.uniform(std::max(0.0, 1 - spread), 1 + spread) : 1;
}

}  // namespace

AugmentOptions AugmentOptions::from(const Json& settings) {
  return {.mirror = settings.value("mirror", false),
          .shift = settings.value("shift", 0),
          .brightness = settings.value("jitter_brightness", 0.0),
          .contrast = settings.value("jitter_contrast", 0.0),
          .saturation = settings.value("jitter_saturation", 0.0),
          .hue = settings.value("jitter_hue", 0.0)};
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
  return result;
}

}  // namespace loom
