#include "ui/widgets/sheet_grid_form.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "core/base/limits.h"

namespace loom {
namespace {

constexpr int kUsualCell = 64;

/// Return cuts instead of closing the dialog that the field is in.
class GridField : public QSpinBox {
 public:
  explicit GridField(std::function<void()> entered) : m_entered(std::move(entered)) {}

 protected:
  void keyPressEvent(QKeyEvent* event) override {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QSpinBox::keyPressEvent(event);
    interpretText();
    m_entered();
  }

 private:
  std::function<void()> m_entered;
};

}  // namespace

SheetGridForm::SheetGridForm(QWidget* parent) : QGroupBox(tr("Cut by a grid"), parent) {
  setObjectName("sheetGridForm");
  auto* layout = new QGridLayout(this);
  const auto field = [&](Field which, const QString& name, const QString& title, const QString& tip) {
    const bool counted = which >= kFirstRow;
    auto* made = new GridField([this] { Q_EMIT cutRequested(); });
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setToolTip(tip);
    made->setRange(which == kWidth || which == kHeight || which == kFirstRow || which == kFirstColumn ? 1 : 0,
                   limits::kMaxImageSide);
    if (!counted) made->setSuffix(tr(" px"));
    if (which == kRows || which == kColumns) made->setSpecialValueText(tr("all"));
    m_fields[which] = made;
    return made;
  };
  const auto line = [&](int row, const QString& title, QSpinBox* one, const QString& between, QSpinBox* other) {
    auto* label = new QLabel(title);
    label->setBuddy(one);
    layout->addWidget(label, row, 0);
    layout->addWidget(one, row, 1);
    layout->addWidget(new QLabel(between), row, 2, Qt::AlignCenter);
    layout->addWidget(other, row, 3);
  };
  line(0, tr("Cells"), field(kWidth, "gridCellWidth", tr("Cell width"), tr("Width of a cell")), tr("×"),
       field(kHeight, "gridCellHeight", tr("Cell height"), tr("Height of a cell")));
  line(1, tr("Margins"), field(kLeft, "gridMarginX", tr("Left margin"), tr("Left of the first column")), tr("and"),
       field(kTop, "gridMarginY", tr("Top margin"), tr("Above the first row")));
  line(2, tr("Gaps"), field(kAcross, "gridSpacingX", tr("Gap across"), tr("Between neighbours in a row")), tr("and"),
       field(kDown, "gridSpacingY", tr("Gap down"), tr("Between rows")));
  line(3, tr("Rows from"), field(kFirstRow, "gridFirstRow", tr("First row"), tr("The first row to take")), tr("take"),
       field(kRows, "gridRows", tr("Rows to take"), tr("How many rows")));
  line(4, tr("Columns from"),
       field(kFirstColumn, "gridFirstColumn", tr("First column"), tr("The first column to take")), tr("take"),
       field(kColumns, "gridColumns", tr("Columns to take"), tr("How many columns")));
  auto* cut = new QPushButton(tr("Cut by this grid"));
  cut->setObjectName("useGridButton");
  cut->setToolTip(tr("Replaces the cells by those of the grid; cells without a sprite are left out (Return)"));
  cut->setAutoDefault(false);
  connect(cut, &QPushButton::clicked, this, &SheetGridForm::cutRequested);
  layout->addWidget(cut, 5, 0, 1, 4);
  layout->setColumnStretch(1, 1);
  layout->setColumnStretch(3, 1);
  setGrid({.cellWidth = kUsualCell, .cellHeight = kUsualCell});
}

SheetGrid SheetGridForm::grid() const {
  const auto value = [this](Field field) { return m_fields[field]->value(); };
  return {.cellWidth = value(kWidth),
          .cellHeight = value(kHeight),
          .marginX = value(kLeft),
          .marginY = value(kTop),
          .spacingX = value(kAcross),
          .spacingY = value(kDown),
          .firstRow = value(kFirstRow) - 1,
          .rows = value(kRows),
          .firstColumn = value(kFirstColumn) - 1,
          .columns = value(kColumns)};
}

void SheetGridForm::setGrid(const SheetGrid& grid) {
  const int values[] = {
      grid.cellWidth, grid.cellHeight, grid.marginX, grid.marginY, grid.spacingX, grid.spacingY, 1, 0, 1, 0};
  for (std::size_t i = 0; i < kFields; ++i) m_fields[i]->setValue(values[i]);
}

}  // namespace loom
