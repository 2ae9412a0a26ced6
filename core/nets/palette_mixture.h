// Characters drawn as choices from a palette of their own: how likely each colour is at each pixel of each view.
//
// The rows of a mixture are all pixels of all views, S x S a view, folded 2 x 2: character, row and column of the
// folded map, row and column in the fold, view. So the colours of a pixel lie side by side in memory as a channels-last
// network gives them, and nothing has to be moved.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace loom {

/// N characters with V views. Palettes are colours on [-1, 1], opaque but for the first, which is transparent.
struct PaletteMixture {
  at::Tensor logits;   ///< (N * S/2 * S/2 * 2 * 2 * V) x K
  at::Tensor palette;  ///< N x K x 4: red, green, blue, alpha, colours multiplied by alpha
};

/// Pictures N x V x C x S x S as the rows of a mixture: rows x C; and back.
at::Tensor asRows(const at::Tensor& pictures);
at::Tensor asPictures(const at::Tensor& rows, std::int64_t views, std::int64_t side);

/// How badly a mixture tells the pictures: for each of the N characters the sum over its pixels of -log p, in nats,
/// where p = sum over colours k of softmax(logits)_k exp(-|x - palette_k|_1 / width): a mixture of Laplace densities
/// about the colours, up to a constant. `pictures` N x V x 4 x S x S in [-1, 1]; a pixel of alpha 0 or less is
/// transparent. `present` N x V is 1 for a view that counts, else 0; a view that does not count is transparent.
///
/// Transparent pixels are compared with the transparent colour alone: all others are at least 2 away there, and exp(-2
/// / width) is nothing at the widths that training ends with.
at::Tensor mixtureLoss(const PaletteMixture& mixture, const at::Tensor& pictures, const at::Tensor& present,
                       double width);

/// The likeliest colour of each pixel: N x V x 4 x S x S.
at::Tensor likeliest(const PaletteMixture& mixture, std::int64_t views, std::int64_t side);

}  // namespace loom
