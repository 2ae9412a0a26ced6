// A feature space learnt from a project's own sprites, without labels.
#pragma once

#include <memory>

#include "core/evaluate/feature_space.h"

namespace loom {

struct OwnFeaturesOptions {
  int steps = 120;
  std::int64_t batch = 48;  ///< sprites, fewer where there are fewer
  std::uint64_t seed = 1;
};

/// Learns to tell every sprite from all others, however it is moved and recoloured (SimCLR, Chen 2020, with the loss of
/// van den Oord 2018): two versions of a sprite should be alike, those of different sprites should not. The versions
/// are what pixel art bears: shifts by whole pixels and a little more or less light and colour, so that colours still
/// count; no mirroring, which makes another view. Chosen over a denoising autoencoder because nothing is spent on
/// drawing, and because small details that tell characters apart weigh as much as large areas. The features are what
/// the last convolution sees, averaged over the picture (before the head that the loss is taken from, as in SimCLR),
/// 128 in all. Bounded by steps, not by time: the same sprites, seed and thread count give the same features.
class OwnFeatures final : public FeatureSpace {
 public:
  /// `sprites` as spritePictures gives them, two at least. Throws Error, Cancelled.
  OwnFeatures(const at::Tensor& sprites, const OwnFeaturesOptions& options, JobMonitor& monitor);
  ~OwnFeatures() override;

 protected:
  at::Tensor embed(const at::Tensor& pictures) override;

 private:
  struct Network;
  std::shared_ptr<Network> m_network;
};

}  // namespace loom
