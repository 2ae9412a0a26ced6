// What the training benchmark compares, and our side of it: a process of its own that trains as many steps as it is
// asked to.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/training/trainer.h"

namespace loom {

struct TrainingCase {
  std::string name;
  std::string preset;
  Json changes;       ///< of the preset's settings
  double target = 0;  ///< how many times faster than eager PyTorch it should be
};
const std::vector<TrainingCase>& trainingCases();

/// {"preset", "settings" (complete), "threads", "precision"}: what both sides are told.
Json describe(const TrainingCase& chosen, int threads, const std::string& precision);
/// A run of that description over the sprites of the project, in `folder`.
TrainerInput inputOf(const Json& description, const std::filesystem::path& project,
                     const std::filesystem::path& folder);

/// Reads numbers of steps from the input, line by line, does them and answers each with a line of JSON: "seconds"
/// taken, "parameters" (trainable numbers), "peak" (MiB of memory), "faults" (of pages, in these steps).
int trainAsAsked(const Json& description, const std::filesystem::path& project);

}  // namespace loom
