#include "core/training/character_store.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/job_monitor.h"
#include "core/base/parallel.h"
#include "core/dataset/character_views.h"
#include "core/image/indexed_sprites.h"
#include "core/training/environment.h"
#include "core/training/pixels.h"

namespace loom {
namespace {

/// The character's views that are there, as numbers.
IndexedSprites indexedViews(const Snapshot& data, const CharacterViews& character) {
  std::vector<Sprite> sprites;
  for (const std::int64_t sprite : character) {
    if (sprite != kNoSprite) sprites.push_back(data.sprite(sprite));
  }
  return indexed(sprites);
}

std::vector<IndexedSprites> allIndexed(const Snapshot& data, const std::vector<CharacterViews>& characters) {
  constexpr std::size_t kBlock = 16;
  std::vector<IndexedSprites> all(characters.size());
  JobMonitor nobody;
  parallelFor(
      all.size(), kBlock,
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) all[i] = indexedViews(data, characters[i]);
      },
      nobody);
  return all;
}

at::Tensor bytesOf(const std::vector<std::uint8_t>& bytes, at::IntArrayRef shape) {
  at::Tensor tensor = at::empty(shape, at::kByte);
  std::ranges::copy(bytes, tensor.mutable_data_ptr<std::uint8_t>());
  return tensor;
}

}  // namespace

CharacterStore::CharacterStore(const Snapshot& data, const std::vector<std::string>& views, at::Device device,
                               std::int64_t fewest)
    : m_opposite(mirroredPlaces(views)) {
  const std::vector<CharacterViews> characters = charactersOf(data, views, fewest);
  const std::vector<IndexedSprites> all = allIndexed(data, characters);
  const auto count = std::ssize(characters), viewCount = std::ssize(views), side = std::ptrdiff_t{data.side()};
  for (const IndexedSprites& one : all) m_colours.push_back(std::ssize(one.palette));
  const std::int64_t most = m_colours.empty() ? 1 : std::ranges::max(m_colours);
  m_indices = at::zeros({count, side, side, viewCount}, at::kByte);
  m_palettes = at::zeros({count, most, 4}, at::kByte);
  m_present = at::zeros({count, viewCount});
  for (std::int64_t i = 0; i < count; ++i) {
    const IndexedSprites& one = all[static_cast<std::size_t>(i)];
    std::vector<std::uint8_t> colours;
    for (const Rgba& colour : one.palette) colours.insert(colours.end(), {colour.r, colour.g, colour.b, colour.a});
    m_palettes[i].narrow(0, 0, std::ssize(one.palette)).copy_(bytesOf(colours, {std::ssize(one.palette), 4}));
    std::size_t sprite = 0;
    for (std::int64_t view = 0; view < viewCount; ++view) {
      if (characters[static_cast<std::size_t>(i)][static_cast<std::size_t>(view)] == kNoSprite) continue;
      m_indices[i].select(-1, view).copy_(bytesOf(one.pixels[sprite++], {side, side}));
      m_present[i][view] = 1;
    }
  }
  m_indices = m_indices.to(device);
  m_palettes = m_palettes.to(device);
  m_present = m_present.to(device);
  m_worn = at::zeros({count, most}, m_present.options());
  for (std::int64_t i = 0; i < count; ++i) {  // one at a time: whole numbers of all would take eight times the memory
    m_worn[i] = timesWorn(m_indices[i].permute({2, 0, 1}).to(at::kLong).unsqueeze(0), m_present[i].unsqueeze(0), most)
                    .squeeze(0);
  }
}

Batch CharacterStore::batch(std::span<const std::int64_t> indices) const {
  return make(indices, std::vector<Augmentation>(indices.size()), {});
}

Batch CharacterStore::batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const {
  std::vector<Augmentation> changes;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    changes.push_back(augmenter.next(0));
    changes.back().mirror = changes.back().mirror && !m_opposite.empty();
  }
  return make(indices, changes, augmenter.options());
}

/// N x views: which view stands where after mirroring.
at::Tensor CharacterStore::order(std::span<const Augmentation> changes) const {
  const std::int64_t views = m_present.size(1);
  at::Tensor places = at::empty({std::ssize(changes), views}, at::kLong);
  auto* place = places.mutable_data_ptr<std::int64_t>();
  for (const Augmentation& change : changes) {
    for (std::int64_t view = 0; view < views; ++view) {
      *place++ = change.mirror ? m_opposite[static_cast<std::size_t>(view)] : view;
    }
  }
  return onDevice(places, m_present.device());
}

Batch CharacterStore::make(std::span<const std::int64_t> indices, std::span<const Augmentation> changes,
                           const AugmentOptions& options) const {
  const torch::NoGradGuard noGrad;
  const std::int64_t count = std::ssize(indices);
  at::Tensor chosen = at::empty({count}, at::kLong);
  std::ranges::copy(indices, chosen.mutable_data_ptr<std::int64_t>());
  std::int64_t most = 1;
  for (const std::int64_t index : indices) most = std::max(most, m_colours[static_cast<std::size_t>(index)]);
  chosen = onDevice(chosen, m_present.device());

  at::Tensor pixels = m_indices.index_select(0, chosen), present = m_present.index_select(0, chosen);
  if (options.moves()) pixels = moved(pixels, changes);  // what comes in is 0, the transparent colour
  pixels = pixels.permute({0, 3, 1, 2}).to(at::kLong);
  if (options.mirror) {
    const at::Tensor places = order(changes);
    pixels = pixels.gather(1, places.unsqueeze(-1).unsqueeze(-1).expand_as(pixels));
    present = present.gather(1, places);
  }

  // A palette is recoloured as a picture one pixel high, in which a colour weighs what it covers.
  const at::Tensor palette = m_palettes.index_select(0, chosen).narrow(1, 0, most).to(at::kFloat).div_(255);
  at::Tensor colours = palette.narrow(2, 0, 3).transpose(1, 2).unsqueeze(2);
  const at::Tensor alpha = palette.narrow(2, 3, 1).transpose(1, 2).unsqueeze(2);
  const at::Tensor worn = m_worn.index_select(0, chosen).narrow(1, 0, most).unsqueeze(1).unsqueeze(1);
  if (options.recolours()) colours = recoloured(colours, alpha * worn, changes);
  const at::Tensor values = at::cat({colours * alpha, alpha}, 1).squeeze(2).transpose(1, 2);
  return {.pictures = {},
          .views = at::zeros({count}, chosen.options()),
          .alpha = {},
          .characters = {
              .indices = pixels.contiguous(), .palettes = values.mul(2).sub_(1).contiguous(), .present = present}};
}

}  // namespace loom
