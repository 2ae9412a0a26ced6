#include "core/dataset/near_duplicates.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/base/parallel.h"
#include "core/dataset/neighbours.h"
#include "core/dataset/sprite_features.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr std::size_t kNeighbours = 8;
// Distance of SpriteFeatures::structure() within which sprites that differ by 3 dots of 100 lie.
constexpr float kMostDistance = .055F;
// Of one structure, a sprite is compared with so many of the first ones: one is enough but where views are left out.
constexpr std::size_t kFirstOnes = 6;
constexpr std::size_t kPairsAtOnce = 1024;
constexpr std::size_t kMostPixelsAtOnce = std::size_t{8} << 20;

/// Indices into the list of sprites, the earlier one first.
using Pair = std::pair<std::uint32_t, std::uint32_t>;

class Finder {
 public:
  Finder(std::span<const SpriteInfo> sprites, const PixelSource& pixels, JobMonitor& monitor)
      : m_sprites(sprites), m_pixels(pixels), m_monitor(monitor), m_leader(sprites.size()) {
    for (const SpriteInfo& sprite : sprites) m_views.emplace(sprite.character, sprite.view);
  }

  std::vector<DuplicateGroup> run() {
    describe();
    attach(pairsOfOneStructure(), "Comparing sprites of one shape");
    attach(pairsOfNeighbours(), "Comparing sprites that look alike");
    mergeTouching();
    return groups();
  }

 private:
  struct Attached {
    std::uint32_t leader = 0;
    Likeness likeness;
  };

  void describe() {
    m_hashes.resize(m_sprites.size());
    m_features.resize(m_sprites.size());
    const auto look = [this](std::size_t index, const Sprite& sprite) {
      m_hashes[index] = structureHash(contentOf(sprite));
      m_features[index] = spriteFeatures(sprite);
    };
    lookAtSprites(m_sprites, m_pixels, "Looking at the sprites", look, m_monitor);
  }

  /// Frames of one animation repeat each other by design.
  bool mayPair(const Pair& pair) const {
    const SpriteInfo &a = m_sprites[pair.first], &b = m_sprites[pair.second];
    return a.character != b.character || a.animation.empty() || a.animation != b.animation;
  }

  std::vector<Pair> pairsOfOneStructure() const {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> byStructure;
    std::vector<Pair> pairs;
    for (std::uint32_t i = 0; i < m_sprites.size(); ++i) {
      std::vector<std::uint32_t>& earlier = byStructure[m_hashes[i]];
      std::size_t compared = 0;
      for (const std::uint32_t other : earlier) {
        if (compared == kFirstOnes) break;
        if (!mayPair({other, i})) continue;
        pairs.emplace_back(other, i);
        ++compared;
      }
      earlier.push_back(i);
    }
    return pairs;
  }

  /// Among those that are no copies yet.
  std::vector<Pair> pairsOfNeighbours() const {
    std::vector<std::uint32_t> rows;
    FeatureTable table{.columns = SpriteFeatures::kStructure};
    for (std::uint32_t i = 0; i < m_sprites.size(); ++i) {
      if (m_leader[i]) continue;
      rows.push_back(i);
      const auto row = m_features[i].structure();
      table.values.insert(table.values.end(), row.begin(), row.end());
    }
    const NeighbourIndex index(table, m_monitor);
    std::vector<std::vector<std::uint32_t>> near(rows.size());
    const auto search = [&](std::size_t begin, std::size_t end) {
      for (std::size_t row = begin; row < end; ++row) {
        const SpriteFeatures flipped = m_features[rows[row]].mirrored();
        for (const std::span<const float> query : {table.row(row), std::span<const float>(flipped.structure())}) {
          for (const Neighbour& neighbour : index.nearest(query, kNeighbours + 1)) {
            if (neighbour.row != row && neighbour.distance <= kMostDistance) near[row].push_back(neighbour.row);
          }
        }
      }
    };
    m_monitor.begin("Finding the most alike", static_cast<std::int64_t>(rows.size()));
    parallelFor(rows.size(), 64, search, m_monitor);
    std::set<Pair> pairs;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (const std::uint32_t other : near[row]) {
        const Pair pair = std::minmax(rows[row], rows[other]);
        if (mayPair(pair)) pairs.insert(pair);
      }
    }
    return {pairs.begin(), pairs.end()};
  }

  /// What a set holds on purpose.
  bool isExpected(const Pair& pair, const Likeness& found) const {
    const SpriteInfo &a = m_sprites[pair.first], &b = m_sprites[pair.second];
    const bool otherView = a.view != b.view;
    if (found.isMirrored && otherView && b.view == mirroredView(a.view)) {
      // Of two characters alike, the left view of one is the mirrored right view of both: each side's own counterpart
      // is the one to compare with.
      return a.character == b.character || m_views.contains({a.character, b.view}) ||
             m_views.contains({b.character, a.view});
    }
    return a.character == b.character && otherView && found.relation == Relation::kSimilar;
  }

  /// Compares the pairs, ordered by the later sprite, and gives every sprite that is a copy the earliest leader.
  void attach(std::vector<Pair> pairs, const std::string& stage) {
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return std::pair(pair.second, pair.first); });
    m_monitor.begin(stage, static_cast<std::int64_t>(pairs.size()));
    std::size_t count = 0;
    for (std::size_t first = 0; first < pairs.size(); first += count) {
      const auto needed = pixelsOf(std::span(pairs).subspan(first), count);
      const std::span<const Pair> chunk = std::span(pairs).subspan(first, count);
      std::vector<std::optional<Likeness>> found(count);
      const auto compare = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          found[i] = likeness(contentOf(needed.at(chunk[i].first)), contentOf(needed.at(chunk[i].second)));
        }
      };
      parallelFor(count, 8, compare, m_monitor, static_cast<std::int64_t>(first));
      for (std::size_t i = 0; i < count; ++i) {
        if (found[i] && !isExpected(chunk[i], *found[i])) join(chunk[i], *found[i]);
      }
    }
  }

  void join(const Pair& pair, const Likeness& found) {
    if (m_leader[pair.first] || m_leader[pair.second]) return;
    if (m_leads.contains(pair.second)) {
      m_touching.emplace_back(pair, found);
      return;
    }
    m_leader[pair.second] = Attached{pair.first, found};
    m_leads.insert(pair.first);
  }

  /// A group whose first sprite turned out to be a copy of an earlier one becomes part of that one's, when all its
  /// members are copies of that one too.
  void mergeTouching() {
    if (m_touching.empty()) return;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> members;
    for (std::uint32_t i = 0; i < m_leader.size(); ++i) {
      if (m_leader[i]) members[m_leader[i]->leader].push_back(i);
    }
    m_monitor.begin("Joining groups", static_cast<std::int64_t>(m_touching.size()));
    for (std::size_t i = 0; i < m_touching.size(); ++i) {
      const auto& [pair, found] = m_touching[i];
      m_monitor.advance(static_cast<std::int64_t>(i) + 1);
      if (m_leader[pair.first] || m_leader[pair.second]) continue;
      std::vector<std::pair<std::uint32_t, Likeness>> moved{{pair.second, found}};
      const SpriteContent first = contentOf(m_pixels(m_sprites[pair.first].id));
      const std::vector<std::uint32_t>& others = members[pair.second];
      for (const std::uint32_t other : others) {
        const auto same = likeness(first, contentOf(m_pixels(m_sprites[other].id)));
        if (!same || other < pair.first || isExpected({pair.first, other}, *same)) break;
        moved.emplace_back(other, *same);
      }
      if (moved.size() != others.size() + 1) continue;
      for (const auto& [member, same] : moved) {
        m_leader[member] = Attached{pair.first, same};
        members[pair.first].push_back(member);
      }
      m_leads.erase(pair.second);
      m_leads.insert(pair.first);
    }
  }

  /// The sprites of the first `count` pairs: as many as may be in memory at a time.
  std::unordered_map<std::uint32_t, Sprite> pixelsOf(std::span<const Pair> pairs, std::size_t& count) const {
    std::unordered_map<std::uint32_t, Sprite> sprites;
    std::size_t held = 0;
    for (count = 0; count < std::min(kPairsAtOnce, pairs.size()) && held < kMostPixelsAtOnce; ++count) {
      for (const std::uint32_t index : {pairs[count].first, pairs[count].second}) {
        if (sprites.contains(index)) continue;
        held += sprites.emplace(index, m_pixels(m_sprites[index].id)).first->second.pixels().size();
      }
    }
    return sprites;
  }

  std::vector<DuplicateGroup> groups() const {
    std::vector<DuplicateGroup> list;
    std::unordered_map<std::uint32_t, std::size_t> places;
    for (std::uint32_t i = 0; i < m_sprites.size(); ++i) {
      if (m_leads.contains(i)) {
        places[i] = list.size();
        list.push_back({.first = m_sprites[i].id});
      } else if (m_leader[i]) {
        list[places.at(m_leader[i]->leader)].members.push_back({m_sprites[i].id, m_leader[i]->likeness});
      }
    }
    return list;
  }

  std::span<const SpriteInfo> m_sprites;
  const PixelSource& m_pixels;
  JobMonitor& m_monitor;
  std::vector<std::optional<Attached>> m_leader;
  std::set<std::uint32_t> m_leads;
  std::vector<std::pair<Pair, Likeness>> m_touching;  ///< of copies where the later one leads a group of its own
  std::set<std::pair<std::string, std::string>> m_views;
  std::vector<std::uint64_t> m_hashes;
  std::vector<SpriteFeatures> m_features;
};

}  // namespace

std::vector<DuplicateGroup> findNearDuplicates(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                               JobMonitor& monitor) {
  return Finder(sprites, pixels, monitor).run();
}

}  // namespace loom
