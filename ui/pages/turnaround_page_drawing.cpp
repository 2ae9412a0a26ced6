// Drawing on the views of a character that is turned round, and what else a pixel of one could be.
#include <QLabel>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/pages/turnaround_page_impl.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"

namespace loom {
namespace {

constexpr int kLane = 1;  ///< of the service: behind what is drawn

}  // namespace

void TurnaroundPage::Impl::beginStroke(int view, QPoint pixel, Qt::KeyboardModifiers modifiers) {
  const PixelPlace place{pixel.x(), pixel.y()};
  painting = false;
  switch (modifiers.testFlag(Qt::AltModifier) ? DrawingTool::kPick : tools->tool()) {
    case DrawingTool::kPencil:
    case DrawingTool::kEraser:
      painting = true;
      editor.hold(true);
      return paint(view, {place});
    case DrawingTool::kFill:
      return paint(view, colourRegion(lookOf(view).sprite, place.x, place.y));
    case DrawingTool::kPick:
      return pick(view, pixel);
    case DrawingTool::kAlternatives:
      return askAlternatives(view, pixel);
    case DrawingTool::kRestore:
      return;  // not among these tools
  }
}

void TurnaroundPage::Impl::goOn(int view, const std::vector<PixelPlace>& pixels) {
  if (painting) paint(view, pixels);
}

void TurnaroundPage::Impl::paint(int view, const std::vector<PixelPlace>& pixels) {
  const Rgba colour = tools->tool() == DrawingTool::kEraser ? Rgba{} : tools->colour();
  if (colour.a == 0 && tools->tool() != DrawingTool::kEraser) {
    painting = false;
    return session.say(tr("There is no colour to draw with yet."), tr("Click the square beside the tools."));
  }
  editor.paint(model->views[static_cast<std::size_t>(view)], pixels, colour);
}

void TurnaroundPage::Impl::pick(int view, QPoint pixel) {
  const Rgba colour = lookOf(view).sprite.at(pixel.x(), pixel.y());
  if (colour.a == 0) return tools->setTool(DrawingTool::kEraser);
  tools->setColour(colour);
  if (tools->tool() == DrawingTool::kPick || tools->tool() == DrawingTool::kEraser) {
    tools->setTool(DrawingTool::kPencil);
  }
}

void TurnaroundPage::Impl::askAlternatives(int view, QPoint pixel) {
  forgetAlternatives();
  const TurnedView* turned = drawn(view);
  if (turned == nullptr) {
    alternativesText->setText(tr("This view is given: the model has nothing else to offer. Ask about a drawn one."));
    return;
  }
  offered = alternatives(*turned, pixel.x(), pixel.y());
  if (offered.empty()) return;
  const auto pixels = static_cast<qlonglong>(offered.front().set.size());
  alternativesText->setText(tr("Pixel %1, %2 of the %3 view: what else could %4 be? 1 to %5 take one, Esc none.")
                                .arg(pixel.x())
                                .arg(pixel.y())
                                .arg(QString::fromStdString(model->views[static_cast<std::size_t>(view)]))
                                .arg(pixels == 1 ? tr("it") : tr("these %1 pixels").arg(QLocale().toString(pixels)))
                                .arg(offered.size()));
  TurnRequest wanted;
  wanted.lane = kLane;
  wanted.views = editor.draft().seen(model->views);
  for (const Alternative& alternative : offered) {
    TurnaroundOptions way = wayNow();
    way.set.insert(way.set.end(), alternative.set.begin(), alternative.set.end());
    wanted.ways.push_back(std::move(way));
  }
  asked = bridge.request(std::move(wanted));
}

void TurnaroundPage::Impl::takeAlternatives(const TurnResult& result) {
  if (asked != result.id || result.ways.size() != offered.size()) return;
  const int view = offered.front().set.front().view;
  std::vector<QImage> pictures;
  std::vector<QString> captions;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const auto turned = std::ranges::find(result.ways[i], view, &TurnedView::view);
    pictures.push_back(turned != result.ways[i].end() ? toImage(turned->sprite) : QImage());
    captions.push_back(tr("%1 · %2 %").arg(i + 1).arg(std::lround(100 * offered[i].colour.share)));
  }
  alternativesStrip->setPictures(std::move(pictures), std::move(captions));
  alternativesStrip->setCurrent(-1);
}

void TurnaroundPage::Impl::chooseAlternative(int index) {
  if (index < 0 || index >= alternativesStrip->count()) return;
  const std::vector<SetPixel> chosen = offered[static_cast<std::size_t>(index)].set;
  editor.choose(chosen, model->views);
}

void TurnaroundPage::Impl::forgetAlternatives() {
  offered.clear();
  asked.reset();
  alternativesStrip->setPictures({});
  alternativesText->setText(tr("Right-click a pixel of a drawn view to see what else it could be."));
}

void TurnaroundPage::Impl::showHovered(int view, QPoint pixel, const QColor& colour) {
  QString text =
      tr("%1, %2   %3").arg(pixel.x()).arg(pixel.y()).arg(colour.alpha() == 0 ? tr("transparent") : colour.name());
  if (const TurnedView* turned = drawn(view); turned != nullptr && turned->sprite.contains(pixel.x(), pixel.y())) {
    const int index = pixel.y() * turned->sprite.width() + pixel.x();
    text += tr("   %1 % sure").arg(std::lround(100 * turned->confidence[static_cast<std::size_t>(index)]));
  }
  pixelText->setText(text);
}

}  // namespace loom
