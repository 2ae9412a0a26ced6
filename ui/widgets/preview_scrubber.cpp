#include "ui/widgets/preview_scrubber.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdlib>

#include "ui/widgets/preview_history.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/step_bar.h"

namespace loom {

struct PreviewScrubber::Impl {
  explicit Impl(PreviewScrubber* owner) : widget(owner) {}

  PreviewScrubber* widget;
  PreviewHistory* history = nullptr;
  SpriteCanvas* canvas = nullptr;
  QLabel* empty = nullptr;
  QStackedLayout* stack = nullptr;
  StepBar* bar = nullptr;
  QToolButton* film = nullptr;
  std::int64_t shown = -1;
  std::int64_t newest = -1;  // when the history was last looked at

  void build();
  void want(int index);
  void historyChanged();
  void put(std::int64_t step, const Sprite& sprite);
  void updateControls();
};

PreviewScrubber::PreviewScrubber(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("previewScrubber");
  m_impl->build();
  m_impl->updateControls();
}

PreviewScrubber::~PreviewScrubber() {
  silence(*this, *this);
  delete m_impl->history;
}

void PreviewScrubber::Impl::build() {
  canvas = new SpriteCanvas(widget);
  canvas->setObjectName("preview.canvas");
  canvas->setAccessibleName(tr("Preview"));
  canvas->setToolTip(tr("Sprites made from the same fixed latents at every step. Wheel zooms, double click fits."));
  empty = new QLabel(tr("Sprites appear here as the model learns."), widget);
  empty->setAlignment(Qt::AlignCenter);
  empty->setForegroundRole(QPalette::PlaceholderText);
  bar = new StepBar({.name = "preview",
                     .slider = tr("Step of the preview"),
                     .sliderTip = tr("Go back through the training. At the right end it follows the newest picture."),
                     .play = tr("Play the training as a film"),
                     .widestText = tr("step %1 · %2 of %3").arg("100,000", "400", "400")},
                    widget);
  bar->setReady([this] { return history->wanted() == shown; });
  film = new QToolButton(widget);
  film->setObjectName("preview.film");
  film->setText(tr("Film…"));
  film->setAutoRaise(true);
  film->setToolTip(tr("Save the training as a film: GIF, WebP, APNG or MP4"));
  film->setAccessibleName(film->toolTip());
  bar->row().addWidget(film);

  stack = new QStackedLayout;
  stack->addWidget(empty);
  stack->addWidget(canvas);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(stack, 1);
  layout->addWidget(bar);

  history = new PreviewHistory(widget);
  QObject::connect(history, &PreviewHistory::changed, widget, [this] { historyChanged(); });
  QObject::connect(history, &PreviewHistory::ready, widget,
                   [this](qint64 step, const Sprite& sprite) { put(step, sprite); });
  QObject::connect(film, &QToolButton::clicked, widget, &PreviewScrubber::filmRequested);
  QObject::connect(bar, &StepBar::wanted, widget, [this](int index) { want(index); });
}

/// Whoever stood at the end goes along with it; elsewhere the slider stays at its step.
void PreviewScrubber::Impl::historyChanged() {
  const bool followed = history->wanted() < 0 || history->wanted() == newest;
  newest = history->steps().empty() ? -1 : history->steps().back();
  if (followed && newest >= 0 && !widget->playing() && history->wanted() != newest) history->want(newest);
  updateControls();
}

void PreviewScrubber::Impl::want(int index) {
  if (index < 0 || index >= widget->count()) return;
  history->want(history->steps()[static_cast<std::size_t>(index)]);
  updateControls();
}

void PreviewScrubber::Impl::put(std::int64_t step, const Sprite& sprite) {
  canvas->setSprite(sprite);
  stack->setCurrentWidget(canvas);
  shown = step;
  updateControls();
  Q_EMIT widget->shownChanged(step);
}

void PreviewScrubber::Impl::updateControls() {
  const int count = widget->count();
  const int index = history->indexOf(history->wanted());
  film->setEnabled(count > 0);
  const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
  bar->setPosition(count, index,
                   index < 0 ? QString()
                             : tr("step %1 · %2 of %3")
                                   .arg(locale.toString(static_cast<qlonglong>(history->wanted())))
                                   .arg(index + 1)
                                   .arg(count));
  if (count == 0) stack->setCurrentWidget(empty);
}

void PreviewScrubber::setHistory(const std::filesystem::path& samples) {
  clear();
  m_impl->history->open(samples);
}

void PreviewScrubber::clear() {
  setPlaying(false);
  m_impl->history->clear();
  m_impl->shown = m_impl->newest = -1;
  m_impl->canvas->clear();
  m_impl->updateControls();
}

void PreviewScrubber::addPreview(const Preview& preview) {
  m_impl->history->add(preview);
}

int PreviewScrubber::count() const {
  return static_cast<int>(m_impl->history->steps().size());
}

std::int64_t PreviewScrubber::shownStep() const {
  return m_impl->shown;
}

QImage PreviewScrubber::shown() const {
  return m_impl->shown < 0 ? QImage() : m_impl->canvas->image();
}

bool PreviewScrubber::atEnd() const {
  return m_impl->bar->atEnd();
}

void PreviewScrubber::showStep(std::int64_t step) {
  const std::vector<std::int64_t>& steps = m_impl->history->steps();
  if (steps.empty()) return;
  const auto distance = [step](std::int64_t one) { return std::abs(one - step); };
  m_impl->want(static_cast<int>(std::ranges::min_element(steps, {}, distance) - steps.begin()));
}

bool PreviewScrubber::playing() const {
  return m_impl->bar->playing();
}

void PreviewScrubber::setPlaying(bool on) {
  m_impl->bar->setPlaying(on);
}

}  // namespace loom
