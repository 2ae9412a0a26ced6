#include "core/studio/find_character.h"

#include <algorithm>
#include <numeric>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/latent/character_encoder.h"
#include "core/latent/inversion.h"
#include "core/latent/sprite_encoder.h"
#include "core/latent/sprite_generator.h"

namespace loom {
namespace {

/// Of a model that draws one sprite a latent and view.
FoundCharacter findBySprite(const std::shared_ptr<const Model>& model, std::span<const Sprite> views,
                            JobMonitor& monitor, const FindWatcher& watcher, int threads) {
  const auto there = std::ranges::find_if_not(views, &Sprite::empty);
  if (there == views.end()) throw Error("there is no picture to look for", "open one");
  InversionOptions options{.view = static_cast<int>(there - views.begin())};
  if (hasEncoder(*model)) options.from = SpriteEncoder(model, threads).encode(std::span(&*there, 1));
  monitor.begin("Looking for the character", options.steps);
  const auto show = [&](const Sprite& sprite, int /*step*/) {
    std::vector<Sprite> sprites(views.size());
    sprites[static_cast<std::size_t>(*options.view)] = sprite;
    if (watcher) watcher(sprites);
  };
  const Reconstruction found = SpriteInverter(model, threads).find(*there, options, monitor, show);
  std::vector<int> all(views.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<Latent> latents(views.size(), found.latent);
  return {.latent = found.latent,
          .sprites = SpriteGenerator(model, threads).generate(latents, all),
          .l1 = found.l1,
          .accuracy = found.accuracy};
}

}  // namespace

FoundCharacter findCharacter(const std::shared_ptr<const Model>& model, std::span<const Sprite> views,
                             JobMonitor& monitor, const FindWatcher& watcher, int threads) {
  if (model == nullptr) throw Error("there is no model to look in", "train a run, or choose one");
  if (views.size() != model->views.size()) {
    throw Error("the model has " + std::to_string(model->views.size()) + " views, not " + std::to_string(views.size()));
  }
  if (threads < 1) threads = usableCores();
  if (!encodesCharacters(*model)) return findBySprite(model, views, monitor, watcher, threads);
  const auto show = [&](const std::vector<Sprite>& sprites, int /*step*/) {
    if (watcher) watcher(sprites);
  };
  return CharacterInverter(model, threads).find(views, {}, monitor, show);
}

}  // namespace loom
