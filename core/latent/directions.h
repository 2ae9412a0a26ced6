// Directions of the latent space along which a character changes in one way: longer hair, another skin, more armour.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/latent/latent_effect.h"
#include "core/latent/sprite_generator.h"

namespace loom {

/// Where a direction comes from.
enum class DirectionKind {
  kFound,  ///< of the model itself
  kTag,    ///< of sprites with a tag and sprites without
  kGroups  ///< of two groups of characters
};
/// "found", "tag", "groups".
std::string directionKindName(DirectionKind kind);
/// Throws Error for another word.
DirectionKind parseDirectionKind(const std::string& name);

struct Direction {
  std::string name = {};
  Latent vector = {};  ///< of length 1
  double effect = 0;   ///< mean change of the picture (pictureChange) when it is moved by 1.5 to either side
  DirectionKind kind = DirectionKind::kFound;
  friend bool operator==(const Direction&, const Direction&) = default;
};

/// Where a latent stands on a direction: the length of its projection, normally distributed for a random latent.
/// Throws Error where the two are not of one size, as movedTo does.
float positionOn(std::span<const float> latent, std::span<const float> direction);
/// The latent moved along the direction until it stands at `position`; what is at right angles to it stays.
Latent movedTo(const Latent& latent, std::span<const float> direction, float position);

/// At most `count` orthonormal directions, each with its share in `slopes` large and in few places.
///
/// Those of largest slope are the eigenvectors of the mean of J J^T over the latents, J being the slopes at one of them
/// (Wang and Ponce 2021, "The Geometry of Deep Generative Image Models and its Applications"); turned within the space
/// they span by varimax (Kaiser 1958), so that each changes few places much rather than all a little. Ordered by the
/// sum of squares of their slopes; the entry of largest absolute value is positive. Fewer than `count` where the
/// pictures change along fewer.
///
/// Chosen by a measurement on the starter weights of the preset `hero` (12 directions, 12 characters not used to find
/// them; 0 is best for overlap, 1 for agreement):
///
///     found by                                    overlap of the    agreement between characters
///                                                 changed places    of what changes
///     single dimensions                                .65                .44
///     SeFa: singular vectors of the first layer        .62                .45
///     GANSpace: PCA of the first activation            .64                .43
///     PCA of pictures, regressed to latents            .63                .46
///     mean of J J^T over 16 latents, all views         .61                .46
///     the same, turned; over 8 latents                 .51                .52
///     as LatentEffect takes them: 4 latents, a view    .54                .50
///
/// It needs nothing of a network but its pictures, so that it is the same for all of them.
std::vector<Latent> principalDirections(const LatentSlopes& slopes, int count);

/// The same in pieces of some hundredths of a second.
class DirectionSearch {
 public:
  DirectionSearch(const LatentSlopes& slopes, int count);
  ~DirectionSearch();
  DirectionSearch(DirectionSearch&&) noexcept;
  DirectionSearch& operator=(DirectionSearch&&) noexcept;

  bool finished() const;
  void advance();                          ///< turns each with each other once
  std::vector<Latent> directions() const;  ///< as far as they are turned

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
