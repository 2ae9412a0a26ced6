// How the sheet dialog is laid out.
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/pages/sheet_dialog_impl.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/job_strip.h"

namespace loom {
namespace {

constexpr int kPadding = 8;  // px beside a button's words

}  // namespace

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
  m_impl->whole =
      dialogButton(tr("Import as one sprite"), "importWholeButton", tr("Takes the picture in as it is, uncut"));
  m_impl->import =
      dialogButton(tr("Import"), "importCellsButton", tr("Brings each cell in as a sprite; undo takes them back"));
  m_impl->import->setProperty("primary", true);
  m_impl->import->setDefault(true);
  buttons->addButton(m_impl->whole, QDialogButtonBox::ActionRole);
  buttons->addButton(m_impl->import, QDialogButtonBox::AcceptRole);
  for (QPushButton* each : {m_impl->whole, buttons->button(QDialogButtonBox::Cancel)}) {
    each->setAutoDefault(false);
    each->setMinimumWidth(each->sizeHint().width() + 2 * kPadding);
  }
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
  m_impl->found =
      dialogButton(tr("Find cells"), "findCellsButton", tr("Looks for gutters, a period or separate parts"));
  m_impl->undoButton = dialogButton(tr("Undo"), "undoCellsButton", tr("Takes the last change back (Ctrl+Z)"));
  m_impl->redoButton = dialogButton(tr("Redo"), "redoCellsButton", tr("Does it again (Ctrl+Shift+Z)"));
  m_impl->undoButton->setEnabled(false);
  m_impl->redoButton->setEnabled(false);
  auto* tools = new QHBoxLayout;
  for (QPushButton* each : {m_impl->found, m_impl->undoButton, m_impl->redoButton}) tools->addWidget(each);
  return tools;
}

}  // namespace loom
