#include "core/studio/pictures.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/image/edit.h"
#include "core/studio/characters.h"
#include "core/studio/runs.h"

namespace loom {
namespace {

constexpr int kSide = 8;  ///< cells of a grid's side
constexpr std::size_t kCells = std::size_t{kSide} * kSide;
constexpr int kGap = 1;
constexpr std::uint64_t kRealStream = 1;  ///< random streams of a seed: real sprites, views of made ones
constexpr std::uint64_t kViewStream = 2;

/// Sprites row by row in cells of cell x cell pixels, standing in them; an empty sprite leaves its cell free.
Sprite tiled(const std::vector<Sprite>& sprites, int columns, int cell) {
  const auto rows = (static_cast<int>(sprites.size()) + columns - 1) / columns;
  Sprite grid(columns * (cell + kGap) - kGap, rows * (cell + kGap) - kGap);
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const auto place = static_cast<int>(i);
    paste(grid, sprites[i], place % columns * (cell + kGap) + (cell - sprites[i].width()) / 2,
          place / columns * (cell + kGap) + cell - sprites[i].height());
  }
  return grid;
}

/// kCells sprites, each a character of its own from a view of its own.
std::vector<Sprite> madeSprites(const std::shared_ptr<const Model>& model, std::uint64_t seed, JobMonitor& monitor) {
  RandomStream random(seed, kViewStream);
  const auto characters = generateCharacters(model, static_cast<int>(kCells), seed, {}, {}, monitor);
  std::vector<Sprite> sprites;
  for (const SheetCharacter& character : characters) {
    sprites.push_back(character.views[random.below(static_cast<std::uint32_t>(character.views.size()))].second);
  }
  return sprites;
}

/// kCells included sprites, none twice (cells stay free when there are fewer), as the model would have learnt them.
std::vector<Sprite> realSprites(const Project& project, const Model& model, std::uint64_t seed) {
  const Catalogue catalogue = project.catalogue();
  std::vector<SpriteId> ids;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (!info.excluded) ids.push_back(info.id);
  }
  if (ids.empty()) throw Error("the project has no sprites to show", "import some, or include some again");
  RandomStream random(seed, kRealStream);
  for (std::size_t i = 0; i < std::min(kCells, ids.size()); ++i) {
    std::swap(ids[i], ids[i + random.below(static_cast<std::uint32_t>(ids.size() - i))]);
  }
  ids.resize(std::min(kCells, ids.size()));
  std::vector<Sprite> sprites = catalogue.pixels(ids);
  const bool opaque = model.channels() == 3;
  for (Sprite& sprite : sprites) {
    sprite = fittedTo(sprite, model.side()).sprite;
    if (opaque) sprite = flattened(sprite, parseColour(model.settings.value("background", "#ffffff")));
  }
  sprites.resize(kCells);
  return sprites;
}

Sprite realBesideFake(const std::vector<Sprite>& real, const std::vector<Sprite>& fake, int cell) {
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

}  // namespace

PictureKind parsePictureKind(const std::string& text) {
  if (text == "samples") return PictureKind::kSamples;
  if (text == "real-fake") return PictureKind::kRealFake;
  if (text == "views") return PictureKind::kViews;
  throw Error("'" + text + "' is no kind of grid", "the kinds are samples, real-fake and views");
}

Sprite makeGrid(const Project& project, const RunInfo& run, PictureKind kind, std::uint64_t seed, JobMonitor& monitor) {
  const std::shared_ptr<const Model> model = loadRunModel(project, run);
  if (kind == PictureKind::kViews) return allViews(model, seed, monitor);
  if (kind == PictureKind::kSamples) return tiled(madeSprites(model, seed, monitor), kSide, model->side());
  const std::vector<Sprite> real = realSprites(project, *model, seed);
  return realBesideFake(real, madeSprites(model, seed, monitor), model->side());
}

}  // namespace loom
