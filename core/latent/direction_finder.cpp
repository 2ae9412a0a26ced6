#include "core/latent/direction_finder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "core/latent/picture_change.h"

namespace loom {
namespace {

constexpr int kRounds = 4;  // seeded latents at which an effect is measured; with four views each is looked at once
constexpr float kMove = 1.5F;
constexpr std::uint64_t kSeed = 0xd1ec;

/// How much the picture of one seeded latent changes when it is moved along `direction`, mean of both ways.
double changeAt(SpriteGenerator& generator, const Latent& direction, int round) {
  const auto size = static_cast<int>(direction.size());
  const Latent origin = sampleLatent(kSeed, static_cast<std::uint64_t>(round), size);
  std::vector<Latent> latents{origin, origin, origin};
  for (std::size_t i = 0; i < direction.size(); ++i) {
    latents[1][i] -= kMove * direction[i];
    latents[2][i] += kMove * direction[i];
  }
  const std::vector<int> views(latents.size(), round % static_cast<int>(generator.model().views.size()));
  const std::vector<Sprite> drawn = generator.generate(latents, views, {.truncation = 1, .crispAlpha = false});
  return (pictureChange(drawn[0], drawn[1]) + pictureChange(drawn[0], drawn[2])) / 2;
}

}  // namespace

DirectionFinder::DirectionFinder(const Model& model, int count)
    : m_effect(model), m_count(std::min(count, model.latentSize())) {}

int DirectionFinder::total() const {
  return m_effect.total() + (m_begun ? m_total : m_count * kRounds);
}

void DirectionFinder::advance(SpriteGenerator& generator) {
  if (!m_effect.finished()) return m_effect.advance(generator);
  if (!m_begun) return search();
  if (finished()) return;
  Direction& direction = m_directions[static_cast<std::size_t>(m_next / kRounds)];
  direction.effect += changeAt(generator, direction.vector, m_next % kRounds) / kRounds;
  ++m_next;
}

void DirectionFinder::search() {
  if (!m_search) {
    m_search.emplace(m_effect.slopes(), m_count);
  } else {
    m_search->advance();
  }
  if (!m_search->finished()) return;
  for (Latent& vector : m_search->directions()) {
    m_directions.push_back({.name = {}, .vector = std::move(vector)});
  }
  m_search.reset();
  m_total = kRounds * static_cast<int>(m_directions.size());
  m_begun = true;
}

std::vector<Direction> DirectionFinder::directions() const {
  std::vector<Direction> ordered = m_directions;
  std::ranges::stable_sort(ordered, std::greater(), &Direction::effect);
  int number = 0;
  for (Direction& direction : ordered) direction.name = "Direction " + std::to_string(++number);
  return ordered;
}

double effectOf(SpriteGenerator& generator, const Latent& direction) {
  double sum = 0;
  for (int round = 0; round < kRounds; ++round) sum += changeAt(generator, direction, round);
  return sum / kRounds;
}

}  // namespace loom
