// How the compose dialog is laid out.
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/pages/compose_dialog_impl.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/job_strip.h"

namespace loom {
namespace {

constexpr int kMostCharacters = 100'000;

}  // namespace

void ComposeDialog::build() {
  m_impl->state = new QLabel(tr("Choose a folder or an archive of LPC layers (body, hair, torso and so on)."));
  m_impl->state->setObjectName("composeState");
  m_impl->state->setWordWrap(true);
  auto* top = new QHBoxLayout;
  top->addWidget(m_impl->state, 1);
  top->addWidget(buildLayersButton());

  m_impl->wardrobe = new Wardrobe;
  connect(m_impl->wardrobe, &Wardrobe::chosen, this, &ComposeDialog::choose);
  m_impl->content = new QWidget;
  m_impl->content->setEnabled(false);
  auto* left = new QVBoxLayout;
  left->addWidget(buildPreview(), 1);
  left->addWidget(buildTools());
  left->addWidget(buildMany());
  auto* columns = new QHBoxLayout(m_impl->content);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->addLayout(left, 1);
  columns->addWidget(m_impl->wardrobe);

  auto* close = dialogButton(tr("Close"), "composeCloseButton", tr("What was added stays (Esc)"));
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(new JobStrip(m_impl->session.jobs()), 1);
  bottom->addWidget(close);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(m_impl->content, 1);
  layout->addLayout(bottom);
}

QPushButton* ComposeDialog::buildLayersButton() {
  auto* open = dialogButton(tr("Layers"), "openLayersButton", tr("The layers that the LPC character generators use"));
  auto* menu = new QMenu(open);
  QAction* folder = menu->addAction(tr("Open a folder of layers…"), this, [this] { askForLayers(true); });
  QAction* archive = menu->addAction(tr("Open an archive of layers…"), this, [this] { askForLayers(false); });
  folder->setObjectName("openLayersFolderAction");
  archive->setObjectName("openLayersArchiveAction");
  open->setMenu(menu);
  return open;
}

QWidget* ComposeDialog::buildPreview() {
  auto* box = new QWidget;
  auto* grid = new QGridLayout;
  const QString titles[] = {tr("Back"), tr("Left"), tr("Front"), tr("Right")};
  for (int view = 0; view < 4; ++view) {
    auto* canvas = new SpriteCanvas;
    canvas->setObjectName(QString("composeView%1").arg(view));
    canvas->setAccessibleName(titles[view]);
    canvas->setPixelGrid(false);
    m_impl->views[static_cast<std::size_t>(view)] = canvas;
    grid->addWidget(new QLabel(titles[view]), view / 2 * 2, view % 2);
    grid->addWidget(canvas, view / 2 * 2 + 1, view % 2);
    grid->setRowStretch(view / 2 * 2 + 1, 1);
  }
  m_impl->words = new QLabel(QStringLiteral(" "));
  m_impl->words->setObjectName("composeWords");
  m_impl->words->setWordWrap(true);
  m_impl->words->setForegroundRole(QPalette::PlaceholderText);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(grid, 1);
  layout->addWidget(m_impl->words);
  return box;
}

QWidget* ComposeDialog::buildTools() {
  auto* random = dialogButton(tr("Random"), "composeRandomButton", tr("Dresses somebody at random (Ctrl+R)"));
  auto* undo = dialogButton(tr("Undo"), "composeUndoButton", tr("Takes the last choice back (Ctrl+Z)"));
  auto* redo = dialogButton(tr("Redo"), "composeRedoButton", tr("Makes it again (Ctrl+Shift+Z)"));
  undo->setEnabled(false);
  redo->setEnabled(false);
  auto* sheet = dialogButton(tr("Save its sheet…"), "composeSheetButton",
                             tr("All its animations as one picture of 832 × 1344 px, with the credits beside it"));
  m_impl->name = new QLineEdit;
  m_impl->name->setObjectName("composeName");
  m_impl->name->setPlaceholderText(tr("Name (optional)"));
  m_impl->name->setAccessibleName(tr("Name of the character"));
  auto* add = dialogButton(tr("Add this character"), "composeAddButton", tr("Its four views come into the data set"));
  add->setProperty("primary", true);
  connect(random, &QPushButton::clicked, this, &ComposeDialog::randomise);
  connect(undo, &QPushButton::clicked, &m_impl->undo, &QUndoStack::undo);
  connect(redo, &QPushButton::clicked, &m_impl->undo, &QUndoStack::redo);
  // A button's own shortcut answers a tenth of a second late, and once however often the key was pressed.
  connect(new QShortcut(Qt::CTRL | Qt::Key_R, this), &QShortcut::activated, this, &ComposeDialog::randomise);
  connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, &m_impl->undo, &QUndoStack::undo);
  connect(new QShortcut(QKeySequence::Redo, this), &QShortcut::activated, &m_impl->undo, &QUndoStack::redo);
  connect(&m_impl->undo, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
  connect(&m_impl->undo, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
  connect(sheet, &QPushButton::clicked, this, &ComposeDialog::askForSheet);
  connect(add, &QPushButton::clicked, this, &ComposeDialog::addThis);
  auto* box = new QWidget;
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  for (QPushButton* each : {random, undo, redo}) row->addWidget(each);
  row->addWidget(m_impl->name, 1);
  for (QPushButton* each : {sheet, add}) row->addWidget(each);
  return box;
}

QWidget* ComposeDialog::buildMany() {
  auto* box = new QGroupBox(tr("Many at random"));
  m_impl->count = new QSpinBox;
  m_impl->count->setObjectName("composeCount");
  m_impl->count->setRange(1, kMostCharacters);
  m_impl->count->setValue(100);
  m_impl->count->setAccessibleName(tr("How many"));
  m_impl->count->setToolTip(tr("How many characters, four views each"));
  m_impl->seed = new QSpinBox;
  m_impl->seed->setObjectName("composeSeed");
  m_impl->seed->setRange(0, 999999);
  m_impl->seed->setValue(1);
  m_impl->seed->setPrefix(tr("seed "));
  m_impl->seed->setAccessibleName(tr("Seed"));
  m_impl->seed->setToolTip(tr("The same seed gives the same characters; again, it goes on where it ended"));
  m_impl->sheets = new QLineEdit;
  m_impl->sheets->setObjectName("composeSheets");
  m_impl->sheets->setPlaceholderText(tr("Folder for their full sheets (optional)"));
  m_impl->sheets->setAccessibleName(tr("Folder for full sheets"));
  m_impl->sheets->setToolTip(tr("Each character's sheet of 832 × 1344 px is kept there, with CREDITS.txt"));
  auto* browse = dialogButton(tr("…"), "composeSheetsButton", tr("Choose a folder for the full sheets"));
  auto* add = dialogButton(tr("Add them"), "composeAddManyButton", tr("Four views each come into the data set"));
  connect(browse, &QPushButton::clicked, this, &ComposeDialog::askForSheets);
  connect(add, &QPushButton::clicked, this, &ComposeDialog::addMany);
  auto* layout = new QHBoxLayout(box);
  layout->addWidget(m_impl->count);
  layout->addWidget(m_impl->seed);
  layout->addWidget(m_impl->sheets, 1);
  layout->addWidget(browse);
  layout->addWidget(add);
  return box;
}

}  // namespace loom
