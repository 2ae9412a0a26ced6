// The files of a run's checkpoints: their names, which are kept, and what their metadata say.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/tensor_file.h"
#include "core/training/model.h"

namespace loom {

/// RUN/checkpoints/step-00000050.safetensors
std::filesystem::path checkpointFile(const std::filesystem::path& runFolder, std::int64_t step);

/// Puts what a model is (not its weights) into `metadata`, and reads it back. The latter throws Error when it is no
/// model.
void describeModel(const Model& model, std::map<std::string, std::string>& metadata);
Model modelFrom(const std::map<std::string, std::string>& metadata, const std::filesystem::path& file);

/// Which of `steps` (ascending) to delete so that `keep` stay: the newest always, then ages about doubling back to the
/// oldest.
std::vector<std::int64_t> stepsToDrop(std::vector<std::int64_t> steps, int keep);
/// Deletes those files.
void thinCheckpoints(const std::filesystem::path& runFolder, int keep, std::int64_t justWritten);

}  // namespace loom
