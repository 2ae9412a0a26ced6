// Pictures that stand still: one sprite, or a sheet of them.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/importer_prepare_parts.h"
#include "core/dataset/lpc_sheet.h"
#include "core/dataset/sheet_names.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr int kSmallestSheetSide = 96;  // px; without being asked, smaller pictures are taken for one sprite

bool isWhole(double value) {
  return std::abs(value - std::round(value)) < 1e-6;
}

/// Where the pixels of the grid begin and end on the cell's borders, so that it has whole ones alone.
bool isOnGrid(const PixelRect& area, const PixelGrid& grid) {
  return isWhole((area.x - grid.offsetX) / grid.scaleX) && isWhole((area.y - grid.offsetY) / grid.scaleY) &&
         isWhole(area.width / grid.scaleX) && isWhole(area.height / grid.scaleY);
}

void checkCells(std::int64_t count) {
  if (count <= limits::kMaxSheetCells) return;
  throw Error("it would be cut into " + std::to_string(count) + " cells, and " +
              std::to_string(limits::kMaxSheetCells) + " are the most: give larger ones");
}

/// How many cells a grid has at most, before they are listed.
std::int64_t mostCells(const Sprite& sheet, const SheetGrid& grid) {
  const auto along = [](int length, int cell, int margin, int spacing) {
    return cell < 1
               ? 0
               : (std::int64_t{length} - margin + spacing) / std::max<std::int64_t>(std::int64_t{cell} + spacing, 1);
  };
  return along(sheet.width(), grid.cellWidth, grid.marginX, grid.spacingX) *
         along(sheet.height(), grid.cellHeight, grid.marginY, grid.spacingY);
}

/// Cuts one picture. Cells lie on the native picture: the picture itself, unless its grid was undone.
class SheetPreparation {
 public:
  SheetPreparation(Preparation& preparation, const Sprite& picture)
      : m_preparation(preparation), m_options(preparation.options()), m_picture(picture), m_native(&picture) {}

  void undo(const PixelGrid& grid) {
    if (!grid.found()) return;
    m_grid = grid;
    m_undone = withoutUpscaling(m_picture, grid);
    m_native = &m_undone;
  }

  bool isByHand() const { return m_options.as == ImportAs::kSheet && (m_options.sheet || !m_options.cells.empty()); }

  /// Cells that count the picture's own pixels, while its enlargement is undone within each.
  void byHandOnEnlarged(const PixelGrid& grid) {
    const SheetCuts cuts = handMadeCuts();
    const bool whole = grid.kind == GridKind::kExact && std::ranges::all_of(cuts.cells, [&](const SheetCell& cell) {
                         return isOnGrid(cell.area, grid);
                       });
    if (whole) {
      const PixelSize size = nativeSize(grid, m_picture.width(), m_picture.height());
      m_preparation.about("sheet", size.width, size.height);
      return cut(cuts, grid);
    }
    if (grid.found()) {
      m_preparation.note("it was enlarged x" + numberText(std::max(grid.scaleX, grid.scaleY)) +
                         ", which is left so: its cells are no whole numbers of enlarged pixels");
      m_preparation.result.about.scale = 1;
    }
    m_preparation.about("sheet", m_picture.width(), m_picture.height());
    cut(cuts, {});
  }

  void byHand() {
    m_preparation.about("sheet", m_native->width(), m_native->height());
    cut(handMadeCuts(), {});
  }

  bool lpc() {
    const bool wanted = m_options.as == ImportAs::kLpcSheet;
    if (!wanted && !(m_options.as == ImportAs::kAuto && isLpcSheet(*m_native))) return false;
    m_preparation.about("lpc-sheet", m_native->width(), m_native->height());
    const bool frames = m_options.lpcFrames == LpcFrames::kAll;
    for (const LpcSheetCell& cell : lpcCells(*m_native, m_options.lpcFrames)) {
      m_preparation.addCell(
          m_picture, m_grid, *m_native, cell.area,
          {.view = cell.view, .animation = frames ? cell.animation : "", .frame = frames ? cell.frame : 0});
    }
    return true;
  }

  bool sheet() {
    const bool wanted = m_options.as == ImportAs::kSheet;
    if (!wanted && std::max(m_native->width(), m_native->height()) < kSmallestSheetSide) return false;
    const SheetCuts cuts = findSheetCuts(*m_native);
    if (!wanted && !looksLikeSheet(cuts)) return false;
    m_preparation.about("sheet", m_native->width(), m_native->height());
    cut(cuts, {});
    return true;
  }

 private:
  SheetCuts handMadeCuts() const {
    if (m_options.cells.empty()) {
      checkCells(mostCells(*m_native, *m_options.sheet));
      return gridCuts(*m_native, *m_options.sheet);
    }
    SheetCuts cuts;
    cuts.kind = CutsKind::kGrid;
    cuts.cells = m_options.cells;
    cuts.confidence = 1;
    return cuts;
  }

  /// `each` is undone on every cell by itself.
  void cut(const SheetCuts& cuts, const PixelGrid& each) {
    if (cuts.cells.empty()) throw Error("no sprites were found on it; give the size of its cells");
    checkCells(std::ssize(cuts.cells));
    if (cuts.specks > 0) m_preparation.note(std::to_string(cuts.specks) + " specks on it were left out");
    const std::vector<CellName> names = nameCells(cuts.cells, naming());
    int tooLarge = 0;
    for (std::size_t i = 0; i < cuts.cells.size(); ++i) {
      const PixelRect& area = cuts.cells[i].area;
      const int scale = each.found() ? static_cast<int>(std::min(each.scaleX, each.scaleY)) : 1;
      if (!m_preparation.fits(area.width / scale, area.height / scale)) {
        ++tooLarge;
        continue;
      }
      PartLabels labels{.suffix = names[i].character,
                        .view = names[i].view == kAnyView ? "" : names[i].view,
                        .animation = names[i].animation,
                        .frame = names[i].frame};
      if (each.found()) {
        m_preparation.add(cropped(m_picture, area), gridWithin(each, area.x, area.y), std::move(labels));
      } else {
        m_preparation.addCell(m_picture, m_grid, *m_native, area, std::move(labels));
      }
    }
    if (tooLarge > 0) {
      m_preparation.note(std::to_string(tooLarge) + " cells were larger than a sprite may be, " +
                         sizeText(limits::kMaxSpriteSide, limits::kMaxSpriteSide) + ", and left out");
    }
  }

  SheetNaming naming() const {
    if (m_options.rows.empty()) return sheetNamingPreset(m_options.rowPreset.empty() ? "none" : m_options.rowPreset);
    SheetNaming naming;
    for (const std::string& row : m_options.rows) naming.rows.push_back(parseRowLabel(row));
    return naming;
  }

  Preparation& m_preparation;
  const ImportOptions& m_options;
  const Sprite& m_picture;
  const Sprite* m_native;
  Sprite m_undone;
  PixelGrid m_grid;
};

}  // namespace

void prepareStill(Sprite picture, Preparation& preparation) {
  const ImportOptions& options = preparation.options();
  const PixelGrid grid = preparation.gridOf(picture);
  const bool cuts =
      options.as == ImportAs::kAuto || options.as == ImportAs::kSheet || options.as == ImportAs::kLpcSheet;
  if (cuts) {
    SheetPreparation sheets(preparation, picture);
    if (sheets.isByHand() && !options.upscaling) return sheets.byHandOnEnlarged(grid);
    sheets.undo(grid);
    if (sheets.isByHand()) return sheets.byHand();
    if (sheets.lpc() || sheets.sheet()) return;
  }
  preparation.addWhole(std::move(picture), grid);
}

}  // namespace loom
