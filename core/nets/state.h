// Tensors and modules to raw bytes and back.
#pragma once

#include <torch/nn/module.h>

#include <string>

#include "core/base/tensor_file.h"

namespace loom {

/// Row-major bytes of `tensor`, whatever its device and memory format.
RawTensor toRaw(const at::Tensor& tensor);
/// A tensor of its own memory on the CPU. Throws Error when type, shape and bytes do not fit each other.
at::Tensor toTensor(const RawTensor& raw);

/// Every parameter and buffer as PREFIX + name ("generator." + "blocks.0.convolution.weight").
void saveModule(TensorFile& file, const std::string& prefix, const torch::nn::Module& module);
/// The other way; keeps the module's device and memory format. Throws Error when one is missing or has another shape.
void loadModule(const TensorFile& file, const std::string& prefix, torch::nn::Module& module);
/// Takes over what fits by name: equal shapes, and where only colour channels came in (RGB -> RGBA) the part there is;
/// the new channel keeps its first weights. Pictures with alpha hold colours multiplied by it, alpha last, so that
/// colours learned over black are right as they are, and those over another ground only have to fall to 0 around the
/// sprite. Returns how many tensors were taken over.
int loadModuleWhereItFits(const TensorFile& file, const std::string& prefix, torch::nn::Module& module);

/// Copies parameters and buffers of `source` into `target`, a network of the same build.
void copyModule(const torch::nn::Module& source, torch::nn::Module& target);
/// False when some parameter or buffer holds NaN or infinity.
bool allFinite(const torch::nn::Module& module);

}  // namespace loom
