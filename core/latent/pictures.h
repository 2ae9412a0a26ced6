// Sprites as a model's networks see them, and how far two pictures are apart.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/image/sprite.h"
#include "core/training/model.h"

namespace loom {

/// Sprites of any size, fitted to the model's side (fittedTo) -> N x channels x side x side in [-1, 1], in the form
/// training shows them (core/training/pixels.h). Throws Error for a sprite without pixels.
at::Tensor toPictures(std::span<const Sprite> sprites, const Model& model);

/// toSprites, trimmed to what the model's sprites fill of the square.
std::vector<Sprite> toModelSprites(const at::Tensor& pictures, const Model& model, bool crispAlpha);

/// `pictures` with `deviation` * N(0, 1) added everywhere; row i has the noise of picture `first` + i of the seed, the
/// same on every machine.
at::Tensor noisy(const at::Tensor& pictures, double deviation, std::uint64_t seed, std::uint64_t first);

/// Throws Error when there are not `count` views, or one that the model does not have.
void checkViews(const Model& model, std::size_t count, std::span<const int> views);

/// How a reconstruction differs from its original.
struct PictureDifference {
  double l1 = 0;  ///< mean absolute difference on the scale [-1, 1], colours multiplied by alpha: 0 alike, 2 opposite
  double accuracy = 0;  ///< share of the pixels within 8/255 in every channel
  /// Share of the pixels whose strongest channel is the same one; nothing for a single channel, where it says nothing.
  std::optional<double> strongestChannel = {};
};
/// For every one of N pictures, both N x channels x side x side in [-1, 1]; of `others` counts what a sprite can show.
std::vector<PictureDifference> pictureDifferences(const at::Tensor& originals, const at::Tensor& others);

}  // namespace loom
