#include "ui/pages/sheet_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QTableWidget>
#include <QUndoCommand>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/sheet_cutter.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

/// What reading a sheet found out.
struct SheetReading {
  Sprite picture;
  Sprite native;  ///< empty: the sheet is at its native size
  PixelGrid grid;
  SheetCuts found;        ///< on the picture
  SheetCuts foundNative;  ///< on the native one
  bool lpc = false;
};

SheetReading readSheet(const std::filesystem::path& file, JobMonitor& monitor) {
  monitor.begin("Reading the sheet", 0);
  SheetReading reading;
  reading.picture = readImage(file);
  monitor.checkCancelled();
  reading.grid = findPixelGrid(reading.picture);
  if (reading.grid.found() && reading.grid.confidence >= kSureGrid) {
    reading.native = undoUpscaling(reading.picture, reading.grid);
    monitor.checkCancelled();
    reading.foundNative = findSheetCuts(reading.native);
  }
  monitor.checkCancelled();
  reading.found = findSheetCuts(reading.picture);
  reading.lpc = isLpcSheet(reading.native.empty() ? reading.picture : reading.native);
  return reading;
}

}  // namespace

struct SheetDialog::Impl {
  Impl(Session& of, std::filesystem::path path) : session(of), file(std::move(path)) {}

  Session& session;
  std::filesystem::path file;
  SheetReading reading = {};
  bool read = false;
  bool filling = false;
  QUndoStack undo;
  std::vector<SheetCell> cells = {};
  std::map<int, QString> names = {};  ///< by row

  SheetCutter* cutter = nullptr;
  QLabel *state = nullptr, *hover = nullptr, *count = nullptr;
  QComboBox* preset = nullptr;
  QCheckBox *native = nullptr, *frames = nullptr;
  QWidget* side = nullptr;
  QPushButton *found = nullptr, *useGrid = nullptr, *undoButton = nullptr, *redoButton = nullptr, *import = nullptr;
  QSpinBox *cellWidth = nullptr, *cellHeight = nullptr, *marginX = nullptr, *marginY = nullptr, *spacingX = nullptr,
           *spacingY = nullptr, *firstRow = nullptr, *rows = nullptr, *firstColumn = nullptr, *columns = nullptr;
  QTableWidget* rowNames = nullptr;
};

namespace {

/// The cells of a sheet before and after a change by hand or by grid.
class CellsCommand : public QUndoCommand {
 public:
  CellsCommand(std::function<void(const std::vector<SheetCell>&)> show, std::vector<SheetCell> before,
               std::vector<SheetCell> after, const QString& text)
      : QUndoCommand(text), m_show(std::move(show)), m_before(std::move(before)), m_after(std::move(after)) {}
  void undo() override { m_show(m_before); }
  void redo() override { m_show(m_after); }

 private:
  std::function<void(const std::vector<SheetCell>&)> m_show;
  std::vector<SheetCell> m_before, m_after;
};

}  // namespace

SheetDialog::SheetDialog(Session& session, const std::filesystem::path& file, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, file)) {
  setObjectName("sheetDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Cut %1").arg(QString::fromStdString(file.filename().string())));
  resize(1080, 720);
  build();
  restoreGeometry(QSettings().value("sheetDialog/geometry").toByteArray());
  read();
}

SheetDialog::~SheetDialog() {
  QSettings().setValue("sheetDialog/geometry", saveGeometry());
  silence(*this, *this);
}

void SheetDialog::build() {
  m_impl->cutter = new SheetCutter;
  m_impl->state = new QLabel(tr("Reading the sheet…"));
  m_impl->state->setObjectName("sheetState");
  m_impl->state->setWordWrap(true);
  m_impl->hover = new QLabel;
  m_impl->hover->setObjectName("muted");
  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins(0, 0, 0, 0);
  leftLayout->addWidget(m_impl->state);
  leftLayout->addWidget(m_impl->cutter, 1);
  leftLayout->addWidget(m_impl->hover);
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(buildSide());
  splitter->setStretchFactor(0, 1);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
  m_impl->import->setObjectName("importCellsButton");
  m_impl->import->setProperty("primary", true);
  m_impl->import->setEnabled(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  m_impl->count = new QLabel;
  m_impl->count->setObjectName("cellCount");
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(m_impl->count, 1);
  bottom->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter, 1);
  layout->addLayout(bottom);

  connect(m_impl->cutter, &SheetCutter::cellsEdited, this, &SheetDialog::edited);
  connect(m_impl->cutter, &SheetCutter::hovered, m_impl->hover, &QLabel::setText);
}

QWidget* SheetDialog::buildSide() {
  m_impl->side = new QWidget;
  m_impl->side->setEnabled(false);
  m_impl->side->setMinimumWidth(280);
  const auto button = [](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
  };
  m_impl->found = button(tr("Find the cells"), "findCellsButton", tr("Looks for gutters, a period or separate parts"));
  m_impl->undoButton = button(tr("Undo"), "undoCellsButton", tr("Takes the last change of the cells back (Ctrl+Z)"));
  m_impl->redoButton = button(tr("Redo"), "redoCellsButton", tr("Does it again (Ctrl+Shift+Z)"));
  m_impl->undoButton->setShortcut(QKeySequence::Undo);
  m_impl->redoButton->setShortcut(QKeySequence::Redo);
  m_impl->undoButton->setEnabled(false);
  m_impl->redoButton->setEnabled(false);
  connect(m_impl->found, &QPushButton::clicked, this, &SheetDialog::useFound);
  connect(m_impl->undoButton, &QPushButton::clicked, &m_impl->undo, &QUndoStack::undo);
  connect(m_impl->redoButton, &QPushButton::clicked, &m_impl->undo, &QUndoStack::redo);
  connect(&m_impl->undo, &QUndoStack::canUndoChanged, m_impl->undoButton, &QWidget::setEnabled);
  connect(&m_impl->undo, &QUndoStack::canRedoChanged, m_impl->redoButton, &QWidget::setEnabled);
  m_impl->native = new QCheckBox;
  m_impl->native->setObjectName("nativeCheck");
  m_impl->native->setToolTip(tr("The sheet was enlarged; this takes it back to the size it was drawn at"));
  m_impl->native->hide();
  connect(m_impl->native, &QCheckBox::toggled, this, &SheetDialog::setNative);
  m_impl->frames = new QCheckBox(tr("Full LPC sheet: take all frames, not the four standing views alone"));
  m_impl->frames->setObjectName("lpcFramesCheck");
  m_impl->frames->hide();

  auto* tools = new QHBoxLayout;
  for (QPushButton* each : {m_impl->found, m_impl->undoButton, m_impl->redoButton}) tools->addWidget(each);
  auto* layout = new QVBoxLayout(m_impl->side);
  layout->addLayout(tools);
  layout->addWidget(m_impl->native);
  layout->addWidget(m_impl->frames);
  layout->addWidget(buildGrid());
  layout->addWidget(buildRows(), 1);
  return m_impl->side;
}

QWidget* SheetDialog::buildGrid() {
  auto* box = new QGroupBox(tr("Grid"));
  auto* layout = new QGridLayout(box);
  const auto spin = [&](int row, int column, const QString& title, const QString& name, int least, const QString& special) {
    auto* made = new QSpinBox;
    made->setObjectName(name);
    made->setRange(least, limits::kMaxImageSide);
    made->setAccessibleName(title);
    if (!special.isEmpty()) made->setSpecialValueText(special);
    auto* label = new QLabel(title);
    label->setBuddy(made);
    layout->addWidget(label, row, 2 * column);
    layout->addWidget(made, row, 2 * column + 1);
    return made;
  };
  m_impl->cellWidth = spin(0, 0, tr("Cell width"), "gridCellWidth", 1, {});
  m_impl->cellHeight = spin(0, 1, tr("height"), "gridCellHeight", 1, {});
  m_impl->marginX = spin(1, 0, tr("Margin left"), "gridMarginX", 0, {});
  m_impl->marginY = spin(1, 1, tr("top"), "gridMarginY", 0, {});
  m_impl->spacingX = spin(2, 0, tr("Gap across"), "gridSpacingX", 0, {});
  m_impl->spacingY = spin(2, 1, tr("down"), "gridSpacingY", 0, {});
  m_impl->firstRow = spin(3, 0, tr("From row"), "gridFirstRow", 1, {});
  m_impl->rows = spin(3, 1, tr("rows"), "gridRows", 0, tr("all"));
  m_impl->firstColumn = spin(4, 0, tr("From column"), "gridFirstColumn", 1, {});
  m_impl->columns = spin(4, 1, tr("columns"), "gridColumns", 0, tr("all"));
  m_impl->cellWidth->setValue(64);
  m_impl->cellHeight->setValue(64);
  m_impl->useGrid = new QPushButton(tr("Cut by this grid"));
  m_impl->useGrid->setObjectName("useGridButton");
  m_impl->useGrid->setAutoDefault(false);
  connect(m_impl->useGrid, &QPushButton::clicked, this, &SheetDialog::useGrid);
  layout->addWidget(m_impl->useGrid, 5, 0, 1, 4);
  return box;
}

QWidget* SheetDialog::buildRows() {
  auto* box = new QGroupBox(tr("What the rows show"));
  m_impl->preset = new QComboBox;
  m_impl->preset->setObjectName("rowPreset");
  m_impl->preset->setAccessibleName(tr("A usual order of rows"));
  m_impl->preset->addItem(tr("Names of your own"), QString());
  m_impl->preset->addItem(tr("Back, left, front, right"), QStringLiteral("back,left,front,right"));
  m_impl->preset->addItem(tr("Front, left, right, back"), QStringLiteral("front,left,right,back"));
  m_impl->preset->addItem(tr("RPG Maker (blocks of 3 × 4)"), QStringLiteral("rpgmaker"));
  connect(m_impl->preset, &QComboBox::currentIndexChanged, this, [this] {
    const QString chosen = m_impl->preset->currentData().toString();
    m_impl->rowNames->setEnabled(chosen != "rpgmaker");
    if (!chosen.contains(',')) return;
    const QStringList words = chosen.split(',');
    for (int row = 0; row < m_impl->rowNames->rowCount(); ++row) {
      m_impl->rowNames->item(row, 1)->setText(words[row % words.size()]);
    }
  });
  m_impl->rowNames = new QTableWidget(0, 2);
  m_impl->rowNames->setObjectName("rowNames");
  m_impl->rowNames->setAccessibleName(tr("Names of the rows"));
  m_impl->rowNames->setHorizontalHeaderLabels({tr("Row"), tr("Shows: a view, an animation, or both (walk left)")});
  m_impl->rowNames->horizontalHeader()->setStretchLastSection(true);
  m_impl->rowNames->verticalHeader()->hide();
  connect(m_impl->rowNames, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (m_impl->filling || item->column() != 1) return;
    m_impl->names[m_impl->rowNames->item(item->row(), 0)->data(Qt::UserRole).toInt()] = item->text();
  });
  auto* layout = new QVBoxLayout(box);
  layout->addWidget(m_impl->preset);
  layout->addWidget(m_impl->rowNames, 1);
  return box;
}

void SheetDialog::read() {
  m_impl->session.jobs().run(
      tr("Reading %1").arg(QString::fromStdString(m_impl->file.filename().string())), this,
      [file = m_impl->file](JobMonitor& monitor) { return readSheet(file, monitor); },
      [this](SheetReading reading) {
        m_impl->reading = std::move(reading);
        m_impl->read = true;
        m_impl->side->setEnabled(true);
        const SheetReading& known = m_impl->reading;
        const bool enlarged = !known.native.empty();
        m_impl->native->setVisible(enlarged);
        m_impl->frames->setVisible(known.lpc);
        m_impl->native->setText(tr("Enlarged ×%1: cut at its native %2 × %3 px")
                                    .arg(std::max(known.grid.scaleX, known.grid.scaleY))
                                    .arg(known.native.width())
                                    .arg(known.native.height()));
        m_impl->native->setChecked(enlarged);
        if (!enlarged) setNative(false);
      },
      [this](const std::exception_ptr& error) {
        const ErrorText text = errorText(error);
        m_impl->state->setText(text.hint.isEmpty() ? text.what : tr("%1: %2").arg(text.what, text.hint));
      });
}

void SheetDialog::setNative(bool native) {
  if (!m_impl->read) return;
  m_impl->cutter->setSheet(toImage(native ? m_impl->reading.native : m_impl->reading.picture));
  m_impl->undo.clear();
  m_impl->cells.clear();
  const SheetCuts& cuts = native ? m_impl->reading.foundNative : m_impl->reading.found;
  m_impl->cells = cuts.cells;
  showCells();
  m_impl->state->setText(cuts.cells.empty()
                             ? tr("No cells were found. Give a grid, or draw them with the mouse.")
                             : tr("Found: %1 (%2 % sure). Drag to add cells, click to select, Del to take away.")
                                   .arg(QString::fromStdString(cuts.how))
                                   .arg(qRound(100 * cuts.confidence)));
  if (cuts.grid.cellWidth < 1) return;
  m_impl->cellWidth->setValue(cuts.grid.cellWidth);
  m_impl->cellHeight->setValue(cuts.grid.cellHeight);
  m_impl->marginX->setValue(cuts.grid.marginX);
  m_impl->marginY->setValue(cuts.grid.marginY);
  m_impl->spacingX->setValue(cuts.grid.spacingX);
  m_impl->spacingY->setValue(cuts.grid.spacingY);
}

void SheetDialog::useFound() {
  const SheetCuts& cuts = m_impl->native->isChecked() ? m_impl->reading.foundNative : m_impl->reading.found;
  pushCells(cuts.cells, tr("found cells"));
}

void SheetDialog::useGrid() {
  const SheetGrid grid{.cellWidth = m_impl->cellWidth->value(),
                       .cellHeight = m_impl->cellHeight->value(),
                       .marginX = m_impl->marginX->value(),
                       .marginY = m_impl->marginY->value(),
                       .spacingX = m_impl->spacingX->value(),
                       .spacingY = m_impl->spacingY->value(),
                       .firstRow = m_impl->firstRow->value() - 1,
                       .rows = m_impl->rows->value(),
                       .firstColumn = m_impl->firstColumn->value() - 1,
                       .columns = m_impl->columns->value()};
  try {
    const Sprite& sheet = m_impl->native->isChecked() ? m_impl->reading.native : m_impl->reading.picture;
    pushCells(gridCuts(sheet, grid).cells, tr("grid"));
    m_impl->state->setText(tr("Cut by the grid."));
  } catch (const Error& error) {
    m_impl->state->setText(QString::fromUtf8(error.what()) + QStringLiteral(": ") +
                           QString::fromStdString(error.hint()));
  }
}

void SheetDialog::edited() {
  pushCells(m_impl->cutter->cells(), tr("cells"));
}

void SheetDialog::pushCells(std::vector<SheetCell> cells, const QString& text) {
  const auto show = [this](const std::vector<SheetCell>& shown) {
    m_impl->cells = shown;
    showCells();
  };
  m_impl->undo.push(new CellsCommand(show, m_impl->cells, std::move(cells), text));
}

void SheetDialog::showCells() {
  if (m_impl->cutter->cells() != m_impl->cells) m_impl->cutter->setCells(m_impl->cells);
  const auto count = static_cast<qint64>(m_impl->cells.size());
  m_impl->count->setText(counted(count, tr("cell"), tr("cells")));
  m_impl->import->setText(tr("Import %1").arg(counted(count, tr("sprite"), tr("sprites"))));
  m_impl->import->setEnabled(count > 0);
  showRows();
}

void SheetDialog::showRows() {
  std::map<int, int> perRow;
  for (const SheetCell& cell : m_impl->cells) ++perRow[cell.row];
  m_impl->filling = true;
  m_impl->rowNames->setRowCount(static_cast<int>(perRow.size()));
  int at = 0;
  for (const auto& [row, cells] : perRow) {
    auto* title = new QTableWidgetItem(tr("%1 (%2)").arg(row + 1).arg(counted(cells, tr("cell"), tr("cells"))));
    title->setData(Qt::UserRole, row);
    title->setFlags(Qt::ItemIsEnabled);
    m_impl->rowNames->setItem(at, 0, title);
    m_impl->rowNames->setItem(at, 1, new QTableWidgetItem(m_impl->names[row]));
    ++at;
  }
  m_impl->rowNames->resizeColumnToContents(0);
  m_impl->filling = false;
}

ImportOptions SheetDialog::options() const {
  ImportOptions options{.as = ImportAs::kSheet};
  if (m_impl->native->isVisible() && m_impl->native->isChecked()) options.upscaling = m_impl->reading.grid;
  if (m_impl->reading.lpc && m_impl->frames->isChecked()) {
    options.as = ImportAs::kLpcSheet;
    options.lpcFrames = LpcFrames::kAll;
    return options;
  }
  options.cells = m_impl->cells;
  if (m_impl->preset->currentData().toString() == "rpgmaker") {
    options.rowPreset = "rpgmaker";
  } else if (!m_impl->cells.empty()) {
    const int last = std::ranges::max(m_impl->cells, {}, &SheetCell::row).row;
    for (int row = 0; row <= last; ++row) {
      const auto name = m_impl->names.find(row);
      options.rows.push_back(name == m_impl->names.end() ? std::string() : name->second.trimmed().toStdString());
    }
    if (std::ranges::all_of(options.rows, &std::string::empty)) options.rows.clear();
  }
  return options;
}

void SheetDialog::accept() {
  m_impl->session.importSprites({m_impl->file}, options());
  QDialog::accept();
}

}  // namespace loom
