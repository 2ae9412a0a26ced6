// A way through latent space without an end: from one character to a random one nearby, and on from there.
#pragma once

#include "core/base/random_stream.h"
#include "core/latent/breeding.h"

namespace loom {

class RandomWalk {
 public:
  /// Each leg goes `radius` (0..1, as a variation's) of the way to a random character; locked values stay. Throws Error
  /// for locks of another size than the latent.
  RandomWalk(Latent origin, double radius, LatentLocks locks, RandomStream random);

  /// Goes on by a share of a leg (above 1: by several) and says where that is. Legs begin and end slowly.
  Latent advance(double legs);

 private:
  void nextLeg();

  Latent m_from, m_to;
  double m_radius;
  LatentLocks m_locks;
  RandomStream m_random;
  double m_gone = 0;  ///< of this leg, 0..1
};

}  // namespace loom
