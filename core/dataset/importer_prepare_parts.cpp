#include "core/dataset/importer_prepare_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/cleaning_upscaling.h"

namespace loom {
namespace {

/// Bytes that undoing an interpolation holds besides the picture: floats at half and at full reduction.
std::int64_t bytesToUndo(const Sprite& picture, const PixelGrid& grid) {
  if (grid.kind != GridKind::kSmooth || grid.filter == GridFilter::kBox) return 0;
  const PixelSize size = nativeSize(grid, picture.width(), picture.height());
  const std::int64_t narrow = std::int64_t{size.width} * picture.height();
  return 4 * (narrow + 4 * std::int64_t{size.width} * size.height);
}

Json upscalingStep(const PixelGrid& grid) {
  return {{"name", "upscaling"}, {"settings", upscalingSettings(grid)}};
}

}  // namespace

std::string sizeText(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

Preparation::Preparation(const ImportOptions& options) : m_options(options) {
  // Channels last: what fitting pads with is transparent, and must get its colour too.
  if (options.size > 0) m_steps.push_back(parseCleaningStep("fit=" + std::to_string(options.size)));
  if (options.channels < 4) m_steps.push_back(parseCleaningStep("channels=" + std::to_string(options.channels)));
}

PixelGrid Preparation::gridOf(const Sprite& picture) {
  if (m_options.upscaling || !m_options.undoUpscaling) return settled(m_options.upscaling.value_or(PixelGrid{}));
  return settled(findPixelGrid(picture));
}

PixelGrid Preparation::settled(const PixelGrid& found) {
  PixelGrid grid = found;
  if (grid.found() && grid.confidence < kSureGrid && !m_options.upscaling) {
    note("it may have been enlarged x" + numberText(std::max(grid.scaleX, grid.scaleY)) + ": check its pixel grid");
    grid = {};
  }
  result.about.scale = grid.found() ? std::max(grid.scaleX, grid.scaleY) : 1;
  result.about.confidence = found.confidence;
  return grid;
}

void Preparation::about(const std::string& kind, int width, int height) {
  result.about.kind = kind;
  result.about.width = width;
  result.about.height = height;
}

bool Preparation::fits(int width, int height) const {
  return m_options.size > 0 || std::max(width, height) <= limits::kMaxSpriteSide;
}

void Preparation::addWhole(Sprite picture, const PixelGrid& grid) {
  const PixelSize size = nativeSize(grid, picture.width(), picture.height());
  if (!fits(size.width, size.height)) {
    throw Error("it has " + sizeText(size.width, size.height) + " pixels, and a sprite at most " +
                sizeText(limits::kMaxSpriteSide, limits::kMaxSpriteSide) + ": it may be a sheet; import it as one");
  }
  about("sprite", size.width, size.height);
  add(std::move(picture), grid, {});
}

void Preparation::add(Sprite picture, const PixelGrid& grid, PartLabels labels) {
  if (!grid.found()) return keep(std::move(picture), nullptr, Json::array(), std::move(labels));
  Sprite native = withoutUpscaling(picture, grid);
  keep(std::move(native), &picture, Json::array({upscalingStep(grid)}), std::move(labels));
}

void Preparation::addCell(const Sprite& picture, const PixelGrid& grid, const Sprite& native, const PixelRect& area,
                          PartLabels labels) {
  Sprite sprite = cropped(native, area);
  if (!grid.found()) return keep(std::move(sprite), nullptr, Json::array(), std::move(labels));
  const std::vector<int> columns = gridColumns(grid, picture.width());
  const std::vector<int> rows = gridRows(grid, picture.height());
  const auto at = [](const std::vector<int>& borders, int number) {
    return borders[static_cast<std::size_t>(std::clamp(number, 0, static_cast<int>(borders.size()) - 1))];
  };
  const int left = at(columns, area.x);
  const int top = at(rows, area.y);
  const Sprite part =
      cropped(picture, {left, top, at(columns, area.x + area.width) - left, at(rows, area.y + area.height) - top});
  const PixelGrid within = gridWithin(grid, left, top);
  // What was smoothed or compressed is undone with the neighbours in sight: then a part is not the same as the whole.
  const bool same = !part.empty() && undoUpscaling(part, within) == sprite;
  keep(std::move(sprite), same ? &part : nullptr, same ? Json::array({upscalingStep(within)}) : Json::array(),
       std::move(labels));
}

void Preparation::keep(Sprite sprite, const Sprite* picture, Json steps, PartLabels labels) {
  std::optional<PackedSprite> original;
  const auto keepOriginal = [&original](const Sprite& from) {
    if (std::max(from.width(), from.height()) <= limits::kMaxOriginalSide) original = packOriginal(from);
  };
  if (picture != nullptr) keepOriginal(*picture);
  for (const CleaningStep& step : m_steps) {
    CleanedSprite cleaned = clean(sprite, step);
    if (!cleaned.changed) continue;
    if (steps.empty()) keepOriginal(sprite);
    sprite = std::move(cleaned.sprite);
    steps.push_back({{"name", step.name}, {"settings", step.settings}});
  }
  if (!original) steps = Json::array();  // steps lead from an original, or nowhere
  result.sprites.push_back({.pixels = packSprite(sprite),
                            .labels = std::move(labels),
                            .original = std::move(original),
                            .steps = std::move(steps)});
}

PixelGrid gridWithin(const PixelGrid& grid, int x, int y) {
  PixelGrid within = pixelGrid(grid.scaleX, grid.scaleY, grid.offsetX - x, grid.offsetY - y, grid.kind);
  within.filter = grid.filter;
  within.confidence = grid.confidence;
  return within;
}

Sprite withoutUpscaling(const Sprite& picture, const PixelGrid& grid) {
  const std::int64_t bytes = static_cast<std::int64_t>(picture.pixels().size_bytes()) + bytesToUndo(picture, grid);
  if (bytes > limits::kMaxDecodeBytes) {
    throw Error(
        "it was enlarged and smoothed, and is too large for that to be undone: reduce it, or cut it into parts");
  }
  return undoUpscaling(picture, grid);
}

}  // namespace loom
