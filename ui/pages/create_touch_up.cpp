#include "ui/pages/create_touch_up.h"

#include <QHBoxLayout>
#include <QSettings>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "ui/bridge/external_editor.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/toggle_button.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr std::size_t kMostSwatches = 48;  // a soft model may draw a thousand colours
const char* const kSymmetryKey = "create/symmetry";

std::uint32_t packed(Rgba colour) {
  return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
}

/// The colours of all views, the most frequent first.
std::vector<std::pair<Rgba, int>> coloursOf(const std::vector<Sprite>& sprites) {
  std::unordered_map<std::uint32_t, std::pair<Rgba, int>> counts;
  for (const Sprite& sprite : sprites) {
    for (const Rgba& pixel : sprite.pixels()) {
      if (pixel.a > 0) ++counts.try_emplace(packed(pixel), pixel, 0).first->second.second;
    }
  }
  std::vector<std::pair<Rgba, int>> colours;
  for (const auto& [key, colour] : counts) colours.push_back(colour);
  std::ranges::sort(colours, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : packed(a.first) < packed(b.first);
  });
  colours.resize(std::min(colours.size(), kMostSwatches));
  return colours;
}

}  // namespace

CreateTouchUp::CreateTouchUp(CharacterEditor& editor, CreateStage& stage)
    : m_editor(editor), m_stage(stage), m_tools(new DrawingBar(DrawingBar::Over::kMadePicture)) {
  build();
  connectCanvas();
  connect(m_tools, &DrawingBar::recolourRequested, this, &CreateTouchUp::recolour);
  connect(m_shown, &QToolButton::clicked, this, [this](bool shown) {
    TouchUp next = m_editor.state().touchUp;
    next.hidden = !shown;
    m_editor.setTouchUp(next, shown ? tr("show the touch-up") : tr("hide the touch-up"));
  });
  connect(m_clear, &QToolButton::clicked, this, [this] { m_editor.setTouchUp({}, tr("remove the touch-up")); });
  connect(m_symmetry, &QToolButton::toggled, this, [](bool on) { QSettings().setValue(kSymmetryKey, on); });
  connect(&stage, &CreateStage::shownChanged, this, &CreateTouchUp::refresh);
  connect(&editor, &CharacterEditor::changed, this, &CreateTouchUp::refresh);
  hide();
}

void CreateTouchUp::build() {
  setObjectName("touchUp");
  m_symmetry =
      toggleButton(tr("Symmetry"), "symmetryButton", Qt::Key_S, tr("Draw on both sides of the middle line at once"));
  m_symmetry->setChecked(QSettings().value(kSymmetryKey, false).toBool());
  m_shown =
      toggleButton(tr("Layer"), "layerShownButton", Qt::Key_V, tr("Show what you drew; off: what the model made"));
  m_clear = new QToolButton;
  m_clear->setText(tr("Remove"));
  m_clear->setObjectName("clearLayerButton");
  m_clear->setToolTip(tr("Take away all that was drawn over this character (Ctrl+Z brings it back)"));
  m_outside = new QToolButton;
  m_outside->setObjectName("editOutsideButton");
  m_outside->setToolTip(
      tr("Open this view in the program for sprites, which the Dataset page lets you choose; what you "
         "save there is drawn over the character here (Ctrl+E)"));
  connect(m_outside, &QToolButton::clicked, this, &CreateTouchUp::editorRequested);
  auto* row = new QHBoxLayout;
  for (QToolButton* button : {m_symmetry, m_shown, m_clear, m_outside}) row->addWidget(button);
  row->addStretch();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_tools);
  layout->addLayout(row);
}

void CreateTouchUp::connectCanvas() {
  ViewCanvas& canvas = m_stage.canvas();
  connect(&canvas, &ViewCanvas::strokeBegan, this, &CreateTouchUp::beginStroke);
  connect(&canvas, &ViewCanvas::strokeWent, this, &CreateTouchUp::goOn);
  connect(&canvas, &ViewCanvas::strokeEnded, this, [this] {
    m_painting = false;
    m_editor.hold(false);
  });
  connect(&canvas, &ViewCanvas::asked, this, &CreateTouchUp::pick);
}

void CreateTouchUp::setActive(bool active) {
  m_active = active;
  setVisible(active);
  m_stage.setDrawing(active);
  m_outside->setText(tr("Edit in %1").arg(ExternalEditor::programName()));
  refresh();
  if (active) m_stage.canvas().setFocus();
}

void CreateTouchUp::refresh() {
  const TouchUp& touchUp = m_editor.state().touchUp;
  m_shown->setEnabled(!touchUp.empty());
  m_clear->setEnabled(!touchUp.empty());
  m_shown->setChecked(!touchUp.hidden);
  if (!m_active) return;
  m_tools->setColours(coloursOf(m_stage.shown().sprites));
  std::vector<PixelPlace> marks;
  const auto layer = touchUp.layers.find(paintedView());
  if (m_stage.showsNow() && !touchUp.hidden && layer != touchUp.layers.end()) {
    for (const auto& [place, colour] : layer->second) marks.push_back(acrossTheMirror({place.second, place.first}));
  }
  m_stage.canvas().setMarks(std::move(marks));
}

std::string CreateTouchUp::paintedView() const {
  return m_editor.state().mirrorSides ? drawnView(m_stage.viewName(), m_stage.shown().views) : m_stage.viewName();
}

PixelPlace CreateTouchUp::acrossTheMirror(PixelPlace place) const {
  if (paintedView() != m_stage.viewName()) place.x = m_stage.shownSprite().width() - 1 - place.x;
  return place;
}

std::vector<PixelPlace> CreateTouchUp::places(const std::vector<PixelPlace>& shown) const {
  const int last = m_stage.shownSprite().width() - 1;
  std::vector<PixelPlace> all;
  for (const PixelPlace& place : shown) {
    all.push_back(acrossTheMirror(place));
    if (m_symmetry->isChecked()) all.push_back({last - all.back().x, place.y});
  }
  return all;
}

void CreateTouchUp::beginStroke(QPoint pixel, Qt::KeyboardModifiers modifiers) {
  if (!m_stage.showsNow()) {
    Q_EMIT said(tr("What you see is not the character being shaped."),
                tr("Press Go on from here, or move a slider, then draw."));
    return;
  }
  ++m_stroke;
  m_painting = false;
  switch (modifiers.testFlag(Qt::AltModifier) ? DrawingTool::kPick : m_tools->tool()) {
    case DrawingTool::kPencil:
    case DrawingTool::kEraser:
    case DrawingTool::kRestore:
      m_painting = true;
      m_editor.hold(true);
      return paint({{pixel.x(), pixel.y()}});
    case DrawingTool::kFill:
      return fill(pixel);
    case DrawingTool::kPick:
      return pick(pixel);
    case DrawingTool::kAlternatives:
      return;  // not among these tools
  }
}

void CreateTouchUp::goOn(const std::vector<PixelPlace>& pixels) {
  if (m_painting) paint(pixels);
}

void CreateTouchUp::paint(const std::vector<PixelPlace>& pixels) {
  const DrawingTool tool = m_tools->tool();
  if (tool == DrawingTool::kRestore) return m_editor.restore(paintedView(), places(pixels), m_stroke);
  const Rgba colour = tool == DrawingTool::kEraser ? Rgba{} : m_tools->colour();
  if (colour.a == 0 && tool != DrawingTool::kEraser) {
    m_painting = false;
    Q_EMIT said(tr("There is no colour to draw with yet."), tr("Click the square beside the tools."));
    return;
  }
  m_editor.paint(paintedView(), places(pixels), colour, m_stroke);
}

void CreateTouchUp::fill(QPoint pixel) {
  const Sprite sprite = m_stage.shownSprite();
  std::vector<PixelPlace> region = colourRegion(sprite, pixel.x(), pixel.y());
  if (m_symmetry->isChecked()) {
    // The other side's own region: a fill follows what is drawn there.
    const std::vector<PixelPlace> other = colourRegion(sprite, sprite.width() - 1 - pixel.x(), pixel.y());
    region.insert(region.end(), other.begin(), other.end());
  }
  for (PixelPlace& place : region) place = acrossTheMirror(place);
  if (m_tools->colour().a == 0) {
    Q_EMIT said(tr("There is no colour to fill with yet."), tr("Click the square beside the tools."));
    return;
  }
  m_editor.paint(paintedView(), region, m_tools->colour(), m_stroke);
}

void CreateTouchUp::pick(QPoint pixel) {
  const Sprite sprite = m_stage.shownSprite();
  if (!sprite.contains(pixel.x(), pixel.y())) return;
  const Rgba colour = sprite.at(pixel.x(), pixel.y());
  if (colour.a == 0) return m_tools->setTool(DrawingTool::kEraser);
  m_tools->setColour(colour);
  if (m_tools->tool() == DrawingTool::kPick || m_tools->tool() == DrawingTool::kEraser) {
    m_tools->setTool(DrawingTool::kPencil);
  }
}

/// Everywhere in what is shown, of which the layers become the owner.
void CreateTouchUp::recolour(Rgba from, Rgba to) {
  if (!m_stage.showsNow()) return;
  const CharacterLook& look = m_stage.shown();
  const CharacterState& state = m_editor.state();
  TouchUp next = state.touchUp;
  next.hidden = false;
  for (std::size_t i = 0; i < look.sprites.size(); ++i) {
    if (state.mirrorSides && drawnView(look.views[i], look.views) != look.views[i]) continue;
    std::vector<PixelPlace> places;
    for (int y = 0; y < look.sprites[i].height(); ++y) {
      for (int x = 0; x < look.sprites[i].width(); ++x) {
        if (look.sprites[i].at(x, y) == from) places.push_back({x, y});
      }
    }
    if (!places.empty()) next.paint(look.views[i], places, to);
  }
  m_editor.setTouchUp(next, tr("change a colour"));
}

}  // namespace loom
