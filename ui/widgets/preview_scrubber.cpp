#include "ui/widgets/preview_scrubber.h"

#include <QCache>
#include <QHBoxLayout>
#include <QImageReader>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QStackedLayout>
#include <QThreadPool>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "ui/widgets/silence.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

constexpr int kFrameMilliseconds = 100;
constexpr int kCacheKilobytes = 64 * 1024;

std::int64_t stepOf(const std::filesystem::path& file) {
  const std::string name = file.stem().string();
  std::int64_t step = -1;
  if (file.extension() != ".png" || !name.starts_with("step-")) return -1;
  const char* end = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + 5, end, step);
  return problem == std::errc() && stop == end ? step : -1;
}

struct Picture {
  std::int64_t step = 0;
  std::filesystem::path file;  // empty: not known to be on disk yet
};

std::vector<Picture> listPictures(const std::filesystem::path& folder) {
  std::vector<Picture> pictures;
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::int64_t step = stepOf(at->path());
    if (step >= 0) pictures.push_back({step, at->path()});
  }
  std::ranges::sort(pictures, {}, &Picture::step);
  return pictures;
}

Sprite readPicture(const std::filesystem::path& file) {
  QImageReader reader(QString::fromStdString(file.string()));
  const QImage image = reader.read().convertToFormat(QImage::Format_RGBA8888);
  if (image.isNull()) return {};
  Sprite sprite(image.width(), image.height());
  const auto rowBytes = static_cast<std::size_t>(image.width()) * sizeof(Rgba);
  for (int y = 0; y < image.height(); ++y) std::memcpy(&sprite.at(0, y), image.constScanLine(y), rowBytes);
  return sprite;
}

}  // namespace

struct PreviewScrubber::Impl {
  explicit Impl(PreviewScrubber* owner) : widget(owner), cache(kCacheKilobytes) { reader.setMaxThreadCount(1); }

  PreviewScrubber* widget;
  SpriteCanvas* canvas = nullptr;
  QLabel* empty = nullptr;
  QStackedLayout* stack = nullptr;
  QSlider* slider = nullptr;
  QToolButton* play = nullptr;
  QToolButton* film = nullptr;
  QLabel* label = nullptr;
  QTimer frames;
  QThreadPool reader;

  std::filesystem::path folder;
  std::vector<Picture> pictures;  // by step
  QCache<qint64, Sprite> cache;   // by step
  quint64 history = 0;            // counts setHistory and clear: an answer for an older one is dropped
  bool reading = false;
  std::int64_t wanted = -1;
  std::int64_t shown = -1;

  void build();
  void adopt(std::vector<Picture> found);
  void insert(Picture picture);
  void want(int index);
  void read();
  void arrived(quint64 forHistory, std::int64_t step, Sprite sprite);
  void put(std::int64_t step, const Sprite& sprite);
  void remember(std::int64_t step, Sprite sprite);
  void updateControls();
  void nextFrame();
  int indexOf(std::int64_t step) const;
};

PreviewScrubber::PreviewScrubber(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("previewScrubber");
  m_impl->build();
  m_impl->updateControls();
}

PreviewScrubber::~PreviewScrubber() {
  silence(*this, *this);
  m_impl->reader.clear();
  m_impl->reader.waitForDone();
}

void PreviewScrubber::Impl::build() {
  canvas = new SpriteCanvas(widget);
  canvas->setObjectName("preview.canvas");
  canvas->setAccessibleName(tr("Preview"));
  canvas->setToolTip(tr("Sprites made from the same fixed latents at every step. Wheel zooms, double click fits."));
  empty = new QLabel(tr("Sprites appear here as the model learns."), widget);
  empty->setAlignment(Qt::AlignCenter);
  empty->setForegroundRole(QPalette::PlaceholderText);
  slider = new QSlider(Qt::Horizontal, widget);
  slider->setObjectName("preview.slider");
  slider->setAccessibleName(tr("Step of the preview"));
  slider->setToolTip(tr("Go back through the training. At the right end it follows the newest picture."));
  slider->setPageStep(10);
  play = new QToolButton(widget);
  play->setObjectName("preview.play");
  play->setCheckable(true);
  play->setAutoRaise(true);
  play->setAccessibleName(tr("Play the training as a film"));
  film = new QToolButton(widget);
  film->setObjectName("preview.film");
  film->setText(tr("Film…"));
  film->setAutoRaise(true);
  film->setToolTip(tr("Save the training as a film: GIF, WebP, APNG or MP4"));
  film->setAccessibleName(film->toolTip());
  label = new QLabel(widget);
  label->setObjectName("preview.step");
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance(tr("step %1 · %2 of %3").arg("100,000", "400", "400")));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

  stack = new QStackedLayout;
  stack->addWidget(empty);
  stack->addWidget(canvas);
  auto* controls = new QHBoxLayout;
  controls->addWidget(play);
  controls->addWidget(slider, 1);
  controls->addWidget(label);
  controls->addWidget(film);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(stack, 1);
  layout->addLayout(controls);

  frames.setInterval(kFrameMilliseconds);
  QObject::connect(&frames, &QTimer::timeout, widget, [this] { nextFrame(); });
  QObject::connect(film, &QToolButton::clicked, widget, &PreviewScrubber::filmRequested);
  QObject::connect(play, &QToolButton::toggled, widget, &PreviewScrubber::setPlaying);
  QObject::connect(slider, &QSlider::valueChanged, widget, [this](int index) { want(index); });
  QObject::connect(slider, &QSlider::sliderPressed, widget, [this] { widget->setPlaying(false); });
}

int PreviewScrubber::Impl::indexOf(std::int64_t step) const {
  const auto found = std::ranges::find(pictures, step, &Picture::step);
  return found == pictures.end() ? -1 : static_cast<int>(found - pictures.begin());
}

/// What was found on disk joins what came live meanwhile.
void PreviewScrubber::Impl::adopt(std::vector<Picture> found) {
  const bool followed = widget->atEnd();
  for (Picture& picture : pictures) {
    if (std::ranges::find(found, picture.step, &Picture::step) == found.end()) found.push_back(std::move(picture));
  }
  std::ranges::sort(found, {}, &Picture::step);
  pictures = std::move(found);
  updateControls();
  if (followed && !pictures.empty()) want(static_cast<int>(pictures.size()) - 1);
}

void PreviewScrubber::Impl::insert(Picture picture) {
  const auto place = std::ranges::lower_bound(pictures, picture.step, {}, &Picture::step);
  if (place != pictures.end() && place->step == picture.step) return;
  pictures.insert(place, std::move(picture));
}

void PreviewScrubber::Impl::want(int index) {
  if (index < 0 || index >= static_cast<int>(pictures.size())) return;
  wanted = pictures[static_cast<std::size_t>(index)].step;
  if (const Sprite* known = cache.object(wanted)) {
    put(wanted, *known);
  } else {
    read();
  }
  updateControls();
}

/// One picture is read at a time; when it has come, the one wanted by then is next.
void PreviewScrubber::Impl::read() {
  const int index = indexOf(wanted);
  if (reading || index < 0) return;
  reading = true;
  const Picture& picture = pictures[static_cast<std::size_t>(index)];
  const std::string name = "step-" + QString("%1").arg(picture.step, 8, 10, QChar('0')).toStdString() + ".png";
  const std::filesystem::path file = picture.file.empty() ? folder / name : picture.file;
  reader.start([this, file, step = picture.step, forHistory = history] {
    Sprite sprite = readPicture(file);
    // The destructor waits for this thread, so the widget is there; its pending events go with it.
    QMetaObject::invokeMethod(
        widget,
        [this, forHistory, step, sprite = std::move(sprite)]() mutable {
          arrived(forHistory, step, std::move(sprite));
        },
        Qt::QueuedConnection);
  });
}

void PreviewScrubber::Impl::arrived(quint64 forHistory, std::int64_t step, Sprite sprite) {
  reading = false;
  if (forHistory == history) {
    if (sprite.empty()) {  // thinned out meanwhile, or damaged: as if it had never been
      const int index = indexOf(step);
      if (index >= 0) pictures.erase(pictures.begin() + index);
      if (wanted == step && !pictures.empty()) {
        wanted =
            pictures[static_cast<std::size_t>(std::clamp(index - 1, 0, static_cast<int>(pictures.size()) - 1))].step;
      }
    } else {
      if (wanted == step) put(step, sprite);
      remember(step, std::move(sprite));
    }
    updateControls();
  }
  if (wanted < 0 || wanted == shown) return;
  if (const Sprite* known = cache.object(wanted)) {
    put(wanted, *known);
    updateControls();
  } else {
    read();
  }
}

void PreviewScrubber::Impl::put(std::int64_t step, const Sprite& sprite) {
  canvas->setSprite(sprite);
  stack->setCurrentWidget(canvas);
  shown = step;
  Q_EMIT widget->shownChanged(step);
}

void PreviewScrubber::Impl::remember(std::int64_t step, Sprite sprite) {
  const int kilobytes = std::max(1, sprite.width() * sprite.height() * 4 / 1024);
  cache.insert(step, new Sprite(std::move(sprite)), kilobytes);
}

void PreviewScrubber::Impl::updateControls() {
  const int count = static_cast<int>(pictures.size());
  const int index = indexOf(wanted);
  {
    const QSignalBlocker quiet(slider);
    slider->setRange(0, std::max(0, count - 1));
    if (index >= 0) slider->setValue(index);
  }
  slider->setEnabled(count > 1);
  play->setEnabled(count > 1);
  film->setEnabled(count > 0);
  play->setText(play->isChecked() ? QString::fromUtf8("⏸") : QString::fromUtf8("▶"));
  play->setToolTip(play->isChecked() ? tr("Stop here") : tr("Play the training as a film"));
  const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
  label->setText(
      index < 0
          ? QString()
          : tr("step %1 · %2 of %3").arg(locale.toString(static_cast<qlonglong>(wanted))).arg(index + 1).arg(count));
  if (count == 0) stack->setCurrentWidget(empty);
}

void PreviewScrubber::Impl::nextFrame() {
  if (wanted != shown) return;  // the last one is still being read
  const int next = indexOf(shown) + 1;
  if (next >= static_cast<int>(pictures.size())) {
    widget->setPlaying(false);
  } else {
    want(next);
  }
}

void PreviewScrubber::setHistory(const std::filesystem::path& samples) {
  clear();
  m_impl->folder = samples;
  m_impl->reader.start([this, samples, forHistory = m_impl->history] {
    std::vector<Picture> found = listPictures(samples);
    QMetaObject::invokeMethod(
        this,
        [this, forHistory, found = std::move(found)]() mutable {
          if (forHistory == m_impl->history) m_impl->adopt(std::move(found));
        },
        Qt::QueuedConnection);
  });
}

void PreviewScrubber::clear() {
  setPlaying(false);
  ++m_impl->history;
  m_impl->folder.clear();
  m_impl->pictures.clear();
  m_impl->cache.clear();
  m_impl->wanted = m_impl->shown = -1;
  m_impl->canvas->clear();
  m_impl->updateControls();
}

void PreviewScrubber::addPreview(const Preview& preview) {
  const bool followed = atEnd() && !playing();
  m_impl->insert({preview.step, {}});
  m_impl->remember(preview.step, preview.grid);
  if (followed) {
    m_impl->wanted = preview.step;
    m_impl->put(preview.step, preview.grid);
  }
  m_impl->updateControls();
}

int PreviewScrubber::count() const {
  return static_cast<int>(m_impl->pictures.size());
}

std::int64_t PreviewScrubber::shownStep() const {
  return m_impl->shown;
}

QImage PreviewScrubber::shown() const {
  return m_impl->shown < 0 ? QImage() : m_impl->canvas->image();
}

bool PreviewScrubber::atEnd() const {
  return m_impl->pictures.empty() || m_impl->wanted < 0 || m_impl->wanted == m_impl->pictures.back().step;
}

void PreviewScrubber::showStep(std::int64_t step) {
  if (m_impl->pictures.empty()) return;
  const auto distance = [step](const Picture& picture) { return std::abs(picture.step - step); };
  const auto closest = std::ranges::min_element(m_impl->pictures, {}, distance);
  m_impl->want(static_cast<int>(closest - m_impl->pictures.begin()));
}

bool PreviewScrubber::playing() const {
  return m_impl->frames.isActive();
}

void PreviewScrubber::setPlaying(bool on) {
  if (on != playing()) {
    if (on && atEnd()) m_impl->want(0);
    if (on) {
      m_impl->frames.start();
    } else {
      m_impl->frames.stop();
    }
  }
  m_impl->play->setChecked(on);
  m_impl->updateControls();
}

}  // namespace loom
