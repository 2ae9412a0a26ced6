#include "ui/pages/sheet_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QUndoCommand>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/settings.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/sheet_cutter.h"
#include "ui/widgets/sheet_grid_form.h"
#include "ui/widgets/sheet_rows.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

/// Steps of the same kind that follow each other are one to undo.
enum Merge { kNoMerge = -1, kNudges = 1 };

class PlanCommand : public QUndoCommand {
 public:
  PlanCommand(std::function<void(const SheetPlan&)> show, SheetPlan before, SheetPlan after, const QString& text,
              int merge)
      : QUndoCommand(text),
        m_show(std::move(show)),
        m_before(std::move(before)),
        m_after(std::move(after)),
        m_merge(merge) {}
  void undo() override { m_show(m_before); }
  void redo() override { m_show(m_after); }
  int id() const override { return m_merge; }
  bool mergeWith(const QUndoCommand* newer) override {
    m_after = static_cast<const PlanCommand*>(newer)->m_after;
    return true;
  }

 private:
  std::function<void(const SheetPlan&)> m_show;
  SheetPlan m_before, m_after;
  int m_merge;
};

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  made->setAutoDefault(false);
  return made;
}

}  // namespace

struct SheetDialog::Impl {
  Impl(Session& of, std::filesystem::path path) : session(of), file(std::move(path)) {}

  Session& session;
  std::filesystem::path file;
  SheetReading reading = {};
  SheetPlan plan = {};
  QUndoStack undo;

  SheetCutter* cutter = nullptr;
  QLabel *state = nullptr, *hover = nullptr, *count = nullptr;
  QCheckBox* native = nullptr;
  QComboBox* frames = nullptr;
  QWidget* side = nullptr;
  SheetGridForm* grid = nullptr;
  SheetRows* rows = nullptr;
  QPushButton *found = nullptr, *undoButton = nullptr, *redoButton = nullptr, *import = nullptr, *whole = nullptr;
};

SheetDialog::SheetDialog(Session& session, const std::filesystem::path& file, QWidget* parent,
                         std::optional<SheetReading> reading)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, file)) {
  setObjectName("sheetDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Cut %1").arg(QString::fromStdString(file.filename().string())));
  resize(1080, 720);
  build();
  connectParts();
  restoreGeometry(QSettings().value("sheetDialog/geometry").toByteArray());
  if (reading)
    showReading(*std::move(reading));
  else
    read();
}

SheetDialog::~SheetDialog() {
  QSettings().setValue("sheetDialog/geometry", saveGeometry());
  silence(*this, *this);
  m_impl->undo.disconnect();
}

// Building

void SheetDialog::build() {
  m_impl->cutter = new SheetCutter;
  m_impl->state = new QLabel(tr("Reading the sheet…"));
  m_impl->state->setObjectName("sheetState");
  m_impl->state->setWordWrap(true);
  m_impl->hover = new QLabel(QStringLiteral(" "));
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
  splitter->setChildrenCollapsible(false);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_impl->whole = button(tr("Import as one sprite"), "importWholeButton", tr("Takes the picture in as it is, uncut"));
  m_impl->import = button(tr("Import"), "importCellsButton", tr("Brings each cell in as a sprite; undo takes them back"));
  m_impl->import->setProperty("primary", true);
  m_impl->import->setDefault(true);
  buttons->addButton(m_impl->whole, QDialogButtonBox::ActionRole);
  buttons->addButton(m_impl->import, QDialogButtonBox::AcceptRole);
  m_impl->whole->setEnabled(false);
  m_impl->import->setEnabled(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_impl->whole, &QPushButton::clicked, this, &SheetDialog::importWhole);
  m_impl->count = new QLabel;
  m_impl->count->setObjectName("cellCount");
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(m_impl->count);
  bottom->addWidget(new JobStrip(m_impl->session.jobs()), 1);
  bottom->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter, 1);
  layout->addLayout(bottom);
}

QWidget* SheetDialog::buildSide() {
  m_impl->native = new QCheckBox;
  m_impl->native->setObjectName("nativeCheck");
  m_impl->native->setToolTip(tr("The sheet was enlarged; this takes it back to the size it was drawn at"));
  m_impl->native->hide();
  m_impl->frames = new QComboBox;
  m_impl->frames->setObjectName("lpcFrames");
  m_impl->frames->setAccessibleName(tr("What to take from the full LPC sheet"));
  m_impl->frames->setToolTip(tr("This is a full LPC sheet: its cells and what they show are known"));
  m_impl->frames->addItem(tr("LPC sheet: the four standing views"), static_cast<int>(LpcFrames::kStanding));
  m_impl->frames->addItem(tr("LPC sheet: standing as TinyHero was cut"), static_cast<int>(LpcFrames::kTinyHero));
  m_impl->frames->addItem(tr("LPC sheet: all frames, named"), static_cast<int>(LpcFrames::kAll));
  m_impl->frames->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_impl->frames->hide();
  m_impl->grid = new SheetGridForm;
  m_impl->rows = new SheetRows;
  m_impl->side = new QWidget;
  m_impl->side->setEnabled(false);
  m_impl->side->setMinimumWidth(310);
  auto* layout = new QVBoxLayout(m_impl->side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(buildTools());
  layout->addWidget(m_impl->native);
  layout->addWidget(m_impl->frames);
  layout->addWidget(m_impl->grid);
  layout->addWidget(m_impl->rows, 1);
  return m_impl->side;
}

QLayout* SheetDialog::buildTools() {
  m_impl->found = button(tr("Find cells"), "findCellsButton", tr("Looks for gutters, a period or separate parts"));
  m_impl->undoButton = button(tr("Undo"), "undoCellsButton", tr("Takes the last change back (Ctrl+Z)"));
  m_impl->redoButton = button(tr("Redo"), "redoCellsButton", tr("Does it again (Ctrl+Shift+Z)"));
  m_impl->undoButton->setEnabled(false);
  m_impl->redoButton->setEnabled(false);
  auto* tools = new QHBoxLayout;
  for (QPushButton* each : {m_impl->found, m_impl->undoButton, m_impl->redoButton}) tools->addWidget(each);
  return tools;
}

void SheetDialog::connectParts() {
  connect(m_impl->found, &QPushButton::clicked, this, &SheetDialog::useFound);
  connect(m_impl->undoButton, &QPushButton::clicked, &m_impl->undo, &QUndoStack::undo);
  connect(m_impl->redoButton, &QPushButton::clicked, &m_impl->undo, &QUndoStack::redo);
  // A button's own shortcut answers a tenth of a second late, and once however often the key was pressed.
  connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, &m_impl->undo, &QUndoStack::undo);
  connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, &m_impl->undo, &QUndoStack::redo);
  connect(&m_impl->undo, &QUndoStack::canUndoChanged, m_impl->undoButton, &QWidget::setEnabled);
  connect(&m_impl->undo, &QUndoStack::canRedoChanged, m_impl->redoButton, &QWidget::setEnabled);
  connect(m_impl->native, &QCheckBox::clicked, this,
          [this](bool native) { push(foundPlan(m_impl->reading, native), tr("size")); });
  connect(m_impl->frames, &QComboBox::activated, this, &SheetDialog::chooseFrames);
  connect(m_impl->grid, &SheetGridForm::cutRequested, this, [this] { useGrid(m_impl->grid->grid()); });
  connect(m_impl->cutter, &SheetCutter::hovered, m_impl->hover, &QLabel::setText);
  connect(m_impl->cutter, &SheetCutter::cellsEdited, this, [this](CellEdit edit) {
    SheetPlan plan = m_impl->plan;
    plan.cells = m_impl->cutter->cells();
    push(std::move(plan), tr("cells"), edit == CellEdit::kNudge ? kNudges : kNoMerge);
  });
  connect(m_impl->rows, &SheetRows::named, this, [this](int row, const QString& name) {
    SheetPlan plan = m_impl->plan;
    plan.names[row] = name;
    push(std::move(plan), tr("name"));
  });
  connect(m_impl->rows, &SheetRows::wordsChosen, this, [this](const QStringList& words) {
    SheetPlan plan = m_impl->plan;
    plan.preset.clear();
    plan.nameRows(words);
    push(std::move(plan), tr("names"));
  });
  connect(m_impl->rows, &SheetRows::presetChosen, this, [this](const QString& preset) {
    SheetPlan plan = m_impl->plan;
    plan.preset = preset;
    const Sprite& sheet = m_impl->reading.pixels(plan.native);
    const SheetGrid grid = rpgMakerGrid(sheet.width(), sheet.height());
    if (!preset.isEmpty() && grid.cellWidth > 0) {
      m_impl->grid->setGrid(grid);
      plan.cells = gridCuts(sheet, grid).cells;
    }
    push(std::move(plan), tr("names"));
  });
}

// Reading

void SheetDialog::read() {
  m_impl->session.jobs().run(
      tr("Reading %1").arg(QString::fromStdString(m_impl->file.filename().string())), this,
      stoppable([file = m_impl->file](JobMonitor& monitor) { return readSheet(file, monitor); }),
      [this](std::optional<SheetReading> reading) {
        if (!reading) return reject();
        showReading(*std::move(reading));
      },
      [this](const std::exception_ptr& error) { m_impl->state->setText(told(errorText(error))); });
}

void SheetDialog::showReading(SheetReading reading) {
  m_impl->reading = std::move(reading);
  const SheetReading& known = m_impl->reading;
  m_impl->native->setVisible(known.enlarged());
  m_impl->frames->setVisible(known.lpc);
  m_impl->native->setText(tr("Enlarged ×%1: cut at its native %2 × %3 px")
                              .arg(QString::fromStdString(numberText(std::max(known.grid.scaleX, known.grid.scaleY))))
                              .arg(known.native.width())
                              .arg(known.native.height()));
  const Sprite& native = known.pixels(known.enlarged());
  m_impl->whole->setEnabled(std::max(native.width(), native.height()) <= limits::kMaxSpriteSide);
  m_impl->side->setEnabled(true);
  m_impl->cutter->setFocus();
  m_impl->plan = foundPlan(known, known.enlarged());
  const SheetCuts& cuts = known.cuts(known.enlarged());
  if (cuts.grid.cellWidth > 0) m_impl->grid->setGrid(cuts.grid);
  if (known.lpc)
    m_impl->state->setText(tr("A full LPC sheet. What to take from it can be chosen at the right."));
  else if (cuts.cells.empty())
    m_impl->state->setText(tr("No cells were found. Give a grid at the right, or draw them with the mouse."));
  else
    m_impl->state->setText(tr("Found %1, %2 % sure. Change them by mouse or keys, or give a grid.")
                               .arg(QString::fromStdString(cuts.how))
                               .arg(qRound(100 * cuts.confidence)));
  showPlan();
}

// Changing

void SheetDialog::useFound() {
  const SheetReading& known = m_impl->reading;
  const bool native = m_impl->plan.native;
  SheetPlan plan = m_impl->plan;
  plan.cells = known.cuts(native).cells;
  const SheetCuts& cuts = known.cuts(native);
  m_impl->state->setText(cuts.cells.empty() ? tr("No cells were found. Give a grid, or draw them with the mouse.")
                                            : tr("Found %1, %2 % sure.")
                                                  .arg(QString::fromStdString(cuts.how))
                                                  .arg(qRound(100 * cuts.confidence)));
  if (cuts.grid.cellWidth > 0) m_impl->grid->setGrid(cuts.grid);
  push(std::move(plan), tr("found cells"));
}

void SheetDialog::useGrid(const SheetGrid& grid) {
  SheetPlan plan = m_impl->plan;
  try {
    plan.cells = gridCuts(m_impl->reading.pixels(plan.native), grid).cells;
  } catch (const Error&) {
    return m_impl->state->setText(told(errorText(std::current_exception())));
  }
  m_impl->state->setText(plan.cells.empty() ? tr("Every cell of this grid is empty.")
                                            : tr("Cut by the grid; empty cells are left out."));
  push(std::move(plan), tr("grid"));
}

void SheetDialog::chooseFrames(int choice) {
  push(lpcPlan(m_impl->reading, static_cast<LpcFrames>(m_impl->frames->itemData(choice).toInt())), tr("frames"));
}

void SheetDialog::push(SheetPlan plan, const QString& what, int merge) {
  if (plan == m_impl->plan) return;
  const auto show = [this](const SheetPlan& shown) {
    m_impl->plan = shown;
    showPlan();
  };
  m_impl->undo.push(new PlanCommand(show, m_impl->plan, std::move(plan), what, merge));
}

void SheetDialog::showPlan() {
  const SheetPlan& plan = m_impl->plan;
  m_impl->native->setChecked(plan.native);
  if (const QImage& image = m_impl->reading.image(plan.native); image.size() != m_impl->cutter->sheetSize()) {
    m_impl->cutter->setSheet(image);
  }
  if (m_impl->cutter->cells() != plan.cells) m_impl->cutter->setCells(plan.cells);
  m_impl->rows->setPlan(plan);
  const auto count = static_cast<qint64>(plan.cells.size());
  const int tooLarge = tooLargeCells(plan);
  m_impl->count->setText(tooLarge == 0 ? QString()
                                       : tr("%1 larger than %2 px: left out")
                                             .arg(counted(tooLarge, tr("cell is"), tr("cells are")))
                                             .arg(limits::kMaxSpriteSide));
  m_impl->count->setVisible(tooLarge > 0);
  m_impl->import->setText(tr("Import %1").arg(counted(count - tooLarge, tr("sprite"), tr("sprites"))));
  m_impl->import->setEnabled(count > tooLarge);
}

// Importing

ImportOptions SheetDialog::options() const {
  return importOptions(m_impl->plan, m_impl->reading);
}

void SheetDialog::accept() {
  if (!m_impl->import->isEnabled()) return;
  m_impl->session.importSprites({m_impl->file}, options());
  QDialog::accept();
}

void SheetDialog::importWhole() {
  m_impl->session.importSprites({m_impl->file}, {.as = ImportAs::kFolders});
  QDialog::accept();
}

}  // namespace loom
