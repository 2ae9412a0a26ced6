// Directions learned from examples: towards what one group of characters has and another has not.
#pragma once

#include <span>

#include "core/latent/directions.h"

namespace loom {

/// The unit vector from the latents `without` to those `with`: Fisher's linear discriminant, S^-1 (mean - mean), where
/// S is the covariance within the groups, shrunk towards the identity (which random latents have) by as much as there
/// are fewer examples than numbers in the latent (Ledoit and Wolf 2004). With few examples it is the difference of the
/// means; with many it leaves out what only happens to go with the difference. The order of the examples does not
/// matter. Throws Error for a group without examples, latents of several sizes, or groups of the same mean.
Latent directionBetween(std::span<const Latent> with, std::span<const Latent> without);

}  // namespace loom
