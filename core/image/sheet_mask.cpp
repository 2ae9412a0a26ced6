#include "core/image/sheet_mask.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <unordered_map>

namespace loom::sheet_finder {
namespace {

constexpr double kLeastTransparent = 0.004;  // of the sheet: one-pixel gutters between large cells are that thin
constexpr int kBinShift = 4;
constexpr int kBinsPerChannel = 256 >> kBinShift;
constexpr int kNear = 40;  // JPEG keeps a flat ground within this, edges aside
constexpr std::size_t kSamples = std::size_t{1} << 20;

bool isFaint(const Rgba& pixel) {
  return pixel.a <= kFaintAlpha;
}

int difference(const Rgba& a, const Rgba& b) {
  return std::max({std::abs(a.r - b.r), std::abs(a.g - b.g), std::abs(a.b - b.b)});
}

std::size_t binOf(const Rgba& pixel) {
  const auto part = [](std::uint8_t value) { return static_cast<std::size_t>(value >> kBinShift); };
  return (part(pixel.r) * kBinsPerChannel + part(pixel.g)) * kBinsPerChannel + part(pixel.b);
}

std::vector<Rgba> borderPixels(const Sprite& sheet) {
  std::vector<Rgba> border;
  const auto add = [&](int x, int y) {
    if (!isFaint(sheet.at(x, y))) border.push_back(sheet.at(x, y));
  };
  for (int x = 0; x < sheet.width(); ++x) {
    add(x, 0);
    add(x, sheet.height() - 1);
  }
  for (int y = 1; y + 1 < sheet.height(); ++y) {
    add(0, y);
    add(sheet.width() - 1, y);
  }
  return border;
}

/// Evenly spread opaque pixels. The step is odd, so that it does not beat with the cells' size.
std::vector<Rgba> samplePixels(const Sprite& sheet) {
  std::vector<Rgba> samples;
  const auto pixels = sheet.pixels();
  const std::size_t step = pixels.size() / kSamples | 1U;
  for (std::size_t i = 0; i < pixels.size(); i += step) {
    if (!isFaint(pixels[i])) samples.push_back(pixels[i]);
  }
  return samples;
}

/// The share of the pixels in each bin of colours.
std::vector<double> binShares(const std::vector<Rgba>& pixels) {
  std::vector<double> shares(static_cast<std::size_t>(kBinsPerChannel) * kBinsPerChannel * kBinsPerChannel);
  for (const Rgba& pixel : pixels) shares[binOf(pixel)] += 1.0 / static_cast<double>(pixels.size());
  return shares;
}

double shareNear(const std::vector<Rgba>& pixels, const Rgba& colour, int tolerance) {
  const auto near = std::ranges::count_if(pixels, [&](const Rgba& p) { return difference(p, colour) <= tolerance; });
  return pixels.empty() ? 0 : static_cast<double>(near) / static_cast<double>(pixels.size());
}

std::uint32_t keyOf(const Rgba& pixel) {
  return std::uint32_t{pixel.r} << 16U | std::uint32_t{pixel.g} << 8U | pixel.b;
}

/// The commonest exact colour among the pixels of a bin.
Rgba commonestIn(const std::vector<Rgba>& pixels, std::size_t bin) {
  std::unordered_map<std::uint32_t, int> counts;
  Rgba commonest;
  int most = 0;
  for (const Rgba& pixel : pixels) {
    if (binOf(pixel) != bin) continue;
    if (const int count = ++counts[keyOf(pixel)]; count > most) {
      most = count;
      commonest = pixel;
    }
  }
  return commonest;
}

/// The colour's mean and spread among the pixels near it, when they do not all have it exactly.
GroundColour measured(const std::vector<Rgba>& pixels, const Rgba& commonest) {
  constexpr double kClean = 0.97;
  const double near = shareNear(pixels, commonest, kNear / 2);
  if (shareNear(pixels, commonest, 0) >= kClean * near) return {commonest, 0};
  double sum[3] = {};
  double squares = 0;
  double count = 0;
  for (const Rgba& pixel : pixels) {
    const int away = difference(pixel, commonest);
    if (away > kNear / 2) continue;
    sum[0] += pixel.r;
    sum[1] += pixel.g;
    sum[2] += pixel.b;
    squares += away * away;
    ++count;
  }
  const auto mean = [&](int channel) { return static_cast<std::uint8_t>(std::lround(sum[channel] / count)); };
  const double spread = std::sqrt(squares / count);
  return {{mean(0), mean(1), mean(2), 255}, std::clamp(static_cast<int>(12 + 4 * spread), 14, kNear)};
}

/// A drawn pixel with fewer than two drawn neighbours, beside noise, is noise.
void removeLonePixels(SheetMask& mask) {
  constexpr std::uint8_t kDoomed = 2;
  const auto width = static_cast<std::ptrdiff_t>(mask.width);
  for (int y = 1; y + 1 < mask.height; ++y) {
    std::uint8_t* row = mask.ink.data() + y * width;
    for (std::ptrdiff_t x = 1; x + 1 < width; ++x) {
      if (row[x] == 0) continue;
      int drawn = 0;
      for (const std::ptrdiff_t near :
           {-width - 1, -width, -width + 1, std::ptrdiff_t{-1}, std::ptrdiff_t{1}, width - 1, width, width + 1}) {
        if (row[x + near] != 0) ++drawn;
      }
      if (drawn < 3) row[x] = kDoomed;
    }
  }
  for (std::uint8_t& pixel : mask.ink) pixel = pixel == 1 ? 1 : 0;
}

}  // namespace

bool SheetMask::isEmpty(const PixelRect& area) const {
  const double allowed = noisy ? 0.004 * area.width * area.height : 0;
  double drawn = 0;
  const int left = std::clamp(area.x, 0, width);
  const int right = std::clamp(area.x + area.width, left, width);
  for (int y = std::max(0, area.y); y < std::min(height, area.y + area.height); ++y) {
    drawn += static_cast<double>(std::count(row(y) + left, row(y) + right, std::uint8_t{1}));
    if (drawn > allowed) return false;
  }
  return true;
}

std::optional<GroundColour> groundColour(const Sprite& sheet) {
  const std::vector<Rgba> border = borderPixels(sheet);
  const std::vector<Rgba> samples = samplePixels(sheet);
  if (samples.empty()) return std::nullopt;
  const std::vector<double> everywhere = binShares(samples);
  const std::vector<double> outside = binShares(border);
  std::size_t best = 0;
  for (std::size_t bin = 0; bin < everywhere.size(); ++bin) {
    if (everywhere[bin] + outside[bin] > everywhere[best] + outside[best]) best = bin;
  }
  const Rgba commonest = commonestIn(everywhere[best] > 0 ? samples : border, best);
  const GroundColour ground = measured(everywhere[best] > 0 ? samples : border, commonest);
  const double share = shareNear(samples, ground.colour, ground.tolerance);
  const double borderShare = shareNear(border, ground.colour, ground.tolerance);
  const bool fills = share >= 0.3 || (share >= 0.1 && borderShare >= 0.35) || borderShare >= 0.8;
  return fills ? std::optional(ground) : std::nullopt;
}

bool hasTransparentGround(const Sprite& sheet) {
  const auto faint = std::ranges::count_if(sheet.pixels(), isFaint);
  return static_cast<double>(faint) >= kLeastTransparent * static_cast<double>(sheet.pixels().size());
}

SheetMask maskOf(const Sprite& sheet, const std::optional<GroundColour>& colour) {
  SheetMask mask;
  mask.width = sheet.width();
  mask.height = sheet.height();
  mask.noisy = colour && colour->tolerance > 0;
  mask.hasGround = colour || hasTransparentGround(sheet);
  mask.ink.resize(sheet.pixels().size());
  std::ranges::transform(sheet.pixels(), mask.ink.begin(), [&](const Rgba& pixel) {
    if (isFaint(pixel)) return std::uint8_t{0};
    const bool ground = colour && difference(pixel, colour->colour) <= colour->tolerance;
    return static_cast<std::uint8_t>(ground ? 0 : 1);
  });
  if (mask.noisy) removeLonePixels(mask);
  return mask;
}

SheetMask maskOf(const Sprite& sheet) {
  return maskOf(sheet, hasTransparentGround(sheet) ? std::nullopt : groundColour(sheet));
}

}  // namespace loom::sheet_finder
