#include "core/dataset/mirror_check.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/base/parallel.h"
#include "core/dataset/facing.h"
#include "core/dataset/likeness.h"
#include "core/image/edit.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr int kMostShift = 3;
constexpr std::size_t kPairsAtOnce = 256;
constexpr std::size_t kMostPixelsAtOnce = std::size_t{8} << 20;
constexpr double kSmallParts = .15;
// Of drawn and of composed sets, honest pairs lie above, swapped ones below.
constexpr double kSwapped = -.2;

struct Found {
  MirrorPair pair = {};
  std::size_t leftIndex = 0;
  std::size_t rightIndex = 0;
  double unmirrored = 0;  ///< share by which the right view differs from the left as it is
  FacingPair features = {};
};

std::vector<Found> pairsOf(std::span<const SpriteInfo> sprites) {
  using Key = std::tuple<std::string, std::string, int, std::string>;  // character, animation, frame, view
  std::map<Key, std::size_t> places;
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const SpriteInfo& sprite = sprites[i];
    places.try_emplace({sprite.character, sprite.animation, sprite.frame, sprite.view}, i);
  }
  std::vector<Found> list;
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const SpriteInfo& sprite = sprites[i];
    const std::string other = mirroredView(sprite.view);
    if (other == sprite.view || !sprite.view.ends_with("left")) continue;
    const auto own = places.find({sprite.character, sprite.animation, sprite.frame, sprite.view});
    const auto opposite = places.find({sprite.character, sprite.animation, sprite.frame, other});
    if (own->second != i || opposite == places.end()) continue;
    Found found{.leftIndex = i, .rightIndex = opposite->second};
    found.pair = {.character = sprite.character, .leftView = sprite.view, .left = sprite.id};
    found.pair.right = sprites[opposite->second].id;
    list.push_back(std::move(found));
  }
  return list;
}

void compare(Found& found, const Sprite& left, const Sprite& right) {
  found.features = {spriteFeatures(left), spriteFeatures(right)};
  found.pair.difference = leastDifference(right, mirrored(left), kMostShift);
  found.unmirrored = leastDifference(right, left, kMostShift);
}

void compareAll(std::vector<Found>& list, const PixelSource& pixels, JobMonitor& monitor) {
  monitor.begin("Comparing left and right", static_cast<std::int64_t>(list.size()));
  std::vector<std::pair<Sprite, Sprite>> sides;
  for (std::size_t first = 0; first < list.size(); first += sides.size()) {
    sides.clear();
    std::size_t held = 0;
    while (first + sides.size() < list.size() && sides.size() < kPairsAtOnce && held < kMostPixelsAtOnce) {
      monitor.checkCancelled();
      const MirrorPair& pair = list[first + sides.size()].pair;
      sides.emplace_back(pixels(pair.left), pixels(pair.right));
      held += sides.back().first.pixels().size() + sides.back().second.pixels().size();
    }
    const std::span<Found> chunk = std::span(list).subspan(first, sides.size());
    const auto body = [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) compare(chunk[i], sides[i].first, sides[i].second);
    };
    parallelFor(chunk.size(), 4, body, monitor, static_cast<std::int64_t>(first));
  }
}

/// Each kind of pair, left or back-left, is judged among its own.
void findFacing(std::vector<Found>& list) {
  std::map<std::string, std::vector<std::size_t>> byView;
  for (std::size_t i = 0; i < list.size(); ++i) byView[list[i].pair.leftView].push_back(i);
  for (const auto& [view, members] : byView) {
    std::vector<FacingPair> pairs;
    for (const std::size_t i : members) pairs.push_back(list[i].features);
    const std::vector<double> facing = facingOf(pairs);
    for (std::size_t i = 0; i < facing.size(); ++i) list[members[i]].pair.facing = facing[i];
  }
}

void judge(Found& found) {
  MirrorPair& pair = found.pair;
  pair.kind = pair.difference == 0             ? MirrorKind::kExact
              : pair.difference <= kSmallParts ? MirrorKind::kSmallParts
                                               : MirrorKind::kDifferent;
  pair.suspicion = -pair.facing;
  const bool sameWay = found.unmirrored <= kSmallParts && found.unmirrored < .5 * pair.difference;
  if (sameWay) {
    pair.reason = found.unmirrored == 0 ? "both views are the same picture" : "both views face the same way";
    pair.suspicion = std::max(pair.suspicion, 1.);
  } else if (pair.facing <= kSwapped) {
    pair.reason = "left and right seem to be swapped";
  }
  if (!pair.reason.empty()) pair.kind = MirrorKind::kSuspicious;
}

}  // namespace

std::string mirrorKindName(MirrorKind kind) {
  switch (kind) {
    case MirrorKind::kExact:
      return "exact";
    case MirrorKind::kSmallParts:
      return "small parts";
    case MirrorKind::kDifferent:
      return "different";
    case MirrorKind::kSuspicious:
      return "suspicious";
  }
  return "different";
}

std::vector<MirrorPair> checkMirrors(std::span<const SpriteInfo> sprites, const PixelSource& pixels,
                                     JobMonitor& monitor) {
  std::vector<Found> list = pairsOf(sprites);
  compareAll(list, pixels, monitor);
  findFacing(list);
  std::vector<MirrorPair> pairs;
  for (Found& found : list) {
    judge(found);
    pairs.push_back(std::move(found.pair));
  }
  const auto worse = [](const MirrorPair& a, const MirrorPair& b) {
    const auto key = [](const MirrorPair& pair) {
      const bool suspicious = pair.kind == MirrorKind::kSuspicious;
      return std::tuple(suspicious, suspicious ? pair.suspicion : 0, pair.difference, pair.suspicion);
    };
    return key(a) > key(b);
  };
  std::ranges::stable_sort(pairs, worse);
  return pairs;
}

}  // namespace loom
