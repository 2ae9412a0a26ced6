#include "ui/widgets/sheet_options_form.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>

#include "core/base/limits.h"

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
  }
  return {};
}

}  // namespace

SheetOptionsForm::SheetOptionsForm(QWidget* parent) : QWidget(parent) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  m_layout = new QComboBox;
  m_layout->setObjectName("layoutBox");
  m_layout->setToolTip(tr("How the cells are arranged"));
  m_layout->addItem(tr("Grid"), static_cast<int>(SheetLayout::kGrid));
  m_layout->addItem(tr("LPC"), static_cast<int>(SheetLayout::kLpc));
  m_layout->addItem(tr("Strip"), static_cast<int>(SheetLayout::kStrip));
  m_layout->addItem(tr("Packed"), static_cast<int>(SheetLayout::kPacked));
  form->addRow(tr("&Layout"), m_layout);
  m_layoutHelp = new QLabel;
  m_layoutHelp->setObjectName("muted");
  m_layoutHelp->setWordWrap(true);
  form->addRow(m_layoutHelp);
  buildCells(*form);
  buildGaps(*form);
  buildGround(*form);
  m_data = new QComboBox;
  m_data->setObjectName("dataBox");
  m_data->setToolTip(
      tr("A file beside the picture that says where each frame is, as Aseprite and TexturePacker write"));
  m_data->addItem(tr("JSON (hash)"), static_cast<int>(SheetData::kJsonHash));
  m_data->addItem(tr("JSON (array)"), static_cast<int>(SheetData::kJsonArray));
  m_data->addItem(tr("none"));
  form->addRow(tr("&Data file"), m_data);

  connect(m_layout, &QComboBox::currentIndexChanged, this, [this] {
    updateForLayout();
    Q_EMIT changed();
  });
  for (QSpinBox* box : {m_scale, m_cellWidth, m_cellHeight, m_columns, m_padding, m_border, m_extrude}) {
    connect(box, &QSpinBox::valueChanged, this, &SheetOptionsForm::changed);
  }
  for (QCheckBox* box : {m_trim, m_powerOfTwo, m_fill}) {
    connect(box, &QCheckBox::toggled, this, &SheetOptionsForm::changed);
  }
  connect(m_data, &QComboBox::currentIndexChanged, this, &SheetOptionsForm::dataChanged);
  setColour(QColor(kFirstColour));
  updateForLayout();
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
  form.addRow(tr("&Padding"), m_padding);
  form.addRow(tr("&Border"), m_border);
  form.addRow(tr("E&xtrude"), m_extrude);
}

void SheetOptionsForm::buildGround(QFormLayout& form) {
  m_trim = new QCheckBox(tr("&Trim transparent edges"));
  m_trim->setObjectName("trimBox");
  form.addRow(m_trim);
  m_powerOfTwo = new QCheckBox(tr("P&ower of two"));
  m_powerOfTwo->setObjectName("powerOfTwoBox");
  m_powerOfTwo->setToolTip(tr("Rounds width and height up to 256, 512, 1024, …, which older hardware needs"));
  form.addRow(m_powerOfTwo);
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
  const bool packed = layout == SheetLayout::kPacked;
  m_layoutHelp->setText(layoutHelp(layout));
  m_trim->setEnabled(packed);
  m_trim->setToolTip(packed ? tr("The data file says where each frame was cut, so that engines put it back in place")
                            : tr("For the packed layout: in the others all cells have one size"));
  m_columns->setEnabled(layout == SheetLayout::kGrid || layout == SheetLayout::kLpc);
}

bool SheetOptionsForm::choosesColumns() const {
  return m_columns->isEnabledTo(this) && m_columns->value() == 0;
}

SheetOptions SheetOptionsForm::options() const {
  SheetOptions options;
  options.layout = layoutChosen();
  options.cellWidth = m_cellWidth->value();
  options.cellHeight = m_cellHeight->value();
  options.scale = m_scale->value();
  options.padding = m_padding->value();
  options.border = m_border->value();
  options.extrude = m_extrude->value();
  options.trim = m_trim->isEnabledTo(this) && m_trim->isChecked();
  options.powerOfTwo = m_powerOfTwo->isChecked();
  options.columns = m_columns->isEnabledTo(this) ? m_columns->value() : 0;
  if (m_fill->isChecked()) {
    options.background = Rgba{static_cast<std::uint8_t>(m_colour.red()), static_cast<std::uint8_t>(m_colour.green()),
                              static_cast<std::uint8_t>(m_colour.blue()), 255};
  }
  return options;
}

std::vector<SheetData> SheetOptionsForm::data() const {
  if (!m_data->currentData().isValid()) return {};
  return {static_cast<SheetData>(m_data->currentData().toInt())};
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

void SheetOptionsForm::save(QSettings& settings) const {
  for (const QSpinBox* box : findChildren<QSpinBox*>()) settings.setValue("export/" + box->objectName(), box->value());
  for (const QCheckBox* box : findChildren<QCheckBox*>()) {
    settings.setValue("export/" + box->objectName(), box->isChecked());
  }
  for (const QComboBox* box : findChildren<QComboBox*>()) {
    settings.setValue("export/" + box->objectName(), box->currentText());
  }
  settings.setValue("export/colour", m_colour.name());
}

void SheetOptionsForm::restore(const QSettings& settings) {
  {
    const QSignalBlocker quiet(this);
    for (QSpinBox* box : findChildren<QSpinBox*>()) {
      box->setValue(settings.value("export/" + box->objectName(), box->value()).toInt());
    }
    for (QCheckBox* box : findChildren<QCheckBox*>()) {
      box->setChecked(settings.value("export/" + box->objectName(), box->isChecked()).toBool());
    }
    for (QComboBox* box : findChildren<QComboBox*>()) {
      const int index = box->findText(settings.value("export/" + box->objectName()).toString());
      if (index >= 0) box->setCurrentIndex(index);
    }
    const QColor colour(settings.value("export/colour").toString());
    if (colour.isValid()) setColour(colour);
    updateForLayout();
  }
  Q_EMIT changed();
}

}  // namespace loom
