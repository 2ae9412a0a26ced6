// A sheet's grid given by hand: cells, margins, gaps, and which rows and columns to take.
#pragma once

#include <QGroupBox>
#include <array>

#include "core/image/sheet_cuts.h"

class QSpinBox;

namespace loom {

/// Usable alone.
class SheetGridForm : public QGroupBox {
  Q_OBJECT
 public:
  explicit SheetGridForm(QWidget* parent = nullptr);

  SheetGrid grid() const;
  /// Shows cells, margins and gaps; rows and columns are all taken.
  void setGrid(const SheetGrid& grid);

 Q_SIGNALS:
  void cutRequested();  ///< by the button, or Return in a field

 private:
  enum Field { kWidth, kHeight, kLeft, kTop, kAcross, kDown, kFirstRow, kRows, kFirstColumn, kColumns, kFields };
  std::array<QSpinBox*, kFields> m_fields = {};
};

}  // namespace loom
