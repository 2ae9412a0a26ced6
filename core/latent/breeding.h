// New characters from those there are: variations around one, children of several, steps towards and away from some.
//
// Latents are standard normal numbers, which lie near a sphere: a mean of several of them is shorter than any, and what
// is drawn from it is plainer. So everything here keeps the length that its origins have.
#pragma once

#include <span>
#include <vector>

#include "core/base/random_stream.h"
#include "core/latent/sprite_generator.h"

namespace loom {

/// What a change leaves as it is: true for a locked dimension. Empty: nothing is locked.
using LatentLocks = std::vector<bool>;

/// `latent` with the origin's values where there is one that is locked.
Latent withLocked(Latent latent, const Latent& origin, const LatentLocks& locks);

/// A latent `radius` (0..1) of the way from `origin` to a random one, along the arc: 0 is the origin, 1 another
/// character altogether. Throws Error for locks of another size than the latent.
Latent variation(const Latent& origin, double radius, const LatentLocks& locks, RandomStream& random);

enum class Breeding {
  kMix,    ///< each dimension from one of the parents, by chance
  kBlend,  ///< all dimensions between the parents, nearer to one or another by chance
};
/// A child of two parents or more, changed by `mutation` (0..1, as a variation's radius). Throws Error for fewer
/// parents, or latents of several sizes.
Latent child(std::span<const Latent> parents, Breeding how, double mutation, RandomStream& random);

/// All characters that take each place of the model (latentLayers(), `places` of them) from one parent, in the order of
/// counting, the last place fastest; those that are a parent again are among them. Each is one latent a place, one
/// after the other; so may the parents be. Throws Error for no parent, latents that do not fit, or over 256 characters.
std::vector<Latent> mixedByLayer(std::span<const Latent> parents, std::size_t latentSize, std::size_t places);

/// `origin` moved `step` (0..1) of the way to the mean of the `liked` and as far away from the mean of the `disliked`;
/// either may be empty, not both. Throws Error for latents and locks of several sizes.
Latent drawnTo(const Latent& origin, std::span<const Latent> liked, std::span<const Latent> disliked, double step,
               const LatentLocks& locks);

}  // namespace loom
