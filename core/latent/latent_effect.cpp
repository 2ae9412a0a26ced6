#include "core/latent/latent_effect.h"

#include <algorithm>
#include <numeric>

#include "core/latent/picture_change.h"

namespace loom {
namespace {

constexpr int kRounds = 4;      // seeded latents; with four views each view is looked at once
constexpr int kDimensions = 2;  // moved a piece
constexpr float kMove = 1.5F;
constexpr std::uint64_t kSeed = 0x5eed;

int piecesARound(int latentSize) {
  return (latentSize + kDimensions - 1) / kDimensions;
}

}  // namespace

LatentEffect::LatentEffect(const Model& model)
    : m_latentSize(model.latentSize()),
      m_views(static_cast<int>(model.views.size())),
      m_total(kRounds * piecesARound(model.latentSize())),
      m_effect(static_cast<std::size_t>(model.latentSize())),
      m_slopes{.latent = model.latentSize(), .columns = kRounds * kPooledValues} {
  m_slopes.values.resize(m_effect.size() * static_cast<std::size_t>(m_slopes.columns));
}

void LatentEffect::keepSlope(int dimension, int round, const Sprite& low, const Sprite& high) {
  const std::vector<float> from = pooledPicture(low), to = pooledPicture(high);
  const auto first = static_cast<std::size_t>(dimension) * static_cast<std::size_t>(m_slopes.columns) +
                     static_cast<std::size_t>(round) * from.size();
  for (std::size_t i = 0; i < from.size(); ++i) m_slopes.values[first + i] = (to[i] - from[i]) / (2 * kMove);
}

void LatentEffect::advance(SpriteGenerator& generator) {
  if (finished()) return;
  const int round = m_next / piecesARound(m_latentSize);
  const int first = m_next % piecesARound(m_latentSize) * kDimensions;
  const int last = std::min(first + kDimensions, m_latentSize);
  if (first == 0) m_origin = sampleLatent(kSeed, static_cast<std::uint64_t>(round), m_latentSize);

  std::vector<Latent> latents{m_origin};
  for (int dimension = first; dimension < last; ++dimension) {
    for (const float move : {-kMove, kMove}) {
      latents.push_back(m_origin);
      latents.back()[static_cast<std::size_t>(dimension)] += move;
    }
  }
  const std::vector<int> views(latents.size(), round % m_views);
  const std::vector<Sprite> sprites = generator.generate(latents, views, {.truncation = 1, .crispAlpha = false});
  for (int dimension = first; dimension < last; ++dimension) {
    const auto at = static_cast<std::size_t>(1 + 2 * (dimension - first));
    m_effect[static_cast<std::size_t>(dimension)] +=
        pictureChange(sprites[0], sprites[at]) + pictureChange(sprites[0], sprites[at + 1]);
    keepSlope(dimension, round, sprites[at], sprites[at + 1]);
  }
  ++m_next;
}

std::vector<int> LatentEffect::order() const {
  std::vector<int> order(m_effect.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [this](int a, int b) {
    return m_effect[static_cast<std::size_t>(a)] > m_effect[static_cast<std::size_t>(b)];
  });
  return order;
}

}  // namespace loom
