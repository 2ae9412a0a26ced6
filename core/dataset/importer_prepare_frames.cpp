// Moving pictures: every frame a sprite, and every slice of it that the artist named.
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/importer_prepare_parts.h"
#include "core/dataset/sheet_names.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// Whether every cell of the grid has one colour, so that undoing it loses nothing.
bool isLossless(const Sprite& frame, const PixelGrid& grid) {
  const Sprite native = undoUpscaling(frame, grid);
  const std::vector<int> columns = gridColumns(grid, frame.width());
  const std::vector<int> rows = gridRows(grid, frame.height());
  const auto same = [](const Rgba& a, const Rgba& b) { return a == b || (a.a == 0 && b.a == 0); };
  for (int row = 0; row < native.height(); ++row) {
    for (int y = rows[static_cast<std::size_t>(row)]; y < rows[static_cast<std::size_t>(row) + 1]; ++y) {
      for (int column = 0; column < native.width(); ++column) {
        const auto cell = static_cast<std::size_t>(column);
        for (int x = columns[cell]; x < columns[cell + 1]; ++x) {
          if (!same(frame.at(x, y), native.at(column, row))) return false;
        }
      }
    }
  }
  return true;
}

/// The finest grid found on some of the frames; one of them may be empty, or by chance as coarse as a grid. None when
/// it would take away from another frame.
PixelGrid gridOf(const std::vector<AnimationFrame>& frames, const ImportOptions& options) {
  if (options.upscaling || !options.undoUpscaling) return options.upscaling.value_or(PixelGrid{});
  constexpr std::size_t kLookedAt = 8;
  const std::size_t looked = std::min(frames.size(), kLookedAt);
  PixelGrid finest;
  for (std::size_t i = 0; i < looked; ++i) {
    const PixelGrid grid = findPixelGrid(frames[i * frames.size() / looked].sprite);
    if (!grid.found()) continue;
    const bool surer = grid.confidence >= kSureGrid && finest.confidence < kSureGrid;
    const bool finer =
        grid.scaleX < finest.scaleX && (grid.confidence >= kSureGrid) == (finest.confidence >= kSureGrid);
    if (!finest.found() || surer || finer) finest = grid;
  }
  const bool exact = finest.kind == GridKind::kExact || finest.kind == GridKind::kFractional;
  const auto lossless = [&finest](const AnimationFrame& frame) { return isLossless(frame.sprite, finest); };
  return !exact || std::ranges::all_of(frames, lossless) ? finest : PixelGrid{};
}

PartLabels labelsOf(const Animation& animation, int number) {
  const AnimationFrame& frame = animation.frames[static_cast<std::size_t>(number)];
  PartLabels labels{.frame = number, .milliseconds = frame.milliseconds};
  const auto tag = std::ranges::find_if(animation.tags.rbegin(), animation.tags.rend(), [number](const auto& each) {
    return number >= each.first && number <= each.last;
  });
  if (tag == animation.tags.rend()) return labels;
  const RowLabel name = parseRowLabel(tag->name);
  labels.view = name.view == kAnyView ? "" : name.view;
  labels.animation = name.animation;
  labels.frame = number - tag->first;
  return labels;
}

/// The slices that hold in a frame, each by its newest key.
std::map<std::string_view, const AnimationSlice*> slicesAt(const Animation& animation, int number) {
  std::map<std::string_view, const AnimationSlice*> slices;
  for (const AnimationSlice& slice : animation.slices) {
    if (slice.frame > number) continue;
    const auto [entry, isNew] = slices.try_emplace(slice.name, &slice);
    if (!isNew && entry->second->frame <= slice.frame) entry->second = &slice;
  }
  return slices;
}

/// The part of `area` that lies on the canvas; empty where none does.
PixelRect onCanvas(const PixelRect& area, const Sprite& canvas) {
  const int left = std::clamp(area.x, 0, canvas.width());
  const int top = std::clamp(area.y, 0, canvas.height());
  return {left, top, std::clamp(area.x + area.width, left, canvas.width()) - left,
          std::clamp(area.y + area.height, top, canvas.height()) - top};
}

/// Adds the slices of a frame. A file may name thousands: false once there are too many.
bool addSlices(const Animation& animation, int number, const PixelGrid& grid, Preparation& preparation,
               std::int64_t& room) {
  const Sprite& canvas = animation.frames[static_cast<std::size_t>(number)].sprite;
  for (const auto& [name, slice] : slicesAt(animation, number)) {
    const PixelRect area = onCanvas(slice->area, canvas);
    if (area.width == 0 || area.height == 0) continue;
    room -= std::int64_t{area.width} * area.height;
    if (room < 0 || std::ssize(preparation.result.sprites) >= limits::kMaxSheetCells) return false;
    PartLabels labels = labelsOf(animation, number);
    labels.suffix = name;
    preparation.add(cropped(canvas, area), grid.found() ? gridWithin(grid, area.x, area.y) : grid, std::move(labels));
  }
  return true;
}

}  // namespace

void prepareFrames(Animation animation, Preparation& preparation) {
  const int width = animation.frames.front().sprite.width();
  const int height = animation.frames.front().sprite.height();
  const PixelGrid grid = preparation.settled(gridOf(animation.frames, preparation.options()));
  const PixelSize size = nativeSize(grid, width, height);
  preparation.about("animation", size.width, size.height);
  if (!animation.problem.empty()) preparation.note(animation.problem);
  if (!preparation.fits(size.width, size.height)) {
    throw Error("its frames have " + sizeText(size.width, size.height) + " pixels, and a sprite at most " +
                sizeText(limits::kMaxSpriteSide, limits::kMaxSpriteSide) +
                ": make it smaller, or import it with a size");
  }
  std::int64_t room = limits::kMaxAnimationPixels;
  bool allSlices = std::ssize(animation.slices) * std::ssize(animation.frames) <= limits::kMaxSheetCells;
  for (int i = 0; i < static_cast<int>(animation.frames.size()); ++i) {
    allSlices = allSlices && addSlices(animation, i, grid, preparation, room);
    Sprite& frame = animation.frames[static_cast<std::size_t>(i)].sprite;
    preparation.add(std::exchange(frame, Sprite()), grid, labelsOf(animation, i));
  }
  if (!allSlices) preparation.note("it has more slices than are read: the rest of them is left out");
}

}  // namespace loom
