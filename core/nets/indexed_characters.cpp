#include "core/nets/indexed_characters.h"

#include <torch/torch.h>

namespace loom {

at::Tensor painted(const at::Tensor& indices, const at::Tensor& palettes) {
  const at::Tensor flat = indices.flatten(1).unsqueeze(-1).expand({-1, -1, palettes.size(2)});
  const at::Tensor colours = palettes.gather(1, flat);
  return colours.view({indices.size(0), indices.size(1), indices.size(2), indices.size(3), palettes.size(2)})
      .permute({0, 1, 4, 2, 3});
}

at::Tensor timesWorn(const at::Tensor& indices, const at::Tensor& weights, std::int64_t colours) {
  const at::Tensor each = weights.to(at::kFloat).unsqueeze(-1).expand({-1, -1, indices.size(2) * indices.size(3)});
  return at::zeros({indices.size(0), colours}, each.options()).scatter_add(1, indices.flatten(1), each.flatten(1));
}

}  // namespace loom
