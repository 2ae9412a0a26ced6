// Compares two sprites pixel by pixel: is one a copy of the other, moved, mirrored, enlarged, recoloured or touched up?
#pragma once

#include <optional>
#include <string>

#include "core/dataset/sprite_content.h"

namespace loom {

/// From the closest to the loosest.
enum class Relation {
  kExact,       ///< the same canvas, the same pixels
  kShifted,     ///< the same pixels at another place or on another canvas
  kEnlarged,    ///< the same dots at another whole enlargement
  kMirrored,    ///< left and right swapped
  kRecoloured,  ///< the same shapes in other colours, one for one
  kSimilar      ///< a few dots differ
};
std::string relationName(Relation relation);  ///< "exact", "shifted", …

struct Likeness {
  Relation relation = Relation::kExact;
  bool isMirrored = false;  ///< also for recoloured and similar ones
  double difference = 0;    ///< share of the dots seen in either that do not match, 0..1
};

/// The share of dots that may differ for Relation::kSimilar, and that may not fit the exchange of colours for
/// kRecoloured (four times as many where it makes one colour of two).
inline constexpr double kMostSimilarDifference = .03;
inline constexpr double kMostRecolouredDifference = .015;

/// Nothing when they are no such copies. Sprites in which nothing is to be seen are copies of each other.
std::optional<Likeness> likeness(const SpriteContent& a, const SpriteContent& b);

/// The least share of differing pixels (of those seen in either, 0..1) over shifts of `b` by up to `shift` pixels each
/// way; colours may differ by a few levels a channel.
double leastDifference(const Sprite& a, const Sprite& b, int shift);

}  // namespace loom
