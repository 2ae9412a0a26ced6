// Hand-set colour ramps of the starter set: shadows turn to blue and purple, lights to yellow.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/image/sprite.h"

namespace loom::starter {

/// What a pixel is made of; each has a ramp of its own in a character's palette.
enum class RampId : std::uint8_t { kNone, kSkin, kHair, kEye, kPrimary, kSecondary, kLeather, kMetal, kGold };
inline constexpr int kRamps = 9;
inline constexpr int kShades = 5;

/// Outline, shadow, base, light, highlight. Of eyes: lash, dark iris, light iris, white, blush of the cheek.
struct Ramp {
  std::string_view name;
  std::array<std::uint32_t, kShades> colours;  ///< 0xrrggbb
};

std::span<const Ramp> skinRamps();  ///< the human ones first
std::span<const Ramp> hairRamps();  ///< natural ones first
std::span<const Ramp> clothRamps();
std::span<const Ramp> leatherRamps();
std::span<const Ramp> metalRamps();
const Ramp& goldRamp();
std::span<const Ramp> eyeColours();  ///< two colours of the iris are set; the rest follows skin and hair
inline constexpr int kHumanSkins = 7;
inline constexpr int kNaturalHairs = 8;

class Palette {
 public:
  void set(RampId ramp, const Ramp& colours);
  void setColour(RampId ramp, int shade, Rgba colour);
  Rgba colour(RampId ramp, int shade) const;

 private:
  std::array<Rgba, kRamps * kShades> m_colours{};
};

Rgba rgba(std::uint32_t colour);
/// `first` and `second` mixed, `weight` of 256 parts being the second.
Rgba mixed(Rgba first, Rgba second, int weight);

}  // namespace loom::starter
