// A run's model as one file that travels: weights as safetensors, with what they are in the header.
#pragma once

#include <filesystem>

#include "core/project/project.h"
#include "core/studio/runs.h"

namespace loom {

/// How exactly a file holds its weights.
enum class Precision {
  kSingle,  ///< as they were trained
  kHalf     ///< in half the space (core/nets/half_weights.h)
};

/// Writes generator, encoder and critic (what another run can start from), but no optimiser. The header's metadata say
/// preset, network, settings, views, step, and who must be named. Throws Error when the run has no checkpoint yet.
void exportModel(const Project& project, const RunInfo& run, Weights which, const std::filesystem::path& file,
                 Precision precision = Precision::kSingle);

/// Makes a finished run of such a file (or of a checkpoint of another project). Its weights are taken through the
/// networks of this program, so that nothing else the file may hold comes along. Throws Error for a file of another
/// program, one that is damaged, or one whose weights do not fit its own recipe; no run is made then.
RunInfo importModel(const Project& project, const std::filesystem::path& file);

}  // namespace loom
