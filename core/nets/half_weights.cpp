#include "core/nets/half_weights.h"

#include <torch/torch.h>

#include "core/nets/state.h"

namespace loom {

void halve(TensorFile& file) {
  for (auto& [name, raw] : file.tensors) {
    if (raw.type != "F32" || raw.shape.size() < 2) continue;
    const at::Tensor half = toTensor(raw).to(at::kHalf);
    if (half.isfinite().all().item<bool>()) raw = toRaw(half);
  }
}

}  // namespace loom
