#include "core/studio/characters.h"

#include <algorithm>
#include <map>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/studio/drawing.h"
#include "core/studio/origins.h"

namespace loom {
namespace {

constexpr std::int64_t kBatch = 64;  ///< sprites made at once

SheetCharacter toCharacter(Favourite favourite, const Catalogue& catalogue) {
  SheetCharacter character{.name = favourite.name, .views = {}, .origin = originText(favourite, catalogue)};
  const std::size_t count = std::min(favourite.views.size(), favourite.sprites.size());
  for (std::size_t i = 0; i < count; ++i) {
    character.views.emplace_back(std::move(favourite.views[i]), std::move(favourite.sprites[i]));
  }
  return character;
}

}  // namespace

std::vector<SheetCharacter> generateCharacters(const std::shared_ptr<const Model>& model, int count, std::uint64_t seed,
                                               const GenerateOptions& options, const std::optional<std::string>& view,
                                               JobMonitor& monitor, int threads) {
  if (count < 1) throw Error("no character was asked for", "ask for one or more");
  const std::vector<int> views = chosenViews(*model, view);
  SpriteGenerator generator(model, threads > 0 ? threads : usableCores());
  std::vector<SheetCharacter> characters(static_cast<std::size_t>(count));
  monitor.begin("Drawing characters", count);
  const auto perBatch = std::max<std::int64_t>(1, kBatch / static_cast<std::int64_t>(views.size()));
  for (std::int64_t first = 0; first < count; first += perBatch) {
    const std::int64_t end = std::min<std::int64_t>(count, first + perBatch);
    std::vector<Latent> latents;
    std::vector<int> viewOf;
    for (std::int64_t i = first; i < end; ++i) {
      const Latent latent = sampleLatent(seed, static_cast<std::uint64_t>(i), model->latentSize());
      for (const int index : views) {
        latents.push_back(latent);
        viewOf.push_back(index);
      }
    }
    std::vector<Sprite> sprites = generator.generate(latents, viewOf, options);
    for (std::size_t i = 0; i < sprites.size(); ++i) {
      const std::size_t number = static_cast<std::size_t>(first) + i / views.size();
      characters[number].name = std::to_string(number);
      characters[number].views.emplace_back(model->views[static_cast<std::size_t>(viewOf[i])], std::move(sprites[i]));
    }
    monitor.advance(end);
  }
  return characters;
}

std::vector<SheetCharacter> favouriteCharacters(const Catalogue& catalogue) {
  std::vector<SheetCharacter> characters;
  for (Favourite& favourite : catalogue.favourites())
    characters.push_back(toCharacter(std::move(favourite), catalogue));
  return characters;
}

std::vector<SheetCharacter> favouriteCharacters(const Catalogue& catalogue, std::span<const std::int64_t> ids) {
  std::vector<SheetCharacter> characters;
  for (Favourite& favourite : catalogue.favourites()) {
    if (std::ranges::find(ids, favourite.id) != ids.end())
      characters.push_back(toCharacter(std::move(favourite), catalogue));
  }
  return characters;
}

std::vector<SheetCharacter> catalogueCharacters(const Catalogue& catalogue, std::span<const SpriteId> ids) {
  std::vector<SpriteInfo> infos = catalogue.sprites(ids);
  std::ranges::sort(infos, {}, &SpriteInfo::id);
  std::vector<SpriteId> present;
  present.reserve(infos.size());
  for (const SpriteInfo& info : infos) present.push_back(info.id);
  std::vector<Sprite> pixels = catalogue.pixels(present);

  std::vector<SheetCharacter> characters;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const auto [place, isNew] = places.try_emplace(infos[i].character, characters.size());
    if (isNew) characters.push_back({infos[i].character, {}});
    SheetCharacter& character = characters[place->second];
    character.views.emplace_back(infos[i].view, std::move(pixels[i]));
    character.motions.push_back({infos[i].animation, infos[i].frame, infos[i].milliseconds});
  }
  return characters;
}

}  // namespace loom
