// How right a drawn view is, pixel by pixel, and whether it wears the colours that it should.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// The colours of some sprites; fully transparent pixels are one of them, where there are any.
class WornColours {
 public:
  void add(const Sprite& sprite);
  bool contains(const Rgba& colour) const;
  /// `truth` with every pixel in the colour that differs least from it, colours multiplied by alpha: the best that can
  /// be drawn with these. There must be one at least.
  Sprite bestOf(const Sprite& truth);

 private:
  Rgba nearest(const Rgba& colour);
  std::vector<std::uint32_t> m_colours;  ///< ascending
  std::unordered_map<std::uint32_t, Rgba> m_nearest;
};

/// Of a picture against the true one, of the same size.
struct PictureScore {
  double difference = 0;    ///< mean absolute difference of all channels on [-1, 1], colours multiplied by alpha: 0..2
  double exact = 0;         ///< share of the pixels that are exactly right
  double exactVisible = 0;  ///< the same of those that either picture shows; 1 where neither shows any
  double foreign = 0;       ///< share of the pixels in a colour that none of `worn` has
};
PictureScore scoreOf(const Sprite& picture, const Sprite& truth, const WornColours& worn);

/// Where two pictures of one size differ: red, the more the farther apart; what is exactly right is transparent.
Sprite differencePicture(const Sprite& picture, const Sprite& truth);

}  // namespace loom
