#include "core/dataset/snapshot.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/split.h"
#include "core/image/edit.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// Leaves the sprites of one part.
void keepPart(std::vector<SpriteInfo>& infos, const SplitSettings& split, SnapshotPart part) {
  const SplitCounts counts = splitCounts(split, infos);
  if (counts.heldOutCharacters == 0 && (split.fraction > 0 || part == SnapshotPart::kHeldOut)) {
    throw Error("no character is held out to judge the model by",
                "hold out a larger share of the characters, or choose one by hand");
  }
  if (counts.trainingCharacters == 0) {
    throw Error("all characters are held out, so none are left to train on",
                "hold out a smaller share of the characters");
  }
  std::erase_if(infos, [&](const SpriteInfo& info) {
    return isHeldOut(split, info.character) != (part == SnapshotPart::kHeldOut);
  });
}

std::vector<SpriteInfo> chosenSprites(const Catalogue& catalogue, std::span<const SpriteId> ids, SnapshotPart part) {
  if (!ids.empty()) return catalogue.sprites(ids);
  std::vector<SpriteInfo> infos = catalogue.sprites();
  std::erase_if(infos, [](const SpriteInfo& info) { return info.excluded; });
  if (!infos.empty()) keepPart(infos, loadSplit(catalogue), part);
  return infos;
}

/// "3104 unchanged" or "12 padded, 3 resampled (nearest)", most frequent first.
std::string summary(const std::map<std::string, std::int64_t>& counts) {
  std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater(), [](const auto& entry) { return entry.second; });
  std::string text;
  for (const auto& [how, count] : sorted) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + how;
  }
  return text;
}

}  // namespace

std::shared_ptr<const Snapshot> takeSnapshot(const Catalogue& catalogue, int side, std::span<const SpriteId> ids,
                                             JobMonitor& monitor, SnapshotPart part) {
  if (side < 1 || side > limits::kMaxSpriteSide) {
    throw Error("sprites cannot be brought to " + std::to_string(side) + " pixels a side",
                "choose a size from 1 to " + std::to_string(limits::kMaxSpriteSide));
  }
  const std::vector<SpriteInfo> infos = chosenSprites(catalogue, ids, part);
  if (infos.empty()) {
    throw Error("there are no sprites to train on", "import some, or include some of those that are excluded");
  }
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->m_side = side;
  std::vector<std::string> views;
  for (const SpriteInfo& info : infos) {
    if (std::ranges::find(views, info.view) == views.end()) views.push_back(info.view);
  }
  snapshot->m_views = sortedViews(std::move(views));

  monitor.begin("Preparing the sprites", static_cast<std::int64_t>(infos.size()));
  std::unordered_map<std::string, int> characters;
  std::map<std::string, std::int64_t> fittings;
  snapshot->m_items.reserve(infos.size());
  snapshot->m_sprites.reserve(infos.size());
  for (const SpriteInfo& info : infos) {
    Fitted fitted = fittedTo(catalogue.pixels(info.id), side);
    ++fittings[fitted.how];
    const bool first = snapshot->m_sprites.empty();
    if (first) snapshot->m_content = fitted.area;
    if (!first && fitted.area != snapshot->m_content) snapshot->m_content = {0, 0, side, side};
    snapshot->m_sprites.push_back(std::move(fitted.sprite));
    const auto view = std::ranges::find(snapshot->m_views, info.view) - snapshot->m_views.begin();
    const auto next = static_cast<int>(characters.size());
    const int character = characters.try_emplace(info.character, next).first->second;
    snapshot->m_items.push_back({.id = info.id, .view = static_cast<int>(view), .character = character});
    monitor.advance(snapshot->size());
  }
  snapshot->m_characters = static_cast<int>(characters.size());
  if (ids.size() > infos.size())
    fittings["no longer in the project"] = static_cast<std::int64_t>(ids.size() - infos.size());
  snapshot->m_fitting = summary(fittings);
  return snapshot;
}

}  // namespace loom
