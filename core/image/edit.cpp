#include "core/image/edit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "core/base/error.h"
#include "core/image/resample.h"

namespace loom {
namespace {

std::uint8_t blended(std::uint8_t top, std::uint8_t bottom, int alpha) {
  return static_cast<std::uint8_t>((top * alpha + bottom * (255 - alpha) + 127) / 255);
}

int hexDigit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

/// Every k x k block has one colour: the picture was enlarged by k before.
bool isEnlarged(const Sprite& sprite, int factor) {
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (sprite.at(x, y) != sprite.at(x - x % factor, y - y % factor)) return false;
    }
  }
  return true;
}

PixelRect standingArea(const Sprite& sprite, int side) {
  return {(side - sprite.width()) / 2, side - sprite.height(), sprite.width(), sprite.height()};
}

Sprite standingOn(const Sprite& sprite, int side) {
  Sprite result(side, side);
  const PixelRect area = standingArea(sprite, side);
  paste(result, sprite, area.x, area.y);
  return result;
}

/// The whole number by which `sprite` should be reduced to fit into `side`; 1 when none does it justice.
int reductionFor(const Sprite& sprite, int side) {
  const int longest = std::max(sprite.width(), sprite.height());
  const int least = (longest + side - 1) / side;
  const auto divides = [&sprite](int factor) { return sprite.width() % factor == 0 && sprite.height() % factor == 0; };
  for (int factor = least; factor <= std::min(sprite.width(), sprite.height()); ++factor) {
    if (divides(factor) && isEnlarged(sprite, factor)) return factor;
  }
  // Detail is lost from here on, and a picture much smaller than the square would lose more than resampling does.
  return divides(least) && 4 * (longest / least) >= 3 * side ? least : 1;
}

}  // namespace

Sprite cropped(const Sprite& sprite, const PixelRect& area) {
  Sprite result(std::max(area.width, 0), std::max(area.height, 0));
  paste(result, sprite, -area.x, -area.y);
  return result;
}

void paste(Sprite& target, const Sprite& source, int x, int y) {
  const int left = std::max(0, -x);
  const int right = std::min(source.width(), target.width() - x);
  const int top = std::max(0, -y);
  const int bottom = std::min(source.height(), target.height() - y);
  if (left >= right) return;
  for (int row = top; row < bottom; ++row) {
    std::copy_n(&source.at(left, row), right - left, &target.at(x + left, y + row));
  }
}

Sprite enlarged(const Sprite& sprite, int factor) {
  if (factor < 1) throw Error("a sprite cannot be enlarged by " + std::to_string(factor), "use 1 or more");
  Sprite result(sprite.width() * factor, sprite.height() * factor);
  for (int y = 0; y < result.height(); ++y) {
    for (int x = 0; x < result.width(); ++x) result.at(x, y) = sprite.at(x / factor, y / factor);
  }
  return result;
}

Sprite flattened(const Sprite& sprite, Rgba background) {
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    pixel = {blended(pixel.r, background.r, pixel.a), blended(pixel.g, background.g, pixel.a),
             blended(pixel.b, background.b, pixel.a), 255};
  }
  return result;
}

Sprite mirrored(const Sprite& sprite) {
  Sprite result(sprite.width(), sprite.height());
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) result.at(x, y) = sprite.at(sprite.width() - 1 - x, y);
  }
  return result;
}

PixelRect opaqueBounds(const Sprite& sprite) {
  int left = sprite.width();
  int right = -1;
  int top = sprite.height();
  int bottom = -1;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (sprite.at(x, y).a == 0) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return {};
  return {left, top, right - left + 1, bottom - top + 1};
}

int countColours(const Sprite& sprite) {
  std::unordered_set<std::uint32_t> colours;
  Rgba last;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a == 0 || pixel == last) continue;
    last = pixel;
    colours.insert(std::uint32_t{pixel.r} << 24 | std::uint32_t{pixel.g} << 16 | std::uint32_t{pixel.b} << 8 | pixel.a);
  }
  return static_cast<int>(colours.size());
}

bool hasPartialAlpha(const Sprite& sprite) {
  return std::ranges::any_of(sprite.pixels(), [](const Rgba& pixel) { return pixel.a != 0 && pixel.a != 255; });
}

bool hasTransparency(const Sprite& sprite) {
  return std::ranges::any_of(sprite.pixels(), [](const Rgba& pixel) { return pixel.a != 255; });
}

Fitted fittedTo(const Sprite& sprite, int side) {
  if (side < 1 || sprite.empty()) throw Error("a sprite without pixels cannot be fitted", "leave it out");
  if (sprite.width() == side && sprite.height() == side) return {sprite, "unchanged", {0, 0, side, side}};
  const int longest = std::max(sprite.width(), sprite.height());
  const auto finish = [side](const Sprite& scaled, const std::string& how) {
    const bool exact = scaled.width() == side && scaled.height() == side;
    if (exact) return Fitted{scaled, how, {0, 0, side, side}};
    return Fitted{standingOn(scaled, side), how.empty() ? "padded" : how + " and padded", standingArea(scaled, side)};
  };
  if (longest <= side) {
    const int factor = side / longest;
    return factor == 1 ? finish(sprite, "") : finish(enlarged(sprite, factor), "enlarged x" + std::to_string(factor));
  }
  if (const int factor = reductionFor(sprite, side); factor > 1) {
    return finish(resampledNearest(sprite, sprite.width() / factor, sprite.height() / factor),
                  "reduced x" + std::to_string(factor));
  }
  const auto fit = [side, longest](int length) {
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(length) * side / longest)));
  };
  const Sprite scaled = resampledNearest(sprite, fit(sprite.width()), fit(sprite.height()));
  return {standingOn(scaled, side), "resampled (nearest)", standingArea(scaled, side)};
}

Rgba parseColour(const std::string& text) {
  std::array<int, 6> digits{};
  bool good = text.size() == 7 && text[0] == '#';
  for (std::size_t i = 0; good && i < digits.size(); ++i) {
    digits[i] = hexDigit(text[i + 1]);
    good = digits[i] >= 0;
  }
  if (!good) throw Error("'" + text + "' is no colour", "write it like #30a0ff");
  const auto channel = [&digits](std::size_t at) {
    return static_cast<std::uint8_t>(digits[at] * 16 + digits[at + 1]);
  };
  return {channel(0), channel(2), channel(4), 255};
}

}  // namespace loom
