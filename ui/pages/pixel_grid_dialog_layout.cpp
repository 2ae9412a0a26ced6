// How the pixel grid dialog is laid out.
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/models/sprite_commands.h"
#include "ui/pages/pixel_grid_dialog_impl.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/job_strip.h"

namespace loom {

void PixelGridDialog::build() {
  m_impl->overlay = new GridOverlayView;
  m_impl->overlay->setToolTip(tr("The picture as it came. Wheel: zoom · drag: move · double click or 0: fit"));
  auto* lines = new QCheckBox(tr("Show the grid"));
  lines->setObjectName("gridLines");
  lines->setChecked(true);
  connect(lines, &QCheckBox::toggled, m_impl->overlay, &GridOverlayView::setShown);
  auto* left = new QVBoxLayout;
  left->addWidget(m_impl->overlay, 1);
  left->addWidget(lines);
  auto* columns = new QHBoxLayout;
  columns->addLayout(left, 1);
  columns->addLayout(buildSide());

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  const auto count = static_cast<qint64>(m_impl->ids.size());
  m_impl->apply =
      buttons->addButton(count == 1 ? tr("Apply") : tr("Apply to %1").arg(counted(count, tr("sprite"), tr("sprites"))),
                         QDialogButtonBox::AcceptRole);
  m_impl->apply->setObjectName("applyGridButton");
  m_impl->apply->setProperty("primary", true);
  m_impl->apply->setEnabled(false);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* bottom = new QHBoxLayout;
  bottom->addWidget(new JobStrip(m_impl->session.jobs()), 1);
  bottom->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(columns, 1);
  layout->addLayout(bottom);
}

QVBoxLayout* PixelGridDialog::buildSide() {
  constexpr int kSideWidth = 300;
  m_impl->state = new QLabel(tr("Reading…"));
  m_impl->state->setObjectName("gridState");
  m_impl->state->setWordWrap(true);
  m_impl->state->setFixedWidth(kSideWidth);
  m_impl->form = new QWidget;
  m_impl->form->setEnabled(false);
  auto* form = new QGridLayout(m_impl->form);
  form->setContentsMargins(0, 0, 0, 0);
  m_impl->scaleX = buildField(form, 0, tr("One pixel across"), "gridScaleX", 1);
  m_impl->scaleY = buildField(form, 1, tr("One pixel down"), "gridScaleY", 1);
  m_impl->square = new QCheckBox(tr("Square pixels"));
  m_impl->square->setObjectName("gridSquare");
  m_impl->square->setToolTip(tr("True pixels are as high as wide"));
  m_impl->square->setChecked(true);
  connect(m_impl->square, &QCheckBox::toggled, this, &PixelGridDialog::gridEdited);
  form->addWidget(m_impl->square, 2, 1);
  m_impl->offsetX = buildField(form, 3, tr("Cut off at the left"), "gridOffsetX", 0);
  m_impl->offsetY = buildField(form, 4, tr("Cut off at the top"), "gridOffsetY", 0);
  for (QDoubleSpinBox* offset : {m_impl->offsetX, m_impl->offsetY}) {
    offset->setToolTip(tr("How much of the first true pixel a crop has taken away"));
  }
  m_impl->findButton = dialogButton(tr("As found"), "findGridButton", tr("Back to what was found in the picture"));
  m_impl->none = dialogButton(tr("Native"), "noGridButton", tr("The picture is at its native size: leave it as it is"));
  connect(m_impl->findButton, &QPushButton::clicked, this, &PixelGridDialog::find);
  connect(m_impl->none, &QPushButton::clicked, this, [this] { setGrid({}, tr("Left at its own size.")); });
  auto* tools = new QHBoxLayout;
  tools->addWidget(m_impl->findButton);
  tools->addWidget(m_impl->none);
  form->addLayout(tools, 5, 0, 1, 2);
  m_impl->each = new QCheckBox(tr("Find each sprite's own grid"));
  m_impl->each->setObjectName("gridEach");
  m_impl->each->setToolTip(tr("Instead of this grid for all; where none is sure, a sprite is left as it is"));
  m_impl->each->setVisible(m_impl->ids.size() > 1);
  connect(m_impl->each, &QCheckBox::toggled, m_impl->form, &QWidget::setDisabled);

  m_impl->result = new GridOverlayView;
  m_impl->result->setObjectName("gridResult");
  m_impl->result->setAccessibleName(tr("The sprite at its native size"));
  m_impl->result->setToolTip(tr("What it becomes. Wheel: zoom · drag: move · double click or 0: fit"));
  m_impl->result->setFixedWidth(kSideWidth);
  m_impl->size = new QLabel;
  m_impl->size->setObjectName("gridSize");
  auto* side = new QVBoxLayout;
  side->addWidget(m_impl->state);
  side->addWidget(m_impl->form);
  side->addWidget(m_impl->each);
  side->addWidget(m_impl->result, 1);
  side->addWidget(m_impl->size);
  return side;
}

QDoubleSpinBox* PixelGridDialog::buildField(QGridLayout* form, int row, const QString& title, const QString& name,
                                            double least) {
  constexpr double kMostScale = 512;
  auto* made = new QDoubleSpinBox;
  made->setObjectName(name);
  made->setRange(least, kMostScale);
  made->setDecimals(3);
  made->setSingleStep(least < 1 ? 0.5 : 0.1);
  made->setAccessibleName(title);
  made->setSuffix(tr(" px"));
  auto* label = new QLabel(title);
  label->setBuddy(made);
  form->addWidget(label, row, 0);
  form->addWidget(made, row, 1);
  connect(made, &QDoubleSpinBox::valueChanged, this, &PixelGridDialog::gridEdited);
  return made;
}

}  // namespace loom
