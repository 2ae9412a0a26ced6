#include "ui/pages/sheet_dialog.h"

#include <QSettings>
#include <QShortcut>
#include <QUndoCommand>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/settings.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/sheet_dialog_impl.h"
#include "ui/widgets/job_strip.h"
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

}  // namespace

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

// Parts

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
    m_impl->state->setText(tr("Found %1, %2 % sure. Change them by mouse or keys, or give a grid.")
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
  m_impl->state->setText(
      cuts.cells.empty()
          ? tr("No cells were found. Give a grid, or draw them with the mouse.")
          : tr("Found %1, %2 % sure.").arg(QString::fromStdString(cuts.how)).arg(qRound(100 * cuts.confidence)));
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
