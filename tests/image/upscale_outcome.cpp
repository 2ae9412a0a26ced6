#include <cmath>
#include <cstdlib>
#include <ctime>

#include "tests/image/upscale_kinds.h"

namespace loom {
namespace {

bool visible(const Rgba& pixel) {
  return pixel.a != 0;
}

bool isWhole(double value) {
  return std::abs(value - std::round(value)) < 1e-9;
}

bool scaleRight(double found, double wanted) {
  return isWhole(wanted) ? std::abs(found - wanted) < 1e-9 : std::abs(found - wanted) <= 0.01 * wanted;
}

bool samePicture(const Sprite& a, const Sprite& b) {
  if (a.width() != b.width() || a.height() != b.height()) return false;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    if (p != q && (visible(p) || visible(q))) return false;
  }
  return true;
}

double colourError(const Sprite& a, const Sprite& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    if (!visible(p) && !visible(q)) continue;
    sum += std::abs(p.r - q.r) + std::abs(p.g - q.g) + std::abs(p.b - q.b) + std::abs(p.a - q.a);
  }
  return sum / (4.0 * static_cast<double>(a.pixels().size()));
}

}  // namespace

Outcome tryUpscale(const UpscaleKind& kind, const Upscale& upscale) {
  Outcome outcome;
  const std::clock_t start = std::clock();
  outcome.grid = findPixelGrid(upscale.picture);
  outcome.milliseconds = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const bool isNative = upscale.scaleX == 1 && upscale.scaleY == 1;
  if (isNative && outcome.grid.confidence < kSureGrid) {
    outcome.right = outcome.scaleRight = true;
    return outcome;
  }
  outcome.scaleRight =
      scaleRight(outcome.grid.scaleX, upscale.scaleX) && scaleRight(outcome.grid.scaleY, upscale.scaleY);
  const Sprite native = undoUpscaling(upscale.picture, outcome.grid);
  const bool sized = native.width() == upscale.original.width() && native.height() == upscale.original.height();
  if (sized) outcome.colourError = colourError(native, upscale.original);
  outcome.right = outcome.grid.confidence >= kSureGrid && outcome.scaleRight && sized &&
                  (!kind.lossless || samePicture(native, upscale.original));
  return outcome;
}

}  // namespace loom
