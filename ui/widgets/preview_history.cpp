#include "ui/widgets/preview_history.h"

#include <QCache>
#include <QImageReader>
#include <QThreadPool>
#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>

namespace loom {
namespace {

constexpr int kCacheKilobytes = 64 * 1024;

std::int64_t stepOf(const std::filesystem::path& file) {
  const std::string name = file.stem().string();
  std::int64_t step = -1;
  if (file.extension() != ".png" || !name.starts_with("step-")) return -1;
  const char* end = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + 5, end, step);
  return problem == std::errc() && stop == end ? step : -1;
}

std::vector<std::int64_t> listSteps(const std::filesystem::path& folder) {
  std::vector<std::int64_t> steps;
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::int64_t step = stepOf(at->path());
    if (step >= 0) steps.push_back(step);
  }
  std::ranges::sort(steps);
  return steps;
}

std::filesystem::path fileOf(const std::filesystem::path& folder, std::int64_t step) {
  return folder / ("step-" + QString("%1").arg(step, 8, 10, QChar('0')).toStdString() + ".png");
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

struct PreviewHistory::Impl {
  explicit Impl(PreviewHistory* owner) : history(owner), cache(kCacheKilobytes) { reader.setMaxThreadCount(1); }

  PreviewHistory* history;
  std::filesystem::path folder;
  std::vector<std::int64_t> steps;
  QCache<qint64, Sprite> cache;
  quint64 opened = 0;  // counts open() and clear(): an answer for an older one is dropped
  bool reading = false;
  std::int64_t wanted = -1;
  std::int64_t told = -1;
  QThreadPool reader;

  void adopt(const std::vector<std::int64_t>& found);
  void read();
  void arrived(quint64 forOpened, std::int64_t step, Sprite sprite);
  void forget(std::int64_t step);
  void remember(std::int64_t step, Sprite sprite);
  bool tell();
};

PreviewHistory::PreviewHistory(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this)) {}

PreviewHistory::~PreviewHistory() {
  m_impl->reader.clear();
  m_impl->reader.waitForDone();
}

/// What was found on disk joins what came live meanwhile.
void PreviewHistory::Impl::adopt(const std::vector<std::int64_t>& found) {
  std::vector<std::int64_t> all;
  std::ranges::set_union(steps, found, std::back_inserter(all));
  steps = std::move(all);
  Q_EMIT history->changed();
}

bool PreviewHistory::Impl::tell() {
  const Sprite* known = cache.object(wanted);
  if (known == nullptr) return false;
  told = wanted;
  Q_EMIT history->ready(wanted, Sprite(*known));  // a copy: a receiver may want another one
  return true;
}

void PreviewHistory::Impl::read() {
  if (reading || history->indexOf(wanted) < 0) return;
  reading = true;
  reader.start([this, file = fileOf(folder, wanted), step = wanted, forOpened = opened] {
    Sprite sprite = readPicture(file);
    // The destructor waits for this thread, so the history is there; its pending events go with it.
    QMetaObject::invokeMethod(
        history,
        [this, forOpened, step, sprite = std::move(sprite)]() mutable { arrived(forOpened, step, std::move(sprite)); },
        Qt::QueuedConnection);
  });
}

void PreviewHistory::Impl::arrived(quint64 forOpened, std::int64_t step, Sprite sprite) {
  reading = false;
  if (forOpened == opened) {
    if (sprite.empty()) {
      forget(step);
    } else {
      remember(step, std::move(sprite));
    }
  }
  if (wanted >= 0 && wanted != told && !tell()) read();
}

/// Thinned out meanwhile, or damaged: as if it had never been.
void PreviewHistory::Impl::forget(std::int64_t step) {
  const int index = history->indexOf(step);
  if (index >= 0) steps.erase(steps.begin() + index);
  if (wanted == step) {
    wanted = steps.empty() ? -1 : steps[static_cast<std::size_t>(std::max(index - 1, 0))];
  }
  Q_EMIT history->changed();
}

void PreviewHistory::Impl::remember(std::int64_t step, Sprite sprite) {
  const int kilobytes = std::max(1, sprite.width() * sprite.height() * 4 / 1024);
  cache.insert(step, new Sprite(std::move(sprite)), kilobytes);
}

void PreviewHistory::open(const std::filesystem::path& samples) {
  clear();
  m_impl->folder = samples;
  m_impl->reader.start([this, samples, forOpened = m_impl->opened] {
    std::vector<std::int64_t> found = listSteps(samples);
    QMetaObject::invokeMethod(
        this,
        [this, forOpened, found = std::move(found)] {
          if (forOpened == m_impl->opened) m_impl->adopt(found);
        },
        Qt::QueuedConnection);
  });
}

void PreviewHistory::clear() {
  ++m_impl->opened;
  m_impl->folder.clear();
  m_impl->steps.clear();
  m_impl->cache.clear();
  m_impl->wanted = m_impl->told = -1;
}

void PreviewHistory::add(const Preview& preview) {
  const auto place = std::ranges::lower_bound(m_impl->steps, preview.step);
  if (place == m_impl->steps.end() || *place != preview.step) m_impl->steps.insert(place, preview.step);
  m_impl->remember(preview.step, preview.grid);
  Q_EMIT changed();
}

const std::vector<std::int64_t>& PreviewHistory::steps() const {
  return m_impl->steps;
}

int PreviewHistory::indexOf(std::int64_t step) const {
  const auto found = std::ranges::lower_bound(m_impl->steps, step);
  return found == m_impl->steps.end() || *found != step ? -1 : static_cast<int>(found - m_impl->steps.begin());
}

std::optional<std::int64_t> PreviewHistory::atOrBefore(std::int64_t step) const {
  const auto after = std::ranges::upper_bound(m_impl->steps, step);
  return after == m_impl->steps.begin() ? std::nullopt : std::optional(*(after - 1));
}

void PreviewHistory::want(std::int64_t step) {
  m_impl->wanted = step;
  if (!m_impl->tell()) m_impl->read();
}

std::int64_t PreviewHistory::wanted() const {
  return m_impl->wanted;
}

}  // namespace loom
