// findSheetCuts: grounds are tried one after the other, and on each a grid against parts.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/image/sheet_axis.h"
#include "core/image/sheet_cuts.h"
#include "core/image/sheet_mask.h"
#include "core/image/sheet_parts_finder.h"

namespace loom {
namespace sheet_finder {
namespace {

constexpr double kPerAgreeingCell = 1.5;
constexpr double kEvenOdds = 8;  // nats over a single sprite: the look-elsewhere toll of some thousand fits

struct GridFit {
  AxisFit x, y;
  double score = 0;
};

/// What makes two axes' fits likelier together.
double togetherPrior(const AxisFit& x, const AxisFit& y) {
  double sum = x.cell == y.cell ? 1.2 : 0;
  if (x.count > 1 && y.count > 1) sum += x.spacing == y.spacing ? 1.0 : -1.0;
  if (x.offset == y.offset) sum += x.offset > 0 ? 1.5 : 0.7;
  return sum;
}

GridFit bestPair(const std::vector<AxisFit>& xs, const std::vector<AxisFit>& ys) {
  GridFit best{xs.front(), ys.front(), -1e9};
  for (const AxisFit& x : xs) {
    for (const AxisFit& y : ys) {
      const double score = x.score + y.score + togetherPrior(x, y);
      if (score > best.score) best = {x, y, score};
    }
  }
  return best;
}

const AxisFit& single(const std::vector<AxisFit>& fits) {
  return *std::ranges::find(fits, 1, &AxisFit::count);
}

SheetGrid gridOf(const GridFit& fit) {
  SheetGrid grid;
  grid.cellWidth = fit.x.cell;
  grid.cellHeight = fit.y.cell;
  grid.marginX = fit.x.offset;
  grid.marginY = fit.y.offset;
  grid.spacingX = fit.x.spacing;
  grid.spacingY = fit.y.spacing;
  grid.columns = fit.x.count;
  grid.rows = fit.y.count;
  return grid;
}

SheetCuts cutsFrom(const GridFit& fit, double advantage) {
  SheetCuts cuts;
  const bool apart = fit.x.spacing > 0 || fit.y.spacing > 0 || fit.x.drawn || fit.y.drawn;
  cuts.kind = apart ? CutsKind::kGutters : CutsKind::kPeriod;
  cuts.grid = gridOf(fit);
  cuts.cells = cellsOf(cuts.grid);
  cuts.confidence = advantage <= 0 ? 0 : advantage / (advantage + kEvenOdds);
  cuts.how = wordsFor(cuts.grid);
  return cuts;
}

SheetCuts cutsFrom(const Parts& parts) {
  SheetCuts cuts;
  cuts.specks = parts.specks;
  if (parts.parts.size() < 2) return cuts;
  cuts.kind = CutsKind::kParts;
  cuts.cells = inReadingOrder(parts.parts);
  std::vector<std::int64_t> areas;
  for (const Part& part : parts.parts) areas.push_back(boxArea(part.bounds));
  const auto largest = *std::ranges::max_element(areas);
  const auto alike = std::ranges::count_if(areas, [largest](std::int64_t area) { return 4 * area >= largest; });
  // Parts of one sprite are few, unlike in size, small and near each other.
  constexpr double kFullSize = 24.0 * 24.0;
  const double size = std::min(1.0, static_cast<double>(largest) / kFullSize);
  const double sure = size * (0.25 * static_cast<double>(alike - 1) + 0.05 * std::min(parts.spacing, 8));
  cuts.confidence = alike < 2 ? 0 : 1 - std::exp2(-sure);
  cuts.how = std::to_string(cuts.cells.size()) + " separate sprites";
  if (cuts.specks > 0) {
    cuts.how += ", " + std::to_string(cuts.specks) + (cuts.specks == 1 ? " speck" : " specks") + " left out";
  }
  return cuts;
}

/// Lines that were drawn are ground from here on.
void eraseLines(SheetMask& mask, const DrawnLines& lines) {
  for (int y = 0; y < mask.height; ++y) {
    std::uint8_t* row = mask.ink.data() + static_cast<std::ptrdiff_t>(y) * mask.width;
    const bool isLine = std::ranges::any_of(
        lines.rows, [y](const DrawnLine& line) { return y >= line.start && y < line.start + line.thickness; });
    if (isLine) std::fill_n(row, mask.width, std::uint8_t{0});
    for (const DrawnLine& line : lines.columns) std::fill_n(row + line.start, line.thickness, std::uint8_t{0});
  }
}

void eraseRows(SheetMask& mask, int first, int end) {
  const auto at = [&mask](int y) { return mask.ink.begin() + static_cast<std::ptrdiff_t>(y) * mask.width; };
  std::fill(at(first), at(end), std::uint8_t{0});
}

/// The fits of an axis: the one its drawn lines give, or else what the profile says.
std::vector<AxisFit> fitsFor(const AxisProfile& profile, const AxisFit& drawn) {
  std::vector<AxisFit> fits;
  if (drawn.count == 0) return fitAxis(profile);
  fits.push_back(drawn);
  if (drawn.count > 1) fits.push_back({0, profile.length(), 0, 1, 0, false});
  return fits;
}

/// The likeliest grid, and its log posterior over that of a single sprite.
std::pair<GridFit, double> gridFitOn(const AxisProfiles& profiles, const DrawnLines& lines) {
  const auto xs = fitsFor(profiles.x, fitLines(lines.columns, profiles.x.length()));
  const auto ys = fitsFor(profiles.y, fitLines(lines.rows, profiles.y.length()));
  const GridFit best = bestPair(xs, ys);
  const AxisFit& wholeX = single(xs);
  const AxisFit& wholeY = single(ys);
  return {best, best.score - wholeX.score - wholeY.score - togetherPrior(wholeX, wholeY)};
}

/// Whether some cell of the grid holds all of `box`.
bool isWithinCell(const SheetGrid& grid, const PixelRect& box) {
  const auto within = [](int start, int length, int margin, int cell, int spacing) {
    if (start < margin) return false;
    return (start - margin) % (cell + spacing) + length <= cell;
  };
  return within(box.x, box.width, grid.marginX, grid.cellWidth, grid.spacingX) &&
         within(box.y, box.height, grid.marginY, grid.cellHeight, grid.spacingY);
}

/// How the sheet's large parts lie in a grid's cells.
struct Agreement {
  double large = 0;   ///< parts of a good size
  double cut = 0;     ///< those that would fit into a cell and are cut by its edge
  double filled = 0;  ///< cells with anything in them
  /// Whether cells hold the parts one by one, rather than cut such as would fit or gather many. Where sprites touch,
  /// there are few parts, and they are larger than a cell.
  bool holds() const { return cut <= 0.2 * large && large <= 1.8 * filled; }
  /// One part a cell and one cell a part: what a sheet of parts at any place hardly ever comes to.
  bool isExact() const { return cut == 0 && std::abs(large - filled) <= 0.1 * filled; }
};

Agreement agreement(const SheetGrid& grid, std::size_t filled, const Parts& parts) {
  Agreement sum{.filled = static_cast<double>(filled)};
  if (parts.parts.empty()) return sum;
  const auto largest = std::ranges::max_element(parts.parts, {}, [](const Part& part) { return boxArea(part.bounds); });
  for (const Part& part : parts.parts) {
    const PixelRect& box = part.bounds;
    if (5 * boxArea(box) < boxArea(largest->bounds)) continue;
    ++sum.large;
    const bool fits = box.width <= grid.cellWidth && box.height <= grid.cellHeight;
    if (fits && !isWithinCell(grid, box)) ++sum.cut;
  }
  return sum;
}

SheetCuts cutsOn(const Sprite& sheet, SheetMask mask, EmptyCells empty) {
  const DrawnLines lines = findDrawnLines(sheet, mask);
  eraseLines(mask, lines);
  Parts connected = connectedParts(mask);
  const Captions captions = findCaptions(connected, mask.height);
  eraseRows(mask, 0, captions.top);
  eraseRows(mask, mask.height - captions.bottom, mask.height);
  std::erase_if(connected.parts, [&](const Part& part) {
    return part.bounds.y < captions.top || part.bounds.y >= mask.height - captions.bottom;
  });
  const Parts parts = joinedParts(std::move(connected));
  SheetCuts apart = cutsFrom(parts);
  AxisProfiles profiles = profilesOf(sheet, mask);
  profiles.y.setFree(captions.top > 0, captions.bottom > 0);
  const auto [fit, advantage] = gridFitOn(profiles, lines);
  if (fit.x.count * fit.y.count < 2) return apart;
  SheetCuts grid = cutsFrom(fit, advantage);
  std::vector<SheetCell> filled = grid.cells;
  dropEmptyCells(filled, mask);
  const Agreement parted = agreement(grid.grid, filled.size(), parts);
  if (parted.isExact()) grid = cutsFrom(fit, advantage + kPerAgreeingCell * (parted.filled - 1));
  if (empty == EmptyCells::kLeaveOut) grid.cells = std::move(filled);
  const bool regular = parted.holds() && (looksLikeSheet(grid) || (parted.isExact() && grid.confidence > 0));
  return regular || (apart.confidence <= grid.confidence && apart.kind == CutsKind::kNone) ? grid : apart;
}

}  // namespace
}  // namespace sheet_finder

SheetCuts findSheetCuts(const Sprite& sheet, EmptyCells empty) {
  using namespace sheet_finder;
  SheetCuts best;
  if (sheet.empty()) return best;
  const auto keep = [&best](SheetCuts cuts) {
    if (best.kind == CutsKind::kNone || cuts.confidence > best.confidence) best = std::move(cuts);
    return looksLikeSheet(best);
  };
  if (hasTransparentGround(sheet) && keep(cutsOn(sheet, maskOf(sheet, std::nullopt), empty))) return best;
  if (const auto ground = groundColour(sheet)) {
    if (keep(cutsOn(sheet, maskOf(sheet, ground), empty))) return best;
  } else if (!hasTransparentGround(sheet)) {
    const SheetMask mask = maskOf(sheet, std::nullopt);
    const auto [fit, advantage] = gridFitOn(changeProfilesOf(sheet), findDrawnLines(sheet, mask));
    if (fit.x.count * fit.y.count > 1) keep(cutsFrom(fit, advantage));
  }
  return best;
}

}  // namespace loom
