#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/image/aseprite.h"

namespace loom::ase {
namespace {

enum Mode : int {
  kMultiply = 1,
  kScreen,
  kOverlay,
  kDarken,
  kLighten,
  kColourDodge,
  kColourBurn,
  kHardLight,
  kSoftLight,
  kDifference,
  kExclusion,
  kHue,
  kSaturation,
  kColour,
  kLuminosity,
  kAddition,
  kSubtract,
  kDivide
};

/// a * b / 255, rounded; one of the two may be a negative difference.
int product(int a, int b) {
  const int t = a * b + 128;
  return ((t >> 8) + t) >> 8;
}

/// a / b of parts of 255, rounded; b is not 0.
int quotient(int a, int b) {
  return (a * 255 + b / 2) / b;
}

int screen(int backdrop, int source) {
  return backdrop + source - product(backdrop, source);
}

int hardLight(int backdrop, int source) {
  return source < 128 ? product(backdrop, 2 * source) : screen(backdrop, 2 * source - 255);
}

int softLight(int backdrop, int source) {
  const double b = backdrop / 255.0;
  const double s = source / 255.0;
  const double lifted = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : std::sqrt(b);
  const double mixed = s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (lifted - b);
  return static_cast<int>(std::lround(mixed * 255));
}

int colourDodge(int backdrop, int source) {
  if (backdrop == 0) return 0;
  return backdrop >= 255 - source ? 255 : quotient(backdrop, 255 - source);
}

int colourBurn(int backdrop, int source) {
  if (backdrop == 255) return 255;
  return 255 - backdrop >= source ? 0 : 255 - quotient(255 - backdrop, source);
}

int divided(int backdrop, int source) {
  if (backdrop == 0) return 0;
  return backdrop >= source ? 255 : quotient(backdrop, source);
}

/// B(cb, cs) of the modes that treat each channel by itself.
int blendedChannel(int mode, int backdrop, int source) {
  switch (mode) {
    case kMultiply:
      return product(backdrop, source);
    case kScreen:
      return screen(backdrop, source);
    case kOverlay:
      return hardLight(source, backdrop);
    case kDarken:
      return std::min(backdrop, source);
    case kLighten:
      return std::max(backdrop, source);
    case kColourDodge:
      return colourDodge(backdrop, source);
    case kColourBurn:
      return colourBurn(backdrop, source);
    case kHardLight:
      return hardLight(backdrop, source);
    case kSoftLight:
      return softLight(backdrop, source);
    case kDifference:
      return std::abs(backdrop - source);
    case kExclusion:
      return backdrop + source - 2 * product(backdrop, source);
    case kAddition:
      return std::min(backdrop + source, 255);
    case kSubtract:
      return std::max(backdrop - source, 0);
    case kDivide:
      return divided(backdrop, source);
    default:
      return source;
  }
}

/// Red, green and blue from 0 to 1.
struct Colour {
  double r = 0, g = 0, b = 0;
};

Colour colourOf(const Rgba& pixel) {
  return {pixel.r / 255.0, pixel.g / 255.0, pixel.b / 255.0};
}

double luminosity(const Colour& c) {
  return 0.3 * c.r + 0.59 * c.g + 0.11 * c.b;
}

double saturation(const Colour& c) {
  return std::max({c.r, c.g, c.b}) - std::min({c.r, c.g, c.b});
}

/// ClipColor and SetLum of the W3C's text.
Colour withLuminosity(Colour c, double wanted) {
  const double shift = wanted - luminosity(c);
  c = {c.r + shift, c.g + shift, c.b + shift};
  const double lowest = std::min({c.r, c.g, c.b});
  const double highest = std::max({c.r, c.g, c.b});
  double share = 1;
  if (lowest < 0) share = wanted / (wanted - lowest);
  if (highest > 1) share = std::min(share, (1 - wanted) / (highest - wanted));
  const auto pulled = [&](double level) { return wanted + (level - wanted) * share; };
  return {pulled(c.r), pulled(c.g), pulled(c.b)};
}

Colour withSaturation(const Colour& c, double wanted) {
  const double lowest = std::min({c.r, c.g, c.b});
  const double range = saturation(c);
  if (range <= 0) return {};
  const auto stretched = [&](double level) { return (level - lowest) * wanted / range; };
  return {stretched(c.r), stretched(c.g), stretched(c.b)};
}

Colour blendedColour(int mode, const Colour& backdrop, const Colour& source) {
  switch (mode) {
    case kHue:
      return withLuminosity(withSaturation(source, saturation(backdrop)), luminosity(backdrop));
    case kSaturation:
      return withLuminosity(withSaturation(backdrop, saturation(source)), luminosity(backdrop));
    case kColour:
      return withLuminosity(source, luminosity(backdrop));
    default:
      return withLuminosity(backdrop, luminosity(source));
  }
}

/// `source` with the colour that the mode makes of both, its own alpha kept.
Rgba mixedBy(int mode, const Rgba& backdrop, const Rgba& source) {
  if (mode >= kHue && mode <= kLuminosity) {
    const Colour colour = blendedColour(mode, colourOf(backdrop), colourOf(source));
    constexpr double kRoundingError = 1e-9;
    const auto level = [](double value) {
      return static_cast<std::uint8_t>(std::clamp(255.0 * value + kRoundingError, 0.0, 255.0));
    };
    return {level(colour.r), level(colour.g), level(colour.b), source.a};
  }
  const auto level = [&](int below, int above) {
    return static_cast<std::uint8_t>(std::clamp(blendedChannel(mode, below, above), 0, 255));
  };
  return {level(backdrop.r, source.r), level(backdrop.g, source.g), level(backdrop.b, source.b), source.a};
}

Rgba laidOver(const Rgba& backdrop, const Rgba& source, int opacity) {
  const int alpha = product(source.a, opacity);
  if (backdrop.a == 0) return {source.r, source.g, source.b, static_cast<std::uint8_t>(alpha)};
  if (alpha == 0) return backdrop;
  const int whole = alpha + backdrop.a - product(backdrop.a, alpha);
  const auto level = [&](int below, int above) {
    return static_cast<std::uint8_t>(below + (above - below) * alpha / whole);
  };
  return {level(backdrop.r, source.r), level(backdrop.g, source.g), level(backdrop.b, source.b),
          static_cast<std::uint8_t>(whole)};
}

/// From the colour of `a` to that of `b` by share / 255.
Rgba between(const Rgba& a, const Rgba& b, int share) {
  const auto level = [share](int from, int to) { return static_cast<std::uint8_t>(from + product(to - from, share)); };
  return {level(a.r, b.r), level(a.g, b.g), level(a.b, b.b), a.a};
}

}  // namespace

int combinedOpacity(int a, int b) {
  return product(a, b);
}

Rgba blended(int mode, const Rgba& backdrop, const Rgba& source, int opacity) {
  const Rgba normal = laidOver(backdrop, source, opacity);
  if (mode < kMultiply || mode > kDivide || backdrop.a == 0) return normal;
  // The more the backdrop covers, the more of the mode shows; and once more where both cover, which the W3C's formula
  // has not, and Aseprite has since 1.2.
  const Rgba mixed = laidOver(backdrop, mixedBy(mode, backdrop, source), opacity);
  return between(between(normal, mixed, backdrop.a), mixed, product(backdrop.a, product(source.a, opacity)));
}

}  // namespace loom::ase
