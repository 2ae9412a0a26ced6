// How a sheet is going to be cut: what a person changes by hand, and what undo takes back.
#pragma once

#include <QString>
#include <map>
#include <set>
#include <vector>

#include "ui/widgets/sheet_reading.h"

namespace loom {

struct SheetPlan {
  bool native = false;  ///< cells count the native picture's pixels
  std::vector<SheetCell> cells = {};
  std::map<int, QString> names = {};  ///< by the cells' row: "left", "walk left"
  /// Of sheetNamingPreset; names then count for nothing. Empty: as named.
  QString preset = {};
  friend bool operator==(const SheetPlan&, const SheetPlan&) = default;

  std::set<int> rows() const;
  /// Names the rows in turn, and from the front again.
  void nameRows(const QStringList& words);
};

/// What was found, or of a full LPC sheet its standing views.
SheetPlan foundPlan(const SheetReading& reading, bool native);
/// The cells of a full LPC sheet, with their names.
SheetPlan lpcPlan(const SheetReading& reading, LpcFrames frames);
/// The grid by which RPG Maker cuts a sheet of this size: one character of 3 x 4 cells, or eight of them. Its cells are
/// 0 px where it cannot be parted so.
SheetGrid rpgMakerGrid(int width, int height);

/// The import that the plan stands for. Rows whose names come again belong to another character.
ImportOptions importOptions(const SheetPlan& plan, const SheetReading& reading);
/// How many cells are larger than a sprite may be.
int tooLargeCells(const SheetPlan& plan);

}  // namespace loom
