#include "core/latent/random_walk.h"

#include <utility>

#include "core/latent/walk.h"

namespace loom {

RandomWalk::RandomWalk(Latent origin, double radius, LatentLocks locks, RandomStream random)
    : m_to(std::move(origin)), m_radius(radius), m_locks(std::move(locks)), m_random(random) {
  nextLeg();
}

void RandomWalk::nextLeg() {
  m_from = m_to;
  m_to = variation(m_from, m_radius, m_locks, m_random);
}

Latent RandomWalk::advance(double legs) {
  for (m_gone += legs; m_gone >= 1; m_gone -= 1) nextLeg();
  const double eased = m_gone * m_gone * (3 - 2 * m_gone);
  return withLocked(slerp(m_from, m_to, eased), m_from, m_locks);
}

}  // namespace loom
