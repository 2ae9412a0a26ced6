#include "tests/image/upscale_kinds.h"

#include <cmath>

namespace loom {
namespace {

using enum Resampling;

Rgba anyColour(RandomStream& random) {
  const auto channel = [&random] { return static_cast<std::uint8_t>(random.below(256)); };
  const std::uint8_t r = channel();
  const std::uint8_t g = channel();
  return random.chance(0.5) ? Rgba{255, 255, 255, 255} : Rgba{r, g, channel(), 255};
}

/// On white or another colour.
Sprite grounded(const Sprite& sprite, RandomStream& random) {
  return flattened(sprite, anyColour(random));
}

Sprite maybeGrounded(const Sprite& sprite, RandomStream& random) {
  return random.chance(0.5) ? grounded(sprite, random) : sprite;
}

Upscale scaled(const Sprite& sprite, double scale, Resampling resampling) {
  return {upscaled(sprite, scale, resampling), scale, scale, sprite};
}

double broken(RandomStream& random, double low, double high) {
  for (;;) {
    const double scale = std::round(random.uniform(low, high) * 10) / 10;
    if (std::abs(scale - std::round(scale)) > 0.05) return scale;
  }
}

/// First and last + 1 of the true pixels at least half of which lie in begin..end of an upscale.
std::pair<int, int> kept(int begin, int end, double scale) {
  const auto first = static_cast<int>(std::ceil(begin / scale - 0.5 - 1e-9));
  const auto last = static_cast<int>(std::floor(end / scale + 0.5 + 1e-9));
  return {first, last};
}

Upscale croppedUpscale(const Sprite& sprite, double scale, Resampling resampling, RandomStream& random) {
  const Upscale whole = scaled(sprite, scale, resampling);
  const auto cut = [&](int length) {
    const int most = random.chance(0.5) ? static_cast<int>(scale) : length / 6;
    return static_cast<int>(random.below(static_cast<std::uint32_t>(most) + 1));
  };
  const int left = cut(whole.picture.width());
  const int top = cut(whole.picture.height());
  const int right = whole.picture.width() - cut(whole.picture.width());
  const int bottom = whole.picture.height() - cut(whole.picture.height());
  // The sides were rounded to whole pixels.
  const double scaleX = static_cast<double>(whole.picture.width()) / sprite.width();
  const double scaleY = static_cast<double>(whole.picture.height()) / sprite.height();
  const auto [firstX, lastX] = kept(left, right, scaleX);
  const auto [firstY, lastY] = kept(top, bottom, scaleY);
  return {cropped(whole.picture, {left, top, right - left, bottom - top}), scale, scale,
          cropped(sprite, {firstX, firstY, lastX - firstX, lastY - firstY})};
}

Upscale changed(Upscale upscale, const std::function<Sprite(const Sprite&)>& change) {
  upscale.picture = change(upscale.picture);
  return upscale;
}

Sprite jpeg80(const Sprite& picture) {
  return throughJpeg(picture, 80);
}

int whole(RandomStream& random, int low, int high) {
  return random.between(low, high);
}

Upscale native(const Sprite& sprite) {
  return {sprite, 1, 1, sprite};
}

/// Half as large, every pixel the mean of four: small and smooth, but no upscale.
Sprite halved(const Sprite& sprite) {
  Sprite result(sprite.width() / 2, sprite.height() / 2);
  for (int y = 0; y < result.height(); ++y) {
    for (int x = 0; x < result.width(); ++x) {
      const auto mean = [&](std::uint8_t Rgba::*channel) {
        return static_cast<std::uint8_t>((sprite.at(2 * x, 2 * y).*channel + sprite.at(2 * x + 1, 2 * y).*channel +
                                          sprite.at(2 * x, 2 * y + 1).*channel +
                                          sprite.at(2 * x + 1, 2 * y + 1).*channel + 2) /
                                         4);
      };
      result.at(x, y) = {mean(&Rgba::r), mean(&Rgba::g), mean(&Rgba::b), mean(&Rgba::a)};
    }
  }
  return result;
}

/// A small piece of what is visible: little art has few edges, which chance may put on any grid.
Sprite part(const Sprite& sprite, RandomStream& random) {
  const PixelRect all = opaqueBounds(sprite);
  const int width = std::min(all.width, whole(random, 8, 20));
  const int height = std::min(all.height, whole(random, 8, 20));
  return cropped(sprite, {all.x + whole(random, 0, all.width - width), all.y + whole(random, 0, all.height - height),
                          width, height});
}

std::vector<UpscaleKind> makeKinds() {
  const auto blurred = [](Resampling by, bool whole_) {
    return [by, whole_](const Sprite& sprite, RandomStream& random) {
      const double scale = whole_ ? whole(random, 2, 8) : broken(random, 2.1, 7.9);
      return scaled(maybeGrounded(sprite, random), scale, by);
    };
  };
  return {
      {"native, on a ground", false, 0.99, [](const Sprite& s, RandomStream& r) { return native(grounded(s, r)); }},
      {"native, part of 8..20", false, 0.99, [](const Sprite& s, RandomStream& r) { return native(part(s, r)); }},
      {"native, noise of 3", false, 0.99,
       [](const Sprite& s, RandomStream& r) { return native(withNoise(grounded(s, r), 3, r)); }},
      {"native, JPEG 80", false, 0.99, [](const Sprite& s, RandomStream& r) { return native(jpeg80(grounded(s, r))); }},
      {"native, drawn smoothly", false, 0.99,
       [](const Sprite& s, RandomStream& r) { return native(halved(grounded(s, r))); }},
      {"native, palette of 8, dithered", false, 0.99,
       [](const Sprite& s, RandomStream& r) { return native(quantised(maybeGrounded(s, r), 8, true)); }},
      {"nearest, 2..10", true, 0.99,
       [](const Sprite& s, RandomStream& r) { return scaled(maybeGrounded(s, r), whole(r, 2, 10), kNearest); }},
      {"nearest, 2..10, cropped", true, 0.99,
       [](const Sprite& s, RandomStream& r) { return croppedUpscale(s, whole(r, 2, 10), kNearest, r); }},
      {"nearest, 2..10, cropped, on a ground", true, 0.99,
       [](const Sprite& s, RandomStream& r) { return croppedUpscale(grounded(s, r), whole(r, 2, 10), kNearest, r); }},
      {"nearest, x and y apart", true, 0.9,
       [](const Sprite& s, RandomStream& r) {
         const int x = whole(r, 1, 6);
         const int y = x % 6 + 1;
         return Upscale{upscaled(s, s.width() * x, s.height() * y, kNearest), 1.0 * x, 1.0 * y, s};
       }},
      {"nearest, broken 1.5..7.5", true, 0.9,
       [](const Sprite& s, RandomStream& r) { return scaled(maybeGrounded(s, r), broken(r, 1.5, 7.5), kNearest); }},
      {"nearest, broken 1.5..7.5, cropped", true, 0.8,
       [](const Sprite& s, RandomStream& r) {
         return croppedUpscale(maybeGrounded(s, r), broken(r, 1.5, 7.5), kNearest, r);
       }},
      {"nearest, broken 1.5..7.5, from corners", true, 0.9,
       [](const Sprite& s, RandomStream& r) {
         const double scale = broken(r, 1.5, 7.5);
         const Sprite original = maybeGrounded(s, r);
         return Upscale{upscaledFromCorners(original, scale), scale, scale, original};
       }},
      {"nearest, 2..8, palette of 16", false, 0.9,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(maybeGrounded(s, r), whole(r, 2, 8), kNearest),
                        [](const Sprite& p) { return quantised(p, 16, false); });
       }},
      {"nearest, 2..8, palette of 16, dithered", false, 0.8,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(maybeGrounded(s, r), whole(r, 2, 8), kNearest),
                        [](const Sprite& p) { return quantised(p, 16, true); });
       }},
      {"nearest, 2..8, noise of 3", false, 0.9,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(maybeGrounded(s, r), whole(r, 2, 8), kNearest),
                        [&r](const Sprite& p) { return withNoise(p, 3, r); });
       }},
      {"nearest, 3..8, JPEG 80", false, 0.85,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), whole(r, 3, 8), kNearest), jpeg80);
       }},
      {"nearest, 3..8, cropped, JPEG 80", false, 0.8,
       [](const Sprite& s, RandomStream& r) {
         return changed(croppedUpscale(grounded(s, r), whole(r, 3, 8), kNearest, r), jpeg80);
       }},
      {"nearest, broken 3..8, JPEG 80", false, 0.6,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), broken(r, 3, 8), kNearest), jpeg80);
       }},
      {"nearest, broken 3..8, cropped, JPEG 80", false, 0.5,
       [](const Sprite& s, RandomStream& r) {
         return changed(croppedUpscale(grounded(s, r), broken(r, 3, 8), kNearest, r), jpeg80);
       }},
      {"nearest, 3..8, WebP 80", false, 0.85,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(maybeGrounded(s, r), whole(r, 3, 8), kNearest),
                        [](const Sprite& p) { return throughWebP(p, 80); });
       }},
      {"bilinear, 2..8", false, 0.85, blurred(kBilinear, true)},
      {"bilinear, broken 2..8", false, 0.8, blurred(kBilinear, false)},
      {"bilinear, 3..8, cropped", false, 0.6,
       [](const Sprite& s, RandomStream& r) {
         return croppedUpscale(maybeGrounded(s, r), whole(r, 3, 8), kBilinear, r);
       }},
      {"bicubic, 2..8", false, 0.85, blurred(kBicubic, true)},
      {"bicubic, broken 2..8", false, 0.8, blurred(kBicubic, false)},
      {"bicubic, 3..8, cropped", false, 0.6,
       [](const Sprite& s, RandomStream& r) {
         return croppedUpscale(maybeGrounded(s, r), whole(r, 3, 8), kBicubic, r);
       }},
      {"part of 8..20, nearest, 2..10", true, 0.9,
       [](const Sprite& s, RandomStream& r) { return scaled(part(s, r), whole(r, 2, 10), kNearest); }},
      {"part of 8..20, nearest, 3..8, JPEG 80", false, 0.85,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(part(s, r), r), whole(r, 3, 8), kNearest), jpeg80);
       }},
      {"part of 8..20, bicubic, 3..8", false, 0.8,
       [](const Sprite& s, RandomStream& r) { return scaled(part(s, r), whole(r, 3, 8), kBicubic); }},
      {"nearest, 3..8, JPEG 40", false, 0.8,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), whole(r, 3, 8), kNearest),
                        [](const Sprite& p) { return throughJpeg(p, 40); });
       }},
      {"bilinear, broken 3..8, JPEG 60", false, 0.5,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), broken(r, 3, 8), kBilinear),
                        [](const Sprite& p) { return throughJpeg(p, 60); });
       }},
      {"Lanczos, 2..8", false, 0.85, blurred(kLanczos, true)},
      {"Qt smooth, 2..8", false, 0.85,
       [](const Sprite& s, RandomStream& r) {
         const int scale = whole(r, 2, 8);
         const Sprite original = maybeGrounded(s, r);
         return Upscale{upscaledByQt(original, scale), 1.0 * scale, 1.0 * scale, original};
       }},
      {"bilinear, 3..8, palette of 256", false, 0.7,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(maybeGrounded(s, r), whole(r, 3, 8), kBilinear),
                        [](const Sprite& p) { return quantised(p, 256, false); });
       }},
      {"bilinear, 3..8, JPEG 80", false, 0.7,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), whole(r, 3, 8), kBilinear), jpeg80);
       }},
      {"bicubic, 3..8, JPEG 80", false, 0.7,
       [](const Sprite& s, RandomStream& r) {
         return changed(scaled(grounded(s, r), whole(r, 3, 8), kBicubic), jpeg80);
       }},
  };
}

}  // namespace

const std::vector<UpscaleKind>& upscaleKinds() {
  static const std::vector<UpscaleKind> kKinds = makeKinds();
  return kKinds;
}

}  // namespace loom
