#include "core/nets/palette_mixture.h"

#include <torch/torch.h>

namespace loom {

at::Tensor asRows(const at::Tensor& pictures) {
  const std::int64_t half = pictures.size(3) / 2;
  // N V C (s 2) (s 2) -> N s s 2 2 V C
  return pictures.unflatten(4, {half, 2}).unflatten(3, {half, 2}).permute({0, 3, 5, 4, 6, 1, 2}).flatten(0, 5);
}

at::Tensor asPictures(const at::Tensor& rows, std::int64_t views, std::int64_t side) {
  const std::int64_t half = side / 2;
  return rows.view({-1, half, half, 2, 2, views, rows.size(1)})
      .permute({0, 5, 6, 1, 3, 2, 4})
      .flatten(5, 6)
      .flatten(3, 4);
}

at::Tensor mixtureLoss(const PaletteMixture& mixture, const at::Tensor& pictures, const at::Tensor& present,
                       double width) {
  const std::int64_t count = pictures.size(0);
  const at::Tensor wanted = asRows(pictures);
  const at::Tensor logp = mixture.logits.to(at::kFloat).log_softmax(1);
  const at::Tensor figure = wanted.select(1, 3).gt(0);
  const at::Tensor opaque = figure.nonzero().squeeze(1);
  const at::Tensor owner = opaque.floor_divide(wanted.size(0) / count);
  const at::Tensor colours = wanted.index_select(0, opaque);
  const at::Tensor palettes = mixture.palette.index_select(0, owner);  // figure pixels x K x 4
  const at::Tensor apart = (palettes - colours.unsqueeze(1)).abs().sum(2);
  const at::Tensor seen = at::logsumexp(logp.index_select(0, opaque) - apart / width, 1);
  const at::Tensor none = logp.select(1, 0).masked_fill(figure, 0).view({count, -1, pictures.size(1)});
  const at::Tensor empty = (none.sum(1) * present).sum(1);
  return -(empty + at::zeros_like(empty).index_add(0, owner, seen));
}

at::Tensor likeliest(const PaletteMixture& mixture, std::int64_t views, std::int64_t side) {
  const std::int64_t count = mixture.palette.size(0);
  const at::Tensor chosen = mixture.logits.argmax(1).view({count, -1, 1}).expand({-1, -1, 4});
  return asPictures(mixture.palette.gather(1, chosen).flatten(0, 1), views, side);
}

}  // namespace loom
