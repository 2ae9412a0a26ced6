// Reads sprites' pixels for the window on a worker thread, what is seen now first, and keeps the recent ones.
#pragma once

#include <QImage>
#include <QObject>
#include <QRgb>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// What a thumbnail is asked for by. Pictures are kept by content, so equal sprites share one.
struct ThumbnailKey {
  SpriteId id = 0;
  std::uint64_t hash = 0;
};

/// A sprite looked at closely.
struct SpriteInspection {
  SpriteId id = 0;
  Sprite sprite;                              ///< empty: it could not be read
  std::vector<std::pair<QRgb, int>> palette;  ///< colours with alpha > 0 and their pixels, most frequent first
};

class ThumbnailLoader : public QObject {
  Q_OBJECT
 public:
  explicit ThumbnailLoader(QObject* parent = nullptr);
  ~ThumbnailLoader() override;

  /// Forgets everything; an empty path reads nothing.
  void setDatabase(const std::filesystem::path& database);

  /// The picture when it is here (ARGB32_Premultiplied; sprites over 512 px are made smaller); null otherwise.
  /// The pointer holds until the event loop runs again.
  const QImage* find(std::uint64_t hash);
  /// Whether the picture was asked for and could not be read.
  bool isUnreadable(std::uint64_t hash) const;
  /// Asks for these, in this order, instead of what was asked for and is still waiting.
  void request(std::vector<ThumbnailKey> keys);
  /// The same for a few pictures beside the grid's; before those.
  void requestFirst(std::vector<ThumbnailKey> keys);
  /// Asks for a closer look, before all thumbnails; the newest wins.
  void inspect(const ThumbnailKey& key);

 Q_SIGNALS:
  void arrived(const std::vector<std::uint64_t>& hashes);
  void inspected(const loom::SpriteInspection& inspection);

 private:
  struct Worker;
  struct Entry {
    QImage image;
    std::list<std::uint64_t>::iterator used;
  };
  using Batch = std::vector<std::pair<std::uint64_t, QImage>>;
  void queue(std::vector<ThumbnailKey>& queue, std::vector<ThumbnailKey> keys);
  void take();
  void insert(std::uint64_t hash, QImage image);

  std::unordered_map<std::uint64_t, Entry> m_cache;
  std::list<std::uint64_t> m_used;  // the most recently used first
  qsizetype m_bytes = 0;
  std::unique_ptr<Worker> m_worker;
};

}  // namespace loom
