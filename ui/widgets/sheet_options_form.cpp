#include "ui/widgets/sheet_options_form.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include "core/base/limits.h"
#include "ui/widgets/sheet_data_form.h"

namespace loom {
namespace {

constexpr int kMaxGap = 64;  ///< px; more than anybody has wanted between cells
constexpr QRgb kFirstColour = 0xffff00ff;

QSpinBox* spinBox(const QString& name, int minimum, int maximum, const QString& tip) {
  auto* box = new QSpinBox;
  box->setObjectName(name);
  box->setRange(minimum, maximum);
  box->setToolTip(tip);
  box->setKeyboardTracking(true);
  return box;
}

QSpinBox* pixelBox(const QString& name, const QString& tip) {
  QSpinBox* box = spinBox(name, 0, kMaxGap, tip);
  box->setSuffix(QObject::tr(" px"));
  return box;
}

QIcon swatch(const QColor& colour) {
  QPixmap pixmap(16, 16);
  pixmap.fill(colour);
  QPainter painter(&pixmap);
  painter.setPen(QColor(0, 0, 0, 120));
  painter.drawRect(0, 0, 15, 15);
  return pixmap;
}

QCheckBox* checkBox(const QString& name, const QString& text, const QString& tip) {
  auto* box = new QCheckBox(text);
  box->setObjectName(name);
  box->setToolTip(tip);
  return box;
}

QString layoutHelp(SheetLayout layout) {
  switch (layout) {
    case SheetLayout::kGrid:
      return QObject::tr("A column for each character, a row for each view: back, left, front, right.");
    case SheetLayout::kLpc:
      return QObject::tr("As the Liberated Pixel Cup has it: cells of 64 px; rows up, left, down, right.");
    case SheetLayout::kStrip:
      return QObject::tr("One row: every view of the first character, then of the next.");
    case SheetLayout::kPacked:
      return QObject::tr("As small as possible, by name. Your engine finds frames through the data file.");
    case SheetLayout::kLpcFull:
      return QObject::tr(
          "The full sheet of 832 × 1344 px: views stand in the first column of the walk rows, and frames "
          "of LPC animations in their own places.");
  }
  return {};
}

}  // namespace

SheetOptionsForm::SheetOptionsForm(QWidget* parent) : QWidget(parent) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  buildLayouts(*form);
  buildCells(*form);
  buildGaps(*form);
  buildSavings(*form);
  buildGround(*form);
  buildSheets(*form);
  m_data = new SheetDataForm;
  form->addRow(m_data);
  connectBoxes();
  setColour(QColor(kFirstColour));
  updateForLayout();
  m_defaults = values();
}

void SheetOptionsForm::buildLayouts(QFormLayout& form) {
  m_layout = new QComboBox;
  m_layout->setObjectName("layoutBox");
  m_layout->setToolTip(tr("How the cells are arranged"));
  m_layout->addItem(tr("Grid"), static_cast<int>(SheetLayout::kGrid));
  m_layout->addItem(tr("LPC"), static_cast<int>(SheetLayout::kLpc));
  m_layout->addItem(tr("Strip"), static_cast<int>(SheetLayout::kStrip));
  m_layout->addItem(tr("Packed"), static_cast<int>(SheetLayout::kPacked));
  m_layout->addItem(tr("LPC, full sheet"), static_cast<int>(SheetLayout::kLpcFull));
  form.addRow(tr("&Layout"), m_layout);
  m_layoutHelp = new QLabel;
  m_layoutHelp->setObjectName("muted");
  m_layoutHelp->setWordWrap(true);
  form.addRow(m_layoutHelp);
}

void SheetOptionsForm::connectBoxes() {
  connect(m_layout, &QComboBox::currentIndexChanged, this, [this] {
    updateForLayout();
    Q_EMIT changed();
  });
  for (QSpinBox* box :
       {m_scale, m_cellWidth, m_cellHeight, m_columns, m_padding, m_innerPadding, m_border, m_extrude, m_maxSide}) {
    connect(box, &QSpinBox::valueChanged, this, &SheetOptionsForm::changed);
  }
  for (QCheckBox* box : {m_trim, m_merge, m_powerOfTwo, m_fill, m_each, m_fullColour}) {
    connect(box, &QCheckBox::toggled, this, &SheetOptionsForm::changed);
  }
  connect(m_data, &SheetDataForm::changed, this, &SheetOptionsForm::dataChanged);
}

void SheetOptionsForm::buildCells(QFormLayout& form) {
  m_scale = spinBox("scaleBox", 1, 16, tr("Every pixel becomes a block of so many pixels"));
  m_scale->setSuffix(tr(" ×"));
  form.addRow(tr("&Scale"), m_scale);
  const QString tip = tr("Before scaling. Automatic takes the largest sprite's; smaller ones stand bottom centre");
  m_cellWidth = spinBox("cellWidthBox", 0, limits::kMaxSpriteSide, tip);
  m_cellHeight = spinBox("cellHeightBox", 0, limits::kMaxSpriteSide, tip);
  for (QSpinBox* box : {m_cellWidth, m_cellHeight}) {
    box->setSpecialValueText(tr("automatic"));
    box->setSuffix(tr(" px"));
    box->setSingleStep(8);
  }
  form.addRow(tr("Cell &width"), m_cellWidth);
  form.addRow(tr("Cell &height"), m_cellHeight);
  m_columns = spinBox("columnsBox", 0, 1024, tr("How many characters beside each other before the next block of rows"));
  m_columns->setSpecialValueText(tr("automatic"));
  form.addRow(tr("&Characters a row"), m_columns);
}

void SheetOptionsForm::buildGaps(QFormLayout& form) {
  m_padding = pixelBox("paddingBox", tr("Free space between neighbouring cells"));
  m_border = pixelBox("borderBox", tr("Free space around the sheet"));
  m_extrude = pixelBox(
      "extrudeBox", tr("Repeats each cell's edge pixels outwards, so that engines that smooth textures show no seams"));
  m_innerPadding = pixelBox("innerPaddingBox", tr("Free space inside each frame, around its sprite"));
  form.addRow(tr("&Padding"), m_padding);
  form.addRow(tr("&Inner padding"), m_innerPadding);
  form.addRow(tr("&Border"), m_border);
  form.addRow(tr("E&xtrude"), m_extrude);
}

void SheetOptionsForm::buildSavings(QFormLayout& form) {
  m_trim = checkBox("trimBox", tr("&Trim transparent edges"), {});
  m_merge = checkBox("mergeBox", tr("&Merge duplicates"), {});
  m_powerOfTwo = checkBox("powerOfTwoBox", tr("P&ower of two"),
                          tr("Rounds width and height up to 256, 512, 1024, …, which older hardware needs"));
  for (QCheckBox* box : {m_trim, m_merge, m_powerOfTwo}) form.addRow(box);
}

void SheetOptionsForm::buildSheets(QFormLayout& form) {
  m_each = checkBox("eachBox", tr("O&ne sheet a character"), tr("Written as NAME-CHARACTER.png"));
  form.addRow(m_each);
  m_maxSide =
      spinBox("maxSideBox", 0, limits::kMaxSheetSide,
              tr("What does not fit goes on further sheets, character by character: NAME-1.png, NAME-2.png, …"));
  m_maxSide->setSpecialValueText(tr("any, one sheet"));
  m_maxSide->setSuffix(tr(" px"));
  m_maxSide->setSingleStep(256);
  form.addRow(tr("Largest si&de"), m_maxSide);
  m_fullColour = checkBox("fullColourBox", tr("&Always RGBA"),
                          tr("Off: a sheet of at most 256 colours is a smaller PNG with a palette, which keeps every "
                             "colour and its alpha. On: for engines that cannot read those"));
  form.addRow(m_fullColour);
}

void SheetOptionsForm::buildGround(QFormLayout& form) {
  m_fill = new QCheckBox(tr("&Fill with"));
  m_fill->setObjectName("fillBox");
  m_fill->setToolTip(tr("Off: the sheet stays transparent"));
  m_colourButton = new QPushButton;
  m_colourButton->setObjectName("colourButton");
  m_colourButton->setAccessibleName(tr("Colour to fill with"));
  m_colourButton->setToolTip(tr("Choose the colour behind the sprites"));
  connect(m_colourButton, &QPushButton::clicked, this, &SheetOptionsForm::chooseColour);
  auto* row = new QHBoxLayout;
  row->addWidget(m_fill);
  row->addWidget(m_colourButton, 1);
  form.addRow(row);
}

SheetLayout SheetOptionsForm::layoutChosen() const {
  return static_cast<SheetLayout>(m_layout->currentData().toInt());
}

void SheetOptionsForm::updateForLayout() {
  const SheetLayout layout = layoutChosen();
  m_layoutHelp->setText(layoutHelp(layout));
  m_trim->setEnabled(usesTrim(layout));
  m_trim->setToolTip(usesTrim(layout)
                         ? tr("The data file says where each frame was cut, so that engines put it back in place")
                         : tr("For the packed layout: in the others all cells have one size"));
  m_merge->setEnabled(usesMerging(layout));
  m_merge->setToolTip(usesMerging(layout)
                          ? tr("Frames that look the same share one place; the data file still names each")
                          : tr("For strips and the packed layout: elsewhere row and column say what a cell is"));
  m_columns->setEnabled(usesColumns(layout));
  for (QWidget* box : std::initializer_list<QWidget*>{m_padding, m_innerPadding, m_border, m_extrude, m_powerOfTwo}) {
    box->setEnabled(usesGaps(layout));
  }
}

bool SheetOptionsForm::choosesColumns() const {
  return usesColumns(layoutChosen()) && m_columns->value() == 0;
}

SheetOptions SheetOptionsForm::options() const {
  SheetOptions options;
  options.layout = layoutChosen();
  options.cellWidth = m_cellWidth->value();
  options.cellHeight = m_cellHeight->value();
  options.scale = m_scale->value();
  const bool gaps = usesGaps(options.layout);
  options.padding = gaps ? m_padding->value() : 0;
  options.innerPadding = gaps ? m_innerPadding->value() : 0;
  options.border = gaps ? m_border->value() : 0;
  options.extrude = gaps ? m_extrude->value() : 0;
  options.powerOfTwo = gaps && m_powerOfTwo->isChecked();
  options.trim = usesTrim(options.layout) && m_trim->isChecked();
  options.mergeDuplicates = usesMerging(options.layout) && m_merge->isChecked();
  options.columns = usesColumns(options.layout) ? m_columns->value() : 0;
  options.maxSide = m_maxSide->value();
  options.each = m_each->isChecked();
  if (m_fill->isChecked()) {
    options.background = Rgba{static_cast<std::uint8_t>(m_colour.red()), static_cast<std::uint8_t>(m_colour.green()),
                              static_cast<std::uint8_t>(m_colour.blue()), 255};
  }
  return options;
}

std::vector<SheetData> SheetOptionsForm::data() const {
  return m_data->data();
}

bool SheetOptionsForm::fullColour() const {
  return m_fullColour->isChecked();
}

void SheetOptionsForm::setColour(const QColor& colour) {
  m_colour = colour;
  m_colourButton->setIcon(swatch(colour));
  m_colourButton->setText(colour.name());
}

void SheetOptionsForm::chooseColour() {
  const QColor colour = QColorDialog::getColor(m_colour, this, tr("Colour to fill the sheet with"));
  if (!colour.isValid()) return;
  setColour(colour);
  const QSignalBlocker once(m_fill);
  m_fill->setChecked(true);
  Q_EMIT changed();
}

}  // namespace loom
