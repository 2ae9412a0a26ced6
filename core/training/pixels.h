// Sprites to what networks see, and back.
//
// Networks see values in [-1, 1], N x channels x size x size, channels-last. With 4 channels they are colours
// multiplied by alpha, and alpha; with 3 the sprite over a background colour.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "core/dataset/augment.h"
#include "core/dataset/snapshot.h"
#include "core/image/sprite.h"

namespace loom {

struct Batch {
  at::Tensor pictures;  ///< N x channels x size x size in [-1, 1]
  at::Tensor views;     ///< N indices
};

/// The whole data set as bytes on the training device, brought into floats batch by batch.
class PixelStore {
 public:
  struct Format {
    int channels = 4;   ///< 3 or 4
    Rgba background{};  ///< for 3
  };
  /// Without `knowsViews` every view is 0.
  PixelStore(const Snapshot& data, bool knowsViews, const Format& format, at::Device device);

  std::int64_t size() const { return m_pixels.size(0); }
  int view(std::int64_t index) const { return m_views[static_cast<std::size_t>(index)]; }
  /// The sprites as they are.
  Batch batch(std::span<const std::int64_t> indices) const;
  /// The sprites as `augmenter` changes them.
  Batch batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const;

 private:
  Batch make(std::span<const std::int64_t> indices, std::span<const Augmentation> changes,
             const AugmentOptions& options) const;
  at::Tensor m_pixels;  ///< count x size x size x 4 bytes, straight alpha
  std::vector<int> m_views;
  Format m_format;
};

/// `pixels` N x S x S x 4, moved and mirrored; what comes in from outside is transparent.
at::Tensor moved(const at::Tensor& pixels, std::span<const Augmentation> changes);
/// `colours` N x 3 x S x S in [0, 1], straight; `alpha` N x 1 x S x S weighs the mean that contrast turns about.
at::Tensor recoloured(const at::Tensor& colours, const at::Tensor& alpha, std::span<const Augmentation> changes);

/// N pictures back to sprites, colours divided by alpha. With `crispAlpha` a pixel is opaque (alpha .5 and more) or
/// empty.
std::vector<Sprite> toSprites(const at::Tensor& pictures, bool crispAlpha);

}  // namespace loom
