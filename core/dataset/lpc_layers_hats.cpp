// Measures what sticks out of a hat, as the generators leave to the eye of the artist.
#include <algorithm>
#include <array>
#include <optional>

#include "core/dataset/lpc_layers_parts.h"

namespace loom {
namespace {

constexpr int kCell = LpcLibrary::kCell;
constexpr int kNarrow = 10;  ///< pixels; rows of a hat that are narrower (feather, loose end of a cloth) hide nothing
constexpr int kOverlooked = 32;  ///< pixels in all four views that may stick out: less is a rim of hair
constexpr int kOverlookedOfEars = 4;
constexpr std::size_t kFront = 2;

using Mask = std::array<std::array<bool, kCell>, kCell>;  ///< by row
using Views = std::array<Mask, 4>;

Views viewsOf(std::span<const LpcLayer> layers, const LpcPart& part) {
  Views views{};
  for (const LpcDraw& draw : part.draws) {
    for (std::size_t view = 0; view < views.size(); ++view) {
      const LpcCell& cell = layers[static_cast<std::size_t>(draw.layer)].standing[view];
      for (int y = 0; y < cell.pixels.height(); ++y) {
        for (int x = 0; x < cell.pixels.width(); ++x) {
          if (cell.pixels.at(x, y).a == 0) continue;
          views[view][static_cast<std::size_t>(cell.y + y)][static_cast<std::size_t>(cell.x + x)] = true;
        }
      }
    }
  }
  return views;
}

int topRow(const Mask& mask) {
  const auto row =
      std::ranges::find_if(mask, [](const auto& each) { return std::ranges::find(each, true) != each.end(); });
  return static_cast<int>(row - mask.begin());
}

/// The columns from the first to the last pixel of a row.
struct Extent {
  int first = kCell;
  int last = -1;
  int width() const { return last - first + 1; }
};

Extent extentOf(const std::array<bool, kCell>& row) {
  Extent extent;
  for (int x = 0; x < kCell; ++x) {
    if (!row[static_cast<std::size_t>(x)]) continue;
    extent.first = std::min(extent.first, x);
    extent.last = x;
  }
  return extent;
}

/// How a hat sits on what it covers.
struct Fit {
  bool hood = false;  ///< closes around the neck: nothing comes out below
  bool ears = false;  ///< what it covers are ears, which do not hang out
  int margin = 0;     ///< pixels by which hair may lift it: a cloth is tied over the hair

  int overlooked() const { return ears ? kOverlookedOfEars : kOverlooked; }
};

Fit fitOf(const LpcPart& hat, LpcSlot covered) {
  return {.hood = hat.kind.find("hood") != std::string::npos,
          .ears = covered == LpcSlot::kEars,
          .margin = hat.kind.find("bandana") != std::string::npos ? 2 : 0};
}

/// Pixels of `part` above the hat and beside its upper half; of a hood beside all of it, and below.
int stickingOut(const Mask& hat, const Mask& part, const Fit& fit) {
  int crown = kCell;
  int brim = -1;
  for (int y = 0; y < kCell; ++y) {
    if (extentOf(hat[static_cast<std::size_t>(y)]).width() < kNarrow) continue;
    crown = std::min(crown, y);
    brim = y;
  }
  const int closedTo = fit.hood || fit.ears ? brim : crown + (brim - crown) / 2;
  int count = 0;
  for (int y = 0; y < kCell; ++y) {
    const Extent covered = extentOf(hat[static_cast<std::size_t>(y)]);
    const bool closed = covered.width() >= kNarrow && y <= closedTo;
    for (int x = 0; x < kCell; ++x) {
      if (!part[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]) continue;
      const bool beside = closed && (x < covered.first - fit.margin || x > covered.last + fit.margin);
      const bool above = y < crown - fit.margin && !hat[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
      count += beside || above || (fit.hood && y > brim);
    }
  }
  return count;
}

/// A tiara or headband leaves the top of the head free.
bool isOpen(const Views& hat, const Views& body) {
  return topRow(hat[kFront]) > topRow(body[kFront]) + 2;
}

}  // namespace

std::vector<std::vector<bool>> clippingHats(std::span<const LpcLayer> layers, std::span<const LpcPart> parts) {
  struct Shape {
    int number;
    LpcSlot slot;
    unsigned bodies;
    Views views;
  };
  std::vector<Shape> shapes;
  std::optional<Views> body;
  int count = 0;
  for (const LpcPart& part : parts) {
    count = std::max(count, part.shape + 1);
    if (part.slot == LpcSlot::kBody && !body) body = viewsOf(layers, part);
    const bool covered = part.slot == LpcSlot::kHair || part.slot == LpcSlot::kHairTie || part.slot == LpcSlot::kEars;
    const bool known = std::ranges::any_of(shapes, [&](const Shape& shape) { return shape.number == part.shape; });
    if (covered && !known) shapes.push_back({part.shape, part.slot, part.bodies, viewsOf(layers, part)});
  }
  std::vector<std::vector<bool>> clipping(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].slot != LpcSlot::kHat || !body) continue;
    const Views hat = viewsOf(layers, parts[i]);
    if (isOpen(hat, *body)) continue;
    clipping[i].resize(static_cast<std::size_t>(count));
    for (const Shape& shape : shapes) {
      if ((shape.bodies & parts[i].bodies) == 0) continue;
      const Fit fit = fitOf(parts[i], shape.slot);
      int out = 0;
      for (std::size_t view = 0; view < hat.size(); ++view) out += stickingOut(hat[view], shape.views[view], fit);
      clipping[i][static_cast<std::size_t>(shape.number)] = out > fit.overlooked();
    }
  }
  return clipping;
}

}  // namespace loom
