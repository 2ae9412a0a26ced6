#include "core/studio/pictures.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/latent/character_encoder.h"
#include "core/latent/sprite_encoder.h"
#include "core/studio/characters.h"
#include "core/studio/reconstruct.h"
#include "core/studio/tiles.h"

namespace loom {
namespace {

constexpr int kSide = 8;                  ///< cells of a grid's side
constexpr int kAutoencoderSide = 10;      ///< of the grids that autoencoders are shown by
constexpr double kNoise = .9;             ///< of the published denoising autoencoder
constexpr std::uint64_t kRealStream = 1;  ///< random streams of a seed: real sprites, views of made ones
constexpr std::uint64_t kViewStream = 2;

std::size_t cells(int side) {
  return static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
}

/// `count` sprites, each a character of its own from a view of its own.
std::vector<Sprite> madeSprites(const std::shared_ptr<const Model>& model, std::size_t count, std::uint64_t seed,
                                JobMonitor& monitor) {
  RandomStream random(seed, kViewStream);
  const auto characters = generateCharacters(model, static_cast<int>(count), seed, {}, {}, monitor);
  std::vector<Sprite> sprites;
  for (const SheetCharacter& character : characters) {
    sprites.push_back(character.views[random.below(static_cast<std::uint32_t>(character.views.size()))].second);
  }
  return sprites;
}

/// Sprites of the project as the model would see them, and their views' indices where it knows them.
struct RealSprites {
  std::vector<Sprite> sprites;
  std::vector<std::optional<int>> views;
};

/// `most` of `ids`, none twice; fewer where there are fewer.
RealSprites chosenSprites(const Project& project, const Model& model, std::vector<SpriteId> ids, std::size_t most,
                          std::uint64_t seed) {
  if (ids.empty()) throw Error("the project has no sprites to show", "import some, or include some again");
  RandomStream random(seed, kRealStream);
  const std::size_t count = std::min(most, ids.size());
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(ids[i], ids[i + random.below(static_cast<std::uint32_t>(ids.size() - i))]);
  }
  ids.resize(count);
  const Catalogue catalogue = project.catalogue();
  RealSprites real;
  for (const SpriteId id : ids) {  // in the order of `ids`, whatever the catalogue's
    const std::vector<SpriteInfo> info = catalogue.sprites(std::span(&id, 1));
    const auto view = std::ranges::find(model.views, info.empty() ? std::string() : info.front().view);
    real.views.push_back(view == model.views.end() ? std::nullopt
                                                   : std::optional(static_cast<int>(view - model.views.begin())));
    real.sprites.push_back(asSeenBy(model, catalogue.pixels(std::span(&id, 1))).front());
  }
  return real;
}

std::vector<SpriteId> includedSprites(const Project& project) {
  std::vector<SpriteId> ids;
  for (const SpriteInfo& info : project.catalogue().sprites()) {
    if (!info.excluded) ids.push_back(info.id);
  }
  return ids;
}

/// Those that show what a model has learnt rather than what it remembers, where there are any.
std::vector<SpriteId> judgingSprites(const Project& project, const RunInfo& run) {
  std::vector<SpriteId> unseen = unseenSprites(project, run);
  return unseen.empty() ? includedSprites(project) : unseen;
}

Sprite realBesideFake(std::vector<Sprite> real, const std::vector<Sprite>& fake, int cell) {
  real.resize(cells(kSide));  // cells stay free where there are fewer
  std::vector<Sprite> rows;
  for (std::size_t row = 0; row < kSide; ++row) {
    const auto first = static_cast<std::ptrdiff_t>(row * kSide);
    rows.insert(rows.end(), real.begin() + first, real.begin() + first + kSide);
    rows.insert(rows.end(), fake.begin() + first, fake.begin() + first + kSide);
  }
  return tiled(rows, 2 * kSide, cell);
}

Sprite allViews(const std::shared_ptr<const Model>& model, std::uint64_t seed, JobMonitor& monitor) {
  std::vector<Sprite> sprites;
  for (const SheetCharacter& character : generateCharacters(model, kSide, seed, {}, {}, monitor)) {
    for (const auto& [view, sprite] : character.views) sprites.push_back(sprite);
  }
  return tiled(sprites, static_cast<int>(model->views.size()), model->side());
}

void requireEncoder(const Model& model) {
  if (hasEncoder(model) || encodesCharacters(model)) return;
  throw Error("the preset '" + model.preset + "' has no encoder, so a hundred sprites cannot be shown through it",
              "choose a run of an autoencoder; 'reconstruct' finds the latents of single pictures for a GAN");
}

Sprite originals(const Project& project, const RunInfo& run, const Model& model, std::uint64_t seed) {
  const auto most = cells(kAutoencoderSide);
  return tiled(chosenSprites(project, model, judgingSprites(project, run), most, seed).sprites, kAutoencoderSide,
               model.side());
}

Sprite reconstructions(const Project& project, const RunInfo& run, const std::shared_ptr<const Model>& model,
                       std::uint64_t seed, JobMonitor& monitor) {
  requireEncoder(*model);
  const auto most = cells(kAutoencoderSide);
  const RealSprites real = chosenSprites(project, *model, judgingSprites(project, run), most, seed);
  std::vector<Sprite> sprites;
  for (Reconstruction& one : reconstructSprites(model, real.sprites, real.views, {}, monitor)) {
    sprites.push_back(std::move(one.sprite));
  }
  return tiled(sprites, kAutoencoderSide, model->side());
}

Sprite denoised(const Project& project, const RunInfo& run, const std::shared_ptr<const Model>& model,
                const PictureOptions& options, JobMonitor& monitor) {
  requireEncoder(*model);
  const RealSprites real = chosenSprites(project, *model, judgingSprites(project, run), kAutoencoderSide, options.seed);
  const double own = model->settings.value("noise_level", 0.0);
  InversionOptions how;
  how.shown.noise = options.noise.value_or(own > 0 ? own : kNoise);
  how.shown.seed = options.seed;
  std::vector<Reconstruction> made = reconstructSprites(model, real.sprites, real.views, how, monitor);
  std::vector<Sprite> sprites;
  for (std::size_t i = 0; i < made.size(); ++i) {
    sprites.insert(sprites.end(), {real.sprites[i], made[i].shown, made[i].sprite});
  }
  return tiled(sprites, 3, model->side());
}

}  // namespace

const std::vector<std::string>& pictureKindNames() {
  static const std::vector<std::string> names = {"samples",   "real-fake",       "views",
                                                 "originals", "reconstructions", "denoised"};
  return names;
}

PictureKind parsePictureKind(const std::string& text) {
  const std::vector<std::string>& names = pictureKindNames();
  const auto found = std::ranges::find(names, text);
  if (found != names.end()) return static_cast<PictureKind>(found - names.begin());
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
  throw Error("'" + text + "' is no kind of grid", "the kinds are " + known);
}

Sprite makeGrid(const Project& project, const RunInfo& run, PictureKind kind, const PictureOptions& options,
                JobMonitor& monitor) {
  const std::shared_ptr<const Model> model = loadRunModel(project, run, options.weights);
  switch (kind) {
    case PictureKind::kSamples: {
      const int side = hasEncoder(*model) || encodesCharacters(*model) ? kAutoencoderSide : kSide;
      return tiled(madeSprites(model, cells(side), options.seed, monitor), side, model->side());
    }
    case PictureKind::kViews:
      return allViews(model, options.seed, monitor);
    case PictureKind::kOriginals:
      return originals(project, run, *model, options.seed);
    case PictureKind::kReconstructions:
      return reconstructions(project, run, model, options.seed, monitor);
    case PictureKind::kDenoised:
      return denoised(project, run, model, options, monitor);
    case PictureKind::kRealFake:
      break;
  }
  const auto most = cells(kSide);
  std::vector<Sprite> real = chosenSprites(project, *model, includedSprites(project), most, options.seed).sprites;
  return realBesideFake(std::move(real), madeSprites(model, most, options.seed, monitor), model->side());
}

}  // namespace loom
