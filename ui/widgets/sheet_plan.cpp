#include "ui/widgets/sheet_plan.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/limits.h"

namespace loom {
namespace {

/// The first names of a list that goes on repeating them.
std::vector<std::string> period(const std::vector<std::string>& names) {
  for (std::size_t length = 1; length < names.size(); ++length) {
    bool repeats = true;
    for (std::size_t i = length; i < names.size() && repeats; ++i) {
      repeats = !names[i].empty() && names[i] == names[i - length];
    }
    if (repeats) return {names.begin(), names.begin() + static_cast<std::ptrdiff_t>(length)};
  }
  return names;
}

}  // namespace

std::set<int> SheetPlan::rows() const {
  std::set<int> found;
  for (const SheetCell& cell : cells) found.insert(cell.row);
  return found;
}

void SheetPlan::nameRows(const QStringList& words) {
  qsizetype next = 0;
  for (const int row : rows()) names[row] = words[next++ % words.size()];
}

SheetPlan foundPlan(const SheetReading& reading, bool native) {
  if (reading.lpc && native == reading.enlarged()) return lpcPlan(reading, LpcFrames::kStanding);
  return {.native = native, .cells = reading.cuts(native).cells};
}

SheetPlan lpcPlan(const SheetReading& reading, LpcFrames frames) {
  SheetPlan plan{.native = reading.enlarged()};
  const std::vector<LpcSheetCell> cells = lpcCells(reading.pixels(plan.native), frames);
  for (const LpcSheetCell& cell : cells) {
    const bool next = plan.cells.empty() || plan.cells.back().area.y != cell.area.y;
    const int row = plan.cells.empty() ? 0 : plan.cells.back().row + (next ? 1 : 0);
    plan.cells.push_back({cell.area, row, cell.area.x / kLpcCell});
    const QString view = QString::fromStdString(cell.view);
    plan.names[row] =
        frames == LpcFrames::kAll ? QString::fromStdString(cell.animation) + QLatin1Char(' ') + view : view;
  }
  return plan;
}

SheetGrid rpgMakerGrid(int width, int height) {
  constexpr int kFrames = 3, kViews = 4, kAcross = 4, kDown = 2;
  SheetGrid best;
  double roundest = 0;
  for (const auto& [columns, rows] : {std::pair(kFrames, kViews), std::pair(kFrames * kAcross, kViews * kDown)}) {
    if (width % columns != 0 || height % rows != 0) continue;
    const SheetGrid grid{.cellWidth = width / columns, .cellHeight = height / rows};
    // Cells are about as wide as high, which tells one character from eight.
    const double shape = static_cast<double>(std::min(grid.cellWidth, grid.cellHeight)) /
                         static_cast<double>(std::max(grid.cellWidth, grid.cellHeight));
    if (shape <= roundest) continue;
    roundest = shape;
    best = grid;
  }
  return best;
}

ImportOptions importOptions(const SheetPlan& plan, const SheetReading& reading) {
  ImportOptions options{.as = ImportAs::kSheet};
  if (plan.native) options.upscaling = reading.grid;
  options.cells = plan.cells;
  if (!plan.preset.isEmpty()) {
    options.rowPreset = plan.preset.toStdString();
    return options;
  }
  const std::set<int> rows = plan.rows();
  for (const int row : rows) {
    const auto name = plan.names.find(row);
    options.rows.push_back(name == plan.names.end() ? std::string() : name->second.simplified().toStdString());
  }
  if (std::ranges::all_of(options.rows, &std::string::empty)) {
    options.rows.clear();
    return options;
  }
  // Counted among those that are taken, so that the names stand for them in turn.
  for (SheetCell& cell : options.cells) {
    cell.row = static_cast<int>(std::distance(rows.begin(), rows.find(cell.row)));
  }
  options.rows = period(options.rows);
  return options;
}

int tooLargeCells(const SheetPlan& plan) {
  return static_cast<int>(std::ranges::count_if(plan.cells, [](const SheetCell& cell) {
    return std::max(cell.area.width, cell.area.height) > limits::kMaxSpriteSide;
  }));
}

}  // namespace loom
