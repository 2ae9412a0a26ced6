// Random changes to each sprite before the networks see it: those that leave pixel art pixel art.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/random_stream.h"
#include "core/base/settings.h"

namespace loom {

struct AugmentOptions {
  bool mirror = false;    ///< every second sprite, its view swapped with the opposite side
  int shift = 0;          ///< up to so many whole pixels each way
  double brightness = 0;  ///< factors are uniform in 1 - this .. 1 + this, not under 0
  double contrast = 0;
  double saturation = 0;
  double hue = 0;      ///< uniform in -this .. this turns
  double palette = 0;  ///< share of the sprites whose red, green and blue trade places

  /// From mirror, shift, jitter_brightness, palette_swap, …, each at least what `augment` (off, gentle, strong) asks
  /// for; what the settings lack is off. There is no turning and no scaling: neither leaves pixel art pixel art.
  static AugmentOptions from(const Json& settings);
  bool moves() const { return mirror || shift > 0; }
  bool recolours() const { return brightness > 0 || contrast > 0 || saturation > 0 || hue > 0 || palette > 0; }
};

/// What happens to one sprite, in this order.
struct Augmentation {
  bool mirror = false;
  int view = 0;           ///< index of the view that is seen afterwards
  int dx = 0;             ///< pixels to the right
  int dy = 0;             ///< pixels down
  double brightness = 1;  ///< the factors of torchvision's ColorJitter, applied in this order
  double contrast = 1;
  double saturation = 1;
  double hue = 0;                          ///< turns
  std::array<int, 3> palette = {0, 1, 2};  ///< which channel becomes red, green, blue; last of all
};

class Augmenter {
 public:
  /// `views` are the data set's. A view whose opposite is not among them is never mirrored.
  Augmenter(const AugmentOptions& options, const std::vector<std::string>& views, RandomStream random);

  const AugmentOptions& options() const { return m_options; }
  /// For a sprite of view `view`. What is switched off draws no numbers.
  Augmentation next(int view);

  RandomStream& random() { return m_random; }  ///< to save and restore

 private:
  AugmentOptions m_options;
  std::vector<std::optional<int>> m_mirrored;  ///< by view
  RandomStream m_random;
};

}  // namespace loom
