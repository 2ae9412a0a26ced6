// Ways through latent space: from one character to another, and on to the next.
#pragma once

#include <vector>

#include "core/latent/sprite_generator.h"

namespace loom {

/// The point at `t` (0..1) of the straight line. At 0 and 1 exactly the ends. Throws Error for latents of two sizes.
Latent lerp(const Latent& from, const Latent& to, double t);

/// The point at `t` of the arc (Shoemake 1985, "Animating rotation with quaternion curves"; for latents White 2016,
/// "Sampling Generative Networks"): the direction turns evenly, the length goes evenly from one to the other, so that a
/// walk between typical latents stays among typical ones. Opposite directions have no one arc between them: a certain
/// one is taken. From or to the zero vector the way is straight. At 0 and 1 exactly the ends. Throws Error likewise.
Latent slerp(const Latent& from, const Latent& to, double t);

struct LatentWalk {
  std::vector<Latent> points = {};  ///< one or more of one size; each leg takes equally long
  bool spherical = true;            ///< along arcs; else along straight lines
  bool eased = false;               ///< slow near each point (3t^2 - 2t^3), so that characters can be seen
  bool loops = false;               ///< back to the first point in the end
};

/// `frames` latents at even times from the first point to the last. Of a loop each frame is a new one: the first
/// follows on the last. Throws Error without a point, for less than one frame, and for latents of two sizes.
std::vector<Latent> walkLatents(const LatentWalk& walk, int frames);

}  // namespace loom
