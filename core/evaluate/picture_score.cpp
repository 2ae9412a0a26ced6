#include "core/evaluate/picture_score.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

/// All transparent pixels are the same.
std::uint32_t numberOf(const Rgba& colour) {
  if (colour.a == 0) return 0;
  return static_cast<std::uint32_t>(colour.r) << 24 | static_cast<std::uint32_t>(colour.g) << 16 |
         static_cast<std::uint32_t>(colour.b) << 8 | colour.a;
}

Rgba colourOf(std::uint32_t number) {
  const auto part = [number](int shift) { return static_cast<std::uint8_t>(number >> shift & 255); };
  return {part(24), part(16), part(8), part(0)};
}

/// Sum over the four channels, each 0..1, colours multiplied by alpha.
double apart(const Rgba& a, const Rgba& b) {
  const auto colour = [&](std::uint8_t one, std::uint8_t other) { return std::abs(one * a.a - other * b.a); };
  const int colours = colour(a.r, b.r) + colour(a.g, b.g) + colour(a.b, b.b);
  return static_cast<double>(colours) / (255. * 255) + std::abs(a.a - b.a) / 255.;
}

}  // namespace

void WornColours::add(const Sprite& sprite) {
  for (const Rgba& pixel : sprite.pixels()) {
    const std::uint32_t number = numberOf(pixel);
    const auto place = std::ranges::lower_bound(m_colours, number);
    if (place == m_colours.end() || *place != number) m_colours.insert(place, number);
  }
  m_nearest.clear();
}

bool WornColours::contains(const Rgba& colour) const {
  return std::ranges::binary_search(m_colours, numberOf(colour));
}

Rgba WornColours::nearest(const Rgba& colour) {
  if (contains(colour)) return colourOf(numberOf(colour));
  const auto [known, isNew] = m_nearest.try_emplace(numberOf(colour));
  if (!isNew) return known->second;
  const auto farther = [&colour](std::uint32_t number) { return apart(colour, colourOf(number)); };
  return known->second = colourOf(*std::ranges::min_element(m_colours, {}, farther));
}

Sprite WornColours::bestOf(const Sprite& truth) {
  Sprite best = truth;
  for (Rgba& pixel : best.pixels()) pixel = nearest(pixel);
  return best;
}

PictureScore scoreOf(const Sprite& picture, const Sprite& truth, const WornColours& worn) {
  double sum = 0;
  std::int64_t right = 0, visible = 0, rightVisible = 0, foreign = 0;
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    const Rgba &drawn = picture.pixels()[i], &wanted = truth.pixels()[i];
    const bool same = numberOf(drawn) == numberOf(wanted), shown = drawn.a > 0 || wanted.a > 0;
    if (!same) sum += apart(drawn, wanted);
    right += same ? 1 : 0;
    visible += shown ? 1 : 0;
    rightVisible += same && shown ? 1 : 0;
    foreign += worn.contains(drawn) ? 0 : 1;
  }
  const auto all = static_cast<double>(truth.pixels().size());
  return {.difference = 2 * sum / (4 * all),
          .exact = static_cast<double>(right) / all,
          .exactVisible = visible > 0 ? static_cast<double>(rightVisible) / static_cast<double>(visible) : 1,
          .foreign = static_cast<double>(foreign) / all};
}

Sprite differencePicture(const Sprite& picture, const Sprite& truth) {
  constexpr double kLeast = .25;  // so that a small difference can be seen
  Sprite shown(truth.width(), truth.height());
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    const Rgba &drawn = picture.pixels()[i], &wanted = truth.pixels()[i];
    if (numberOf(drawn) == numberOf(wanted)) continue;
    const double strength = kLeast + (1 - kLeast) * std::min(1., apart(drawn, wanted) / 2);
    shown.pixels()[i] = {255, 64, 48, static_cast<std::uint8_t>(std::lround(255 * strength))};
  }
  return shown;
}

}  // namespace loom
