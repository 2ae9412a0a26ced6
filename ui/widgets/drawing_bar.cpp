#include "ui/widgets/drawing_bar.h"

#include <QButtonGroup>
#include <QColorDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPixmap>
#include <QShortcut>
#include <QToolButton>
#include <algorithm>

#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/toggle_button.h"

namespace loom {
namespace {

constexpr int kIcon = 18;

QRgb toQt(Rgba colour) {
  return qRgba(colour.r, colour.g, colour.b, colour.a);
}

Rgba fromQt(QRgb colour) {
  const auto part = [](int value) { return static_cast<std::uint8_t>(value); };
  return {part(qRed(colour)), part(qGreen(colour)), part(qBlue(colour)), part(qAlpha(colour))};
}

/// Asks beside the window's work and tells `done` of the colour that was chosen.
template <class Done>
void chooseColour(QWidget* parent, Rgba first, const QString& title, const char* name, Done done) {
  auto* dialog = new QColorDialog(QColor::fromRgba(toQt(first)), parent);
  dialog->setObjectName(name);
  dialog->setWindowTitle(title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOptions(QColorDialog::ShowAlphaChannel | QColorDialog::DontUseNativeDialog);
  QObject::connect(dialog, &QColorDialog::colorSelected, parent,
                   [done](const QColor& colour) { done(fromQt(colour.rgba())); });
  dialog->open();
}

}  // namespace

DrawingBar::DrawingBar(Over over, QWidget* parent)
    : QWidget(parent),
      m_tools(new QButtonGroup(this)),
      m_colourButton(new QToolButton),
      m_swatches(new PaletteSwatches(nullptr, PaletteSwatches::Click::kChooses)) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  over == Over::kGivenViews ? addTurnaroundTools() : addLayerTools();
  m_tools->button(static_cast<int>(DrawingTool::kPencil))->setChecked(true);
  m_colourButton->setObjectName("colourButton");
  m_colourButton->setAccessibleName(tr("Drawing colour"));
  m_colourButton->setToolTip(tr("The colour that is drawn with: click for any other one"));
  m_colourButton->setIconSize({kIcon, kIcon});
  layout->addWidget(m_colourButton);
  layout->addWidget(m_swatches, 1);
  connect(m_tools, &QButtonGroup::idToggled, this, [this](int, bool checked) {
    if (checked) Q_EMIT toolChanged();
  });
  connect(m_colourButton, &QToolButton::clicked, this, &DrawingBar::askForColour);
  connect(m_swatches, &PaletteSwatches::chosen, this, [this](QRgb colour) { setColour(fromQt(colour)); });
  connect(m_swatches, &PaletteSwatches::changeRequested, this, [this](QRgb colour) { askForChange(fromQt(colour)); });
  showColour();
}

void DrawingBar::addTurnaroundTools() {
  addTool(DrawingTool::kPencil, tr("Pencil"), "pencilButton", Qt::Key_B,
          tr("Draw: a given view is changed; in a drawn one the pixel is decided, and the rest follows"));
  addTool(DrawingTool::kEraser, tr("Eraser"), "eraserButton", Qt::Key_E, tr("Make pixels transparent"));
  addTool(DrawingTool::kFill, tr("Fill"), "fillButton", Qt::Key_G, tr("Fill the joined pixels of one colour"));
  addTool(DrawingTool::kPick, tr("Pick"), "pickButton", Qt::Key_I,
          tr("Draw with the colour of a pixel; Alt with any tool does the same"));
  addTool(DrawingTool::kAlternatives, tr("Alternatives"), "alternativesButton", Qt::Key_A,
          tr("What else a pixel of a drawn view, and those like it around it, could be; so does a right click"));
}

void DrawingBar::addLayerTools() {
  addTool(DrawingTool::kPencil, tr("Pencil"), "pencilButton", Qt::Key_B, tr("Draw over what the model made"));
  addTool(DrawingTool::kEraser, tr("Eraser"), "eraserButton", Qt::Key_E, tr("Make pixels transparent"));
  addTool(DrawingTool::kFill, tr("Fill"), "fillButton", Qt::Key_G, tr("Fill the joined pixels of one colour"));
  addTool(DrawingTool::kPick, tr("Pick"), "pickButton", Qt::Key_I,
          tr("Draw with the colour of a pixel; a right click or Alt with any tool does the same"));
  addTool(DrawingTool::kRestore, tr("Restore"), "restoreButton", Qt::Key_O,
          tr("Bring back what the model made, pixel by pixel"));
}

void DrawingBar::addTool(DrawingTool tool, const QString& text, const QString& name, Qt::Key key, const QString& tip) {
  QToolButton* button = toggleButton(text, name.toUtf8().constData(), key, tip);
  m_tools->addButton(button, static_cast<int>(tool));
  layout()->addWidget(button);
}

DrawingTool DrawingBar::tool() const {
  return static_cast<DrawingTool>(m_tools->checkedId());
}

void DrawingBar::setTool(DrawingTool tool) {
  m_tools->button(static_cast<int>(tool))->setChecked(true);
}

void DrawingBar::setColour(Rgba colour) {
  m_colour = colour;
  showColour();
}

void DrawingBar::setColours(std::vector<std::pair<Rgba, int>> colours) {
  const bool another = std::ranges::none_of(colours, [this](const std::pair<Rgba, int>& one) {
    return std::ranges::find(m_order, one.first) != m_order.end();
  });
  std::ranges::stable_sort(colours, {}, [this](const std::pair<Rgba, int>& one) {
    return std::ranges::find(m_order, one.first) - m_order.begin();
  });
  m_order.clear();
  for (const auto& [colour, pixels] : colours) m_order.push_back(colour);
  std::vector<std::pair<QRgb, int>> swatches;
  for (const auto& [colour, pixels] : colours) swatches.emplace_back(toQt(colour), pixels);
  m_swatches->setColours(std::move(swatches));
  if (another && !colours.empty()) setColour(colours.front().first);
}

void DrawingBar::showColour() {
  QPixmap icon(kIcon, kIcon);
  icon.fill(Qt::transparent);
  QPainter painter(&icon);
  paintCheckerboard(painter, icon.rect(), kIcon / 3);
  painter.fillRect(icon.rect(), QColor::fromRgba(toQt(m_colour)));
  m_colourButton->setIcon(icon);
  m_colourButton->setAccessibleDescription(m_colour.a == 0 ? tr("none") : colourName(toQt(m_colour)));
  m_swatches->setCurrent(toQt(m_colour));
}

void DrawingBar::askForColour() {
  const Rgba first = m_colour.a == 0 ? Rgba{0, 0, 0, 255} : m_colour;
  chooseColour(this, first, tr("The colour that is drawn with"), "drawingColourDialog",
               [this](Rgba colour) { setColour(colour); });
}

void DrawingBar::askForChange(Rgba from) {
  chooseColour(this, from, tr("Change the colour in every view"), "changeColourDialog", [this, from](Rgba to) {
    if (to == from) return;
    std::ranges::replace(m_order, from, to);  // the swatch stays where it was
    setColour(to);
    Q_EMIT recolourRequested(from, to);
  });
}

}  // namespace loom
