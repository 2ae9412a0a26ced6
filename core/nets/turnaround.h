// A U-Net over the views of a character, side by side in its channels (Ronneberger 2015), with a bottleneck that mixes
// all places: what stands left in one view may stand anywhere in another.
//
// Each view comes as it is and mirrored: one side of a character is nearly the mirror image of the other, and the
// outline of its back that of its front. A convolution cannot mirror; given the image, it only has to copy.
//
// Pixels are first folded 2 x 2 into channels, so that nothing is computed at full size. With f features, maps are f
// wide at size / 2, then 2f, 3f, and 4f further down, to a side of 4 or an odd one.
//
// Beside pointing at colours a pixel may trust what stands at its own place in a seen view or in its mirror image.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include "core/nets/blocks.h"
#include "core/nets/network.h"

namespace loom {

class ViewUnet : public TurnaroundNetwork {
 public:
  /// Reads size (16 to 128 in steps of 8), features, and where they are not missing key_depth (24) and normalisation
  /// ("batch", or "group", which sees one character at a time). Throws Error for fewer than two views.
  ViewUnet(const Json& settings, int views);
  TurnaroundMaps forward(const at::Tensor& pictures, const at::Tensor& shown, at::Generator& random) override;
  PalettePointer& pointer() override { return *m_pointer; }

 private:
  at::Tensor mixed(const at::Tensor& x);
  /// N x V x maps x size x size.
  at::Tensor unfolded(torch::nn::Conv2d& head, const at::Tensor& x) const;

  std::int64_t m_views;
  torch::nn::ModuleList m_down{nullptr};  ///< from size / 2
  torch::nn::Linear m_gather{nullptr}, m_spread{nullptr};
  torch::nn::ModuleList m_up{nullptr};  ///< back to size / 2
  torch::nn::Conv2d m_query{nullptr}, m_feature{nullptr}, m_trust{nullptr};
  std::shared_ptr<PalettePointer> m_pointer;
};

/// The logits of the views `targets` (N x T) of characters of which `shown` (N x V or N x V x S x S) is shown: N x T x
/// S x S x K. `random` as for `forward`.
at::Tensor turnedLogits(TurnaroundNetwork& network, const IndexedCharacters& characters, const at::Tensor& shown,
                        const at::Tensor& targets, at::Generator& random);

}  // namespace loom
