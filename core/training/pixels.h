// Sprites to what networks see, and back.
//
// Networks see values in [-1, 1], N x channels x size x size, channels-last: 1 channel is grey over a background, 2
// grey multiplied by alpha and alpha, 3 colours over a background, 4 colours multiplied by alpha and alpha.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/dataset/augment.h"
#include "core/dataset/snapshot.h"
#include "core/image/sprite.h"
#include "core/training/batch.h"

namespace loom {

/// What stands behind transparent pixels where the networks see no alpha.
enum class Fill {
  kColour,   ///< one colour for all sprites
  kBlurred,  ///< the sprite's own colours, blurred
  kMean,     ///< the sprite's own mean colour
};
/// "colour", "blurred", "mean". Throws Error for another word.
Fill fillNamed(const std::string& name);

/// The whole data set as bytes on the training device, brought into floats batch by batch.
class PixelStore final : public BatchStore {
 public:
  struct Format {
    int channels = 4;           ///< 1..4
    Rgba background{};          ///< for 1 and 3, and there for sprites without any colour of their own
    Fill fill = Fill::kColour;  ///< for 1 and 3
    bool alpha = false;         ///< batches hold alpha as well
  };
  /// Without `knowsViews` every view is 0.
  PixelStore(const Snapshot& data, bool knowsViews, const Format& format, at::Device device);

  std::int64_t size() const override { return m_pixels.size(0); }
  int view(std::int64_t index) const { return m_views[static_cast<std::size_t>(index)]; }
  /// The sprites as they are.
  Batch batch(std::span<const std::int64_t> indices) const override;
  /// The sprites as `augmenter` changes them.
  Batch batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const override;

 private:
  Batch make(std::span<const std::int64_t> indices, std::span<const Augmentation> changes,
             const AugmentOptions& options) const;
  at::Tensor behind(const at::Tensor& chosen, std::span<const Augmentation> changes, bool moves) const;

  at::Tensor m_pixels;  ///< count x size x size x 4 bytes, straight alpha
  at::Tensor m_behind;  ///< bytes: 1 x 1 x 1 x 3, count x 1 x 1 x 3 or count x size x size x 3; undefined with alpha
  std::vector<int> m_views;
  Format m_format;
};

enum class Outside { kTransparent, kEdge };
/// `pixels` N x S x S x C, moved and mirrored; what comes in from outside is 0, or as its nearest pixel at the edge.
at::Tensor moved(const at::Tensor& pixels, std::span<const Augmentation> changes,
                 Outside outside = Outside::kTransparent);
/// `colours` N x 3 x S x S in [0, 1], straight; `alpha` N x 1 x S x S weighs the mean that contrast turns about.
at::Tensor recoloured(const at::Tensor& colours, const at::Tensor& alpha, std::span<const Augmentation> changes);

/// N pictures of 1..4 channels back to sprites, colours divided by alpha. With `crispAlpha` a pixel is opaque (alpha .5
/// and more) or empty.
std::vector<Sprite> toSprites(const at::Tensor& pictures, bool crispAlpha);

}  // namespace loom
