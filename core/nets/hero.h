// Whole characters from one latent: one palette, and all views drawn with it together, so that they are one person by
// construction and a recolouring is a change of the palette.
//
// With f features and sprites of S pixels, maps are f wide at S/2 (views and pixels are folded 2 x 2 into channels), 2f
// at S/4, 3f at S/8, 4f at S/16.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>

#include "core/nets/blocks.h"
#include "core/nets/network.h"
#include "core/nets/palette_mixture.h"

namespace loom {

/// All views of N characters to the mean and the log variance of their latents.
class HeroEncoder : public torch::nn::Module {
 public:
  /// Reads size (a multiple of 16), features and latent.
  HeroEncoder(const Json& settings, int views);
  /// `pictures` N x V x 4 x S x S in [-1, 1]; `present` N x V: 1 for a view that is there, else 0.
  Code forward(const at::Tensor& pictures, const at::Tensor& present, at::Generator& random);

 private:
  torch::nn::ModuleList m_stages{nullptr};
  torch::nn::Linear m_mean{nullptr}, m_logVariance{nullptr};
};

/// Latents to characters.
class HeroDecoder : public GeneratorNetwork {
 public:
  /// Reads what HeroEncoder reads, and colours (2 to 256, the transparent one among them).
  HeroDecoder(const Json& settings, int views);

  /// All views of a character a row of `latent`: N x latent, or N x 2 latent where the first half decides what is drawn
  /// and the second the colours.
  PaletteMixture mixture(const at::Tensor& latent, at::Generator& random);
  /// One view a row, in the likeliest colours. Latents that follow each other alike are drawn once for all their views.
  at::Tensor forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) override;

 private:
  at::Tensor paletteOf(const at::Tensor& latent);

  std::int64_t m_views, m_side, m_latent, m_colours, m_width;
  torch::nn::Linear m_start{nullptr}, m_spread{nullptr};
  torch::nn::ModuleList m_stages{nullptr};
  torch::nn::Conv2d m_choice{nullptr};
  torch::nn::Linear m_tone{nullptr}, m_mix{nullptr}, m_palette{nullptr};
};

}  // namespace loom
