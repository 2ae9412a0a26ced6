#include "core/dataset/set_statistics.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <sstream>
#include <unordered_map>

#include "core/image/edit.h"
#include "core/project/view.h"

namespace loom {
namespace {

using Counts = std::map<std::string, std::int64_t>;

std::vector<CountedName> byCount(const Counts& counts) {
  std::vector<CountedName> list;
  for (const auto& [name, count] : counts) list.push_back({name, count});
  std::ranges::stable_sort(list, std::greater(), &CountedName::count);
  return list;
}

/// "packs/heroes/front/1.png" -> "packs/heroes/front"; "heroes.zip!front/1.png" -> "heroes.zip".
std::string origin(const std::string& source) {
  if (const auto entry = source.find('!'); entry != std::string::npos) return source.substr(0, entry);
  const auto slash = source.find_last_of('/');
  return slash == std::string::npos ? source : source.substr(0, slash);
}

std::vector<MissingViews> missingViews(const std::map<std::string, std::set<std::string>>& viewsOf,
                                       const std::vector<std::string>& named) {
  std::vector<MissingViews> list;
  for (const auto& [character, views] : viewsOf) {
    MissingViews missing{.character = character};
    for (const std::string& view : named) {
      if (!views.contains(view)) missing.views.push_back(view);
    }
    // One of unknown view alone lacks nothing that could be named.
    if (!missing.views.empty() && missing.views.size() < named.size()) list.push_back(std::move(missing));
  }
  return list;
}

struct ColourHash {
  std::size_t operator()(const Rgba& colour) const {
    const std::uint32_t packed =
        std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
    return std::size_t{packed} * 0x9E3779B97F4A7C15ULL >> 16;
  }
};
using ColourCounts = std::unordered_map<Rgba, std::int64_t, ColourHash>;

}  // namespace

SetStatistics statisticsOf(std::span<const SpriteInfo> sprites) {
  SetStatistics statistics{.sprites = static_cast<std::int64_t>(sprites.size())};
  Counts sizes, views, tags, licences, authors, sources, animations;
  std::map<std::string, std::set<std::string>> viewsOf;
  for (const SpriteInfo& sprite : sprites) {
    ++sizes[std::to_string(sprite.width) + "x" + std::to_string(sprite.height)];
    ++statistics.coloursPerSprite[sprite.colours];
    ++views[sprite.view];
    viewsOf[sprite.character].insert(sprite.view);
    std::istringstream words(sprite.tags);
    std::set<std::string> own;
    for (std::string word; words >> word;) own.insert(word);
    for (const std::string& word : own) ++tags[word];
    ++licences[sprite.licence];
    ++authors[sprite.author];
    ++sources[origin(sprite.source)];
    if (!sprite.animation.empty()) ++animations[sprite.animation];
  }
  std::vector<std::string> names;
  for (const auto& [view, count] : views) names.push_back(view);
  names = sortedViews(std::move(names));
  for (const std::string& view : names) statistics.views.push_back({view, views[view]});
  std::erase(names, kAnyView);
  statistics.characters = static_cast<std::int64_t>(viewsOf.size());
  for (const auto& [character, own] : viewsOf) ++statistics.viewsPerCharacter[static_cast<int>(own.size())];
  statistics.missingViews = missingViews(viewsOf, names);
  statistics.sizes = byCount(sizes);
  statistics.tags = byCount(tags);
  statistics.licences = byCount(licences);
  statistics.authors = byCount(authors);
  statistics.sources = byCount(sources);
  statistics.animations = byCount(animations);
  return statistics;
}

SetColours coloursOf(std::span<const SpriteInfo> sprites, const PixelSource& pixels, std::size_t most,
                     JobMonitor& monitor) {
  SetColours result;
  ColourCounts counts;
  std::int64_t visible = 0;
  std::mutex mutex;
  const auto look = [&](std::size_t, const Sprite& sprite) {
    ColourCounts own;
    std::int64_t ownVisible = 0;
    for (const Rgba& pixel : sprite.pixels()) {
      if (pixel.a == 0) continue;
      ++own[pixel];
      ++ownVisible;
    }
    const bool partial = hasPartialAlpha(sprite), transparency = hasTransparency(sprite);
    const std::lock_guard lock(mutex);
    visible += ownVisible;
    result.partialAlpha += partial;
    result.opaque += !transparency;
    result.empty += ownVisible == 0;
    for (const auto& [colour, count] : own) {
      const auto known = counts.find(colour);
      if (known != counts.end()) {
        known->second += count;
      } else if (static_cast<std::int64_t>(counts.size()) < SetColours::kMostColours) {
        counts.emplace(colour, count);
      }
    }
  };
  lookAtSprites(sprites, pixels, "Counting colours", look, monitor);
  result.different = static_cast<std::int64_t>(counts.size());
  for (const auto& [colour, count] : counts) {
    result.mostUsed.push_back({colour, static_cast<double>(count) / static_cast<double>(visible)});
  }
  const auto before = [](const ColourShare& a, const ColourShare& b) {
    const auto packed = [](const Rgba& c) {
      return std::uint32_t{c.r} << 24 | std::uint32_t{c.g} << 16 | std::uint32_t{c.b} << 8 | c.a;
    };
    return a.share != b.share ? a.share > b.share : packed(a.colour) < packed(b.colour);
  };
  std::ranges::sort(result.mostUsed, before);
  if (result.mostUsed.size() > most) result.mostUsed.resize(most);
  return result;
}

}  // namespace loom
