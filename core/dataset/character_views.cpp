#include "core/dataset/character_views.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/project/view.h"

namespace loom {

std::vector<std::string> namedViews(const Snapshot& data) {
  std::vector<std::string> named;
  std::ranges::copy_if(data.views(), std::back_inserter(named),
                       [](const std::string& view) { return view != kAnyView; });
  return named;
}

std::vector<std::string> characterViewNames(const Snapshot& data, std::int64_t fewest) {
  std::vector<std::string> named = namedViews(data);
  if (named.empty() && fewest <= 1) named.emplace_back(kAnyView);
  return named;
}

std::vector<std::int64_t> mirroredPlaces(const std::vector<std::string>& views) {
  std::vector<std::int64_t> places;
  for (const std::string& view : views) {
    const auto found = std::ranges::find(views, mirroredView(view));
    if (found == views.end()) return {};
    places.push_back(found - views.begin());
  }
  return places;
}

std::vector<CharacterViews> charactersOf(const Snapshot& data, const std::vector<std::string>& views,
                                         std::int64_t fewest) {
  std::vector<std::optional<std::size_t>> places;  // of the snapshot's views among `views`
  for (const std::string& view : data.views()) {
    const auto found = std::ranges::find(views, view);
    places.push_back(found == views.end() ? std::nullopt
                                          : std::optional(static_cast<std::size_t>(found - views.begin())));
  }
  const bool alone = views.size() == 1 && fewest <= 1;
  std::vector<CharacterViews> all(static_cast<std::size_t>(data.characters()), CharacterViews(views.size(), kNoSprite));
  for (std::int64_t index = 0; index < data.size(); ++index) {
    const Snapshot::Item& item = data.items()[static_cast<std::size_t>(index)];
    const std::optional<std::size_t> place = places[static_cast<std::size_t>(item.view)];
    if (!place) continue;
    if (alone) {
      all.push_back({index});
      continue;
    }
    std::int64_t& sprite = all[static_cast<std::size_t>(item.character)][*place];
    if (sprite == kNoSprite) sprite = index;
  }
  std::erase_if(all, [fewest](const CharacterViews& character) {
    return std::ranges::count_if(character, [](std::int64_t sprite) { return sprite != kNoSprite; }) <
           std::max<std::int64_t>(fewest, 1);
  });
  return all;
}

}  // namespace loom
