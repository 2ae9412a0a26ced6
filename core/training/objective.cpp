#include "core/training/objective.h"

#include <torch/torch.h>

#include <algorithm>
#include <span>

#include "core/base/random_stream.h"

namespace loom {
namespace {

constexpr std::size_t kMostSprites = 256;
constexpr std::size_t kAtOnce = 64;
constexpr std::uint64_t kStream = 4;

}  // namespace

Objective::Objective(const BatchStore& sprites, std::vector<std::int64_t> views, std::int64_t latent,
                     std::uint64_t seed)
    : m_sprites(sprites), m_views(std::move(views)), m_seed(seed) {
  std::vector<std::int64_t> known;
  for (std::size_t index = 0; index < m_views.size(); ++index) {
    if (m_views[index] >= 0) known.push_back(static_cast<std::int64_t>(index));
  }
  const std::size_t count = std::min(known.size(), kMostSprites);
  for (std::size_t index = 0; index < count; ++index) m_chosen.push_back(known[index * known.size() / count]);
  RandomStream random(seed, kStream);
  m_latents = at::empty({static_cast<std::int64_t>(count), latent});
  float* value = m_latents.mutable_data_ptr<float>();
  for (std::int64_t left = m_latents.numel(); left > 0; --left) *value++ = static_cast<float>(random.normal());
}

Batch Objective::batch(std::size_t first, std::size_t count) const {
  const std::span chosen = std::span(m_chosen).subspan(first, std::min(count, m_chosen.size() - first));
  Batch batch = m_sprites.batch(chosen);
  at::Tensor views = at::empty({static_cast<std::int64_t>(chosen.size())}, at::kLong);
  std::ranges::transform(chosen, views.mutable_data_ptr<std::int64_t>(),
                         [this](std::int64_t index) { return m_views[static_cast<std::size_t>(index)]; });
  batch.views = views.to(batch.views.device());
  return batch;
}

double Objective::measure(Recipe& recipe) {
  const std::optional<double> measured = loss(recipe);
  return measured ? *measured : distance(recipe);
}

std::optional<double> Objective::loss(Recipe& recipe) const {
  double sum = 0;
  for (std::size_t first = 0; first < m_chosen.size(); first += kAtOnce) {
    const Batch part = batch(first, kAtOnce);
    const std::optional<double> loss = recipe.lossOn(part);
    if (!loss) return {};
    sum += *loss * static_cast<double>(part.views.size(0));
  }
  return sum / static_cast<double>(m_chosen.size());
}

double Objective::distance(Recipe& recipe) {
  if (!m_distance) {
    m_distance = std::make_unique<SlicedWasserstein>(batch(0, m_chosen.size()).pictures, m_seed);
  }
  std::vector<at::Tensor> made;
  for (std::size_t first = 0; first < m_chosen.size(); first += kAtOnce) {
    const Batch part = batch(first, kAtOnce);
    made.push_back(recipe.draw(m_latents.narrow(0, static_cast<std::int64_t>(first), part.views.size(0)), part.views));
  }
  return m_distance->distanceTo(at::cat(made));
}

}  // namespace loom
