// What a run trains on: an immutable copy of the included sprites at the training size.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/edit.h"
#include "core/image/sprite.h"
#include "core/project/catalogue.h"

namespace loom {

/// Which characters are taken when no ids are given (core/dataset/split.h).
enum class SnapshotPart { kTraining, kHeldOut };

class Snapshot {
 public:
  struct Item {
    SpriteId id = 0;
    int view = 0;       ///< index into views()
    int character = 0;  ///< index, 0..characters()-1
  };

  int side() const { return m_side; }  ///< pixels, width = height of every sprite
  std::int64_t size() const { return static_cast<std::int64_t>(m_items.size()); }
  int characters() const { return m_characters; }
  const std::vector<std::string>& views() const { return m_views; }
  const std::vector<Item>& items() const { return m_items; }
  const Sprite& sprite(std::int64_t index) const { return m_sprites[static_cast<std::size_t>(index)]; }
  /// What all sprites fill of the square: a set of 32 x 48 sprites leaves its left and right empty at side 48. The
  /// whole square where they differ, or where they fill it.
  PixelRect content() const { return m_content; }
  /// How many sprites were padded, scaled, resampled to the side: "3104 unchanged", "12 padded, 3 resampled (nearest)".
  const std::string& fitting() const { return m_fitting; }

 private:
  friend std::shared_ptr<const Snapshot> takeSnapshot(const Catalogue&, int, std::span<const SpriteId>, JobMonitor&,
                                                      SnapshotPart);
  int m_side = 0;
  int m_characters = 0;
  std::vector<std::string> m_views;
  std::vector<Item> m_items;
  std::vector<Sprite> m_sprites;
  PixelRect m_content;
  std::string m_fitting;
};

/// The sprites `ids` in that order, also those since excluded or binned (so that a resumed run sees what it saw);
/// with no ids, of all that are neither those of the `part`. Throws Error when none are left, or when a share of the
/// characters should be held out and leaves none on one side.
std::shared_ptr<const Snapshot> takeSnapshot(const Catalogue& catalogue, int side, std::span<const SpriteId> ids,
                                             JobMonitor& monitor, SnapshotPart part = SnapshotPart::kTraining);

}  // namespace loom
