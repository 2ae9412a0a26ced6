// How many times a recipe has changed its networks, as its checkpoints keep it.
#pragma once

#include <cstdint>

#include "core/base/tensor_file.h"

namespace loom {

/// Metadata "updates".
void saveUpdates(TensorFile& file, std::int64_t updates);
/// Throws Error when the file does not say.
std::int64_t loadUpdates(const TensorFile& file);

}  // namespace loom
