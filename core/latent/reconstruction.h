// What a model makes of a sprite that it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/image/sprite.h"
#include "core/training/model.h"

namespace loom {

struct ReconstructOptions {
  double noise = 0;  ///< deviation of the noise added to what the model is shown, on the scale [-1, 1]
  std::uint64_t seed = 0;
  std::uint64_t first = 0;  ///< number of the first sprite: its noise is that of the seed and its number
  bool crispAlpha = true;
};

struct Reconstruction {
  std::vector<float> latent;
  int view = 0;         ///< index into the model's views
  Sprite shown;         ///< what the model was shown: fitted to its side, with the noise
  Sprite sprite;        ///< what it made of that
  double l1 = 0;        ///< of `sprite` to the clean original: mean absolute difference on the scale [-1, 1], colours
                        ///< multiplied by alpha
  double accuracy = 0;  ///< share of the pixels within 8/255 of it in every channel
  std::optional<double> strongestChannel = {};  ///< share whose strongest channel agrees; nothing for one channel
};

/// Sprites as a model sees them: fitted to its side, of its channels, and trimmed to what its own sprites fill. Throws
/// Error for a sprite without pixels.
std::vector<Sprite> asSeenBy(const Model& model, std::span<const Sprite> sprites);

}  // namespace loom
