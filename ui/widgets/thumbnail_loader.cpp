#include "ui/widgets/thumbnail_loader.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr qsizetype kCacheBytes = 192 << 20;
constexpr std::size_t kBatch = 24;  // sprites read at once: long enough to be quick, short enough to change course
constexpr int kLargestThumbnail = 512;

QImage toThumbnail(const Sprite& sprite) {
  QImage image = toImage(sprite);
  if (std::max(image.width(), image.height()) > kLargestThumbnail) {
    image = image.scaled(kLargestThumbnail, kLargestThumbnail, Qt::KeepAspectRatio, Qt::FastTransformation);
  }
  return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

std::vector<std::pair<QRgb, int>> countedPalette(const Sprite& sprite) {
  std::unordered_map<QRgb, int> times;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a > 0) ++times[qRgba(pixel.r, pixel.g, pixel.b, pixel.a)];
  }
  std::vector<std::pair<QRgb, int>> palette(times.begin(), times.end());
  std::sort(palette.begin(), palette.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return palette;
}

/// One by one after a batch failed, so that a damaged sprite costs only itself.
Sprite readableOrEmpty(const Catalogue& catalogue, SpriteId id) {
  try {
    return catalogue.pixels(id);
  } catch (const Error&) {
    return {};
  }
}

std::vector<Sprite> readBatch(const Catalogue& catalogue, const std::vector<ThumbnailKey>& keys) {
  std::vector<SpriteId> ids;
  for (const ThumbnailKey& key : keys) ids.push_back(key.id);
  try {
    std::vector<Sprite> sprites = catalogue.pixels(ids);
    if (sprites.size() == ids.size()) return sprites;
  } catch (const Error&) {
    // read one by one below
  }
  std::vector<Sprite> sprites;
  for (const SpriteId id : ids) sprites.push_back(readableOrEmpty(catalogue, id));
  return sprites;
}

}  // namespace

struct ThumbnailLoader::Worker {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::filesystem::path database;
  int generation = 0;                 // of the database
  std::vector<ThumbnailKey> waiting;  // the most urgent last
  std::vector<ThumbnailKey> first;    // before those
  std::optional<ThumbnailKey> inspect;
  Batch made;  // not yet taken by the window
  std::optional<SpriteInspection> inspection;
  bool announced = false;
  std::jthread thread;  // last: joined before the rest goes

  void loop(const std::stop_token& stop, const std::function<void()>& announce);
  std::vector<ThumbnailKey> takeBatch();
  bool open(std::optional<Catalogue>& catalogue, const std::filesystem::path& path);
};

std::vector<ThumbnailKey> ThumbnailLoader::Worker::takeBatch() {
  std::vector<ThumbnailKey> keys;
  for (std::vector<ThumbnailKey>* queue : {&first, &waiting}) {
    for (; !queue->empty() && keys.size() < kBatch; queue->pop_back()) keys.push_back(queue->back());
  }
  return keys;
}

bool ThumbnailLoader::Worker::open(std::optional<Catalogue>& catalogue, const std::filesystem::path& path) {
  try {
    if (!catalogue && !path.empty()) catalogue.emplace(path);
  } catch (const Error&) {
    // the page's own connection says what is wrong with the project
  }
  return catalogue.has_value();
}

void ThumbnailLoader::Worker::loop(const std::stop_token& stop, const std::function<void()>& announce) {
  std::optional<Catalogue> catalogue;
  int opened = 0;
  for (;;) {
    std::vector<ThumbnailKey> keys;
    std::optional<ThumbnailKey> closer;
    std::filesystem::path path;
    {
      std::unique_lock lock(mutex);
      if (!wake.wait(lock, stop, [&] { return !waiting.empty() || !first.empty() || inspect || generation != opened; }))
        return;
      if (generation != opened) catalogue.reset();  // a closed project must not be kept open by us
      opened = generation;
      path = database;
      closer = std::exchange(inspect, {});
      if (!closer) keys = takeBatch();
    }
    if ((keys.empty() && !closer) || !open(catalogue, path)) continue;

    Batch batch;
    SpriteInspection inspected;
    if (closer) {
      inspected.id = closer->id;
      inspected.sprite = readableOrEmpty(*catalogue, closer->id);
      inspected.palette = countedPalette(inspected.sprite);
    } else {
      const std::vector<Sprite> sprites = readBatch(*catalogue, keys);
      for (std::size_t i = 0; i < keys.size(); ++i) {
        // Cleaned since it was asked for: the page asks again when it knows the new content.
        if (!sprites[i].empty() && contentHash(sprites[i]) != keys[i].hash) continue;
        batch.emplace_back(keys[i].hash, toThumbnail(sprites[i]));
      }
    }

    const std::lock_guard lock(mutex);
    if (generation != opened) continue;
    if (closer) inspection = std::move(inspected);
    std::move(batch.begin(), batch.end(), std::back_inserter(made));
    if (!std::exchange(announced, true)) announce();
  }
}

ThumbnailLoader::ThumbnailLoader(QObject* parent) : QObject(parent), m_worker(std::make_unique<Worker>()) {
  m_worker->thread = std::jthread([this](const std::stop_token& stop) {
    m_worker->loop(stop, [this] {
      QMetaObject::invokeMethod(
          this, [this] { take(); }, Qt::QueuedConnection);
    });
  });
}

ThumbnailLoader::~ThumbnailLoader() {
  m_worker->thread.request_stop();
  m_worker->thread.join();
}

void ThumbnailLoader::setDatabase(const std::filesystem::path& database) {
  m_cache.clear();
  m_used.clear();
  m_bytes = 0;
  {
    const std::lock_guard lock(m_worker->mutex);
    m_worker->database = database;
    ++m_worker->generation;
    m_worker->waiting.clear();
    m_worker->first.clear();
    m_worker->inspect.reset();
    m_worker->made.clear();
    m_worker->inspection.reset();
  }
  m_worker->wake.notify_one();
}

const QImage* ThumbnailLoader::find(std::uint64_t hash) {
  const auto found = m_cache.find(hash);
  if (found == m_cache.end() || found->second.image.isNull()) return nullptr;
  m_used.splice(m_used.begin(), m_used, found->second.used);
  return &found->second.image;
}

bool ThumbnailLoader::isUnreadable(std::uint64_t hash) const {
  const auto found = m_cache.find(hash);
  return found != m_cache.end() && found->second.image.isNull();
}

void ThumbnailLoader::request(std::vector<ThumbnailKey> keys) {
  queue(m_worker->waiting, std::move(keys));
}

void ThumbnailLoader::requestFirst(std::vector<ThumbnailKey> keys) {
  queue(m_worker->first, std::move(keys));
}

void ThumbnailLoader::queue(std::vector<ThumbnailKey>& queue, std::vector<ThumbnailKey> keys) {
  std::erase_if(keys, [this](const ThumbnailKey& key) { return m_cache.contains(key.hash); });
  std::reverse(keys.begin(), keys.end());
  {
    const std::lock_guard lock(m_worker->mutex);
    queue = std::move(keys);
  }
  m_worker->wake.notify_one();
}

void ThumbnailLoader::inspect(const ThumbnailKey& key) {
  {
    const std::lock_guard lock(m_worker->mutex);
    m_worker->inspect = key;
  }
  m_worker->wake.notify_one();
}

void ThumbnailLoader::take() {
  Batch batch;
  std::optional<SpriteInspection> inspection;
  {
    const std::lock_guard lock(m_worker->mutex);
    batch.swap(m_worker->made);
    inspection = std::exchange(m_worker->inspection, {});
    m_worker->announced = false;
  }
  std::vector<std::uint64_t> hashes;
  for (auto& [hash, image] : batch) {
    hashes.push_back(hash);
    insert(hash, std::move(image));
  }
  if (!hashes.empty()) Q_EMIT arrived(hashes);
  if (inspection) Q_EMIT inspected(*inspection);
}

void ThumbnailLoader::insert(std::uint64_t hash, QImage image) {
  if (m_cache.contains(hash)) return;
  m_used.push_front(hash);
  m_bytes += image.sizeInBytes();
  m_cache.emplace(hash, Entry{std::move(image), m_used.begin()});
  while (m_bytes > kCacheBytes && m_used.size() > 1) {
    const auto oldest = m_cache.find(m_used.back());
    m_bytes -= oldest->second.image.sizeInBytes();
    m_cache.erase(oldest);
    m_used.pop_back();
  }
}

}  // namespace loom
