// Weights in half the space, for files that travel.
#pragma once

#include "core/base/tensor_file.h"

namespace loom {

/// Stores every float32 matrix and kernel of `file` as float16, to 11 significant bits (IEEE 754 binary16). Vectors
/// stay as they are: biases and what normalisation has counted are few, and everything is scaled by them. So does a
/// tensor with a number that float16 cannot hold. Networks load either (core/nets/state.h) and compute in float32.
void halve(TensorFile& file);

}  // namespace loom
