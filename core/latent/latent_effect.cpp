#include "core/latent/latent_effect.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace loom {
namespace {

constexpr int kRounds = 4;      // seeded latents; with four views each view is looked at once
constexpr int kDimensions = 2;  // moved a piece
constexpr float kMove = 1.5F;
constexpr std::uint64_t kSeed = 0x5eed;

double difference(const Sprite& a, const Sprite& b) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    sum += std::abs(p.r * p.a - q.r * q.a) + std::abs(p.g * p.a - q.g * q.a) + std::abs(p.b * p.a - q.b * q.a) +
           255 * std::abs(p.a - q.a);
  }
  return static_cast<double>(sum);
}

int piecesARound(int latentSize) {
  return (latentSize + kDimensions - 1) / kDimensions;
}

}  // namespace

LatentEffect::LatentEffect(const Model& model)
    : m_latentSize(model.latentSize()),
      m_views(static_cast<int>(model.views.size())),
      m_total(kRounds * piecesARound(model.latentSize())),
      m_effect(static_cast<std::size_t>(model.latentSize())) {}

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
        difference(sprites[0], sprites[at]) + difference(sprites[0], sprites[at + 1]);
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
