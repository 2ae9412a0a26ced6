// Packing: stb_rect_pack's skyline, tried at many widths.
#include <stb/stb_rect_pack.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "core/export/sheet_parts.h"

namespace loom::sheet_parts {
namespace {

struct Packing {
  std::vector<stbrp_rect> slots;
  Extent extent;
};

/// Slots hold a cell, its extrusion, and the padding to its right and below.
std::vector<stbrp_rect> slotsFor(std::span<const Cell> cells, const SheetOptions& options) {
  std::vector<stbrp_rect> slots;
  slots.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.twin != i) continue;
    stbrp_rect slot{};
    slot.id = static_cast<int>(i);
    slot.w = cell.frame.spriteSource.width + 2 * options.extrude + options.padding;
    slot.h = cell.frame.spriteSource.height + 2 * options.extrude + options.padding;
    slots.push_back(slot);
  }
  return slots;
}

/// The last slot's padding may hang over the edge: the border begins there.
int innerSide(int side, const SheetOptions& options) {
  return side - 2 * options.border + options.padding;
}

bool packInto(Packing& packing, int width, int side, const SheetOptions& options) {
  const int inner = innerSide(width, options);
  const int height = innerSide(side, options);
  if (inner < 1 || height < 1) return false;
  std::vector<stbrp_node> nodes(static_cast<std::size_t>(inner));
  stbrp_context context;
  stbrp_init_target(&context, inner, height, nodes.data(), inner);
  if (stbrp_pack_rects(&context, packing.slots.data(), static_cast<int>(packing.slots.size())) == 0) return false;
  packing.extent = {};
  for (const stbrp_rect& slot : packing.slots) {
    packing.extent.width = std::max<std::int64_t>(packing.extent.width, slot.x + slot.w);
    packing.extent.height = std::max<std::int64_t>(packing.extent.height, slot.y + slot.h);
  }
  packing.extent.width += 2 * options.border - options.padding;
  packing.extent.height += 2 * options.border - options.padding;
  return true;
}

/// Sheet widths worth trying: whole numbers of the widest slot and steps between, around the square of the same area.
std::set<int> candidateWidths(const std::vector<stbrp_rect>& slots, int side, const SheetOptions& options) {
  double area = 0;
  int widest = 0;
  for (const stbrp_rect& slot : slots) {
    area += static_cast<double>(slot.w) * slot.h;
    widest = std::max(widest, slot.w);
  }
  const int around = 2 * options.border - options.padding;
  std::set<int> widths;
  if (options.powerOfTwo) {
    for (int width = 1; width <= side; width *= 2) {
      if (width >= widest + around) widths.insert(width);
    }
    return widths;
  }
  constexpr int kSteps = 48;
  const double square = std::sqrt(area);
  for (int step = 0; step <= kSteps; ++step) {
    const double width = std::max(static_cast<double>(widest), square * (0.5 + 1.5 * step / kSteps));
    const int slotsAcross = std::max(1, static_cast<int>(width / widest));
    for (const int candidate : {static_cast<int>(width) + 1 + around, slotsAcross * widest + around}) {
      if (candidate >= widest + around && candidate <= side) widths.insert(candidate);
    }
  }
  if (options.maxSide > 0 && side >= widest + around) widths.insert(side);  // the last to fill a page
  return widths;
}

/// Smaller area first, then the shape nearer to a square.
std::pair<std::int64_t, std::int64_t> cost(Extent extent, const SheetOptions& options) {
  if (options.powerOfTwo) extent = {roundedUpToPowerOfTwo(extent.width), roundedUpToPowerOfTwo(extent.height)};
  return {extent.width * extent.height, std::abs(extent.width - extent.height)};
}

/// Slots of one size change places among themselves until they are read in the cells' order, row by row.
void orderEqualSlots(std::vector<stbrp_rect>& slots) {
  std::map<std::pair<int, int>, std::vector<std::pair<int, int>>> places;
  for (const stbrp_rect& slot : slots) places[{slot.w, slot.h}].emplace_back(slot.y, slot.x);
  for (auto& [size, list] : places) std::ranges::sort(list, std::greater{});
  for (stbrp_rect& slot : slots) {
    auto& list = places[{slot.w, slot.h}];
    slot.y = list.back().first;
    slot.x = list.back().second;
    list.pop_back();
  }
}

}  // namespace

int roundedUpToPowerOfTwo(std::int64_t length) {
  return static_cast<int>(std::bit_ceil(static_cast<std::uint64_t>(std::max<std::int64_t>(length, 1))));
}

std::optional<Extent> packCells(std::span<Cell> cells, const SheetOptions& options, int side) {
  Packing packing{slotsFor(cells, options), {}};
  Packing best;
  for (const int width : candidateWidths(packing.slots, side, options)) {
    if (!packInto(packing, width, side, options)) continue;
    if (best.slots.empty() || cost(packing.extent, options) < cost(best.extent, options)) best = packing;
  }
  if (best.slots.empty()) return {};
  orderEqualSlots(best.slots);
  const int offset = options.border + options.extrude;
  for (const stbrp_rect& slot : best.slots) {
    SheetFrame& frame = cells[static_cast<std::size_t>(slot.id)].frame;
    frame.frame = {slot.x + offset, slot.y + offset, frame.spriteSource.width, frame.spriteSource.height};
  }
  return best.extent;
}

}  // namespace loom::sheet_parts
