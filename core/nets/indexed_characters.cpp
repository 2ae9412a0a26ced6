#include "core/nets/indexed_characters.h"

#include <torch/torch.h>

namespace loom {

at::Tensor painted(const at::Tensor& indices, const at::Tensor& palettes) {
  const at::Tensor flat = indices.flatten(1).unsqueeze(-1).expand({-1, -1, palettes.size(2)});
  const at::Tensor colours = palettes.gather(1, flat);
  return colours.view({indices.size(0), indices.size(1), indices.size(2), indices.size(3), palettes.size(2)})
      .permute({0, 1, 4, 2, 3});
}

at::Tensor shownPixels(const at::Tensor& shown, std::int64_t size) {
  const at::Tensor weights = shown.to(at::kFloat);
  return weights.dim() == 4 ? weights : weights.unsqueeze(-1).unsqueeze(-1).expand({-1, -1, size, size});
}

at::Tensor timesWorn(const at::Tensor& indices, const at::Tensor& shown, std::int64_t colours) {
  const at::Tensor each = shownPixels(shown, indices.size(3));
  return at::zeros({indices.size(0), colours}, each.options()).scatter_add(1, indices.flatten(1), each.flatten(1));
}

}  // namespace loom
