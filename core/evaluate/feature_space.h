// From sprites to a few hundred numbers in which likeness can be measured.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"

namespace loom {

/// Sprites of any size, each on a side x side square -> N x 4 x side x side in [-1, 1], colours multiplied by alpha.
at::Tensor spritePictures(std::span<const Sprite> sprites, int side);

/// N x 4 x S x S in [-1, 1], colours multiplied by alpha -> N x 6 x S x S: over black and over white, so that a
/// transparent pixel is no colour's own.
at::Tensor overTwoGrounds(const at::Tensor& pictures);

class FeatureSpace {
 public:
  FeatureSpace() = default;
  virtual ~FeatureSpace() = default;
  FeatureSpace(const FeatureSpace&) = delete;
  FeatureSpace& operator=(const FeatureSpace&) = delete;

  /// `pictures` as spritePictures gives them, S at least 16 -> N x D.
  at::Tensor features(const at::Tensor& pictures);

 protected:
  /// The same for as many as are in memory at once.
  virtual at::Tensor embed(const at::Tensor& pictures) = 0;
};

/// Scales every feature by its mean and deviation among `real` (N x D), so that none counts for its size alone.
class FeatureScale {
 public:
  explicit FeatureScale(const at::Tensor& real);
  at::Tensor operator()(const at::Tensor& features) const { return (features - m_mean) / m_deviation; }

 private:
  at::Tensor m_mean, m_deviation;  ///< 1 x D
};

}  // namespace loom
