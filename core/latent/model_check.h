// Weights from outside, taken through the networks that they are for.
#pragma once

#include <filesystem>

#include "core/training/model.h"

namespace loom {

/// What makes a model, and lets another run start from it: generator, encoder, prior and critic, or the
/// turnaround, with all metadata.
/// Optimisers and the rest of a checkpoint are not read. Throws Error.
TensorFile loadModelParts(const std::filesystem::path& file);

/// Exactly the tensors that the networks of `model` (its weights are not looked at) have, filled from `file`. Throws
/// Error, naming `source`, when one is missing, has another shape, or holds something that is no number.
TensorFile checkedWeights(const Model& model, const TensorFile& file, const std::filesystem::path& source);

}  // namespace loom
