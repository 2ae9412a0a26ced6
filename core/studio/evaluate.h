// How good a run is, measured against sprites that it has not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/evaluate/measure.h"
#include "core/project/project.h"
#include "core/studio/runs.h"

namespace loom {

struct EvaluateOptions {
  /// Sprites to measure by: a folder, an archive, what else importSources takes. Nothing: those of the project's
  /// characters that the run was not trained on.
  std::optional<std::string> against = {};
  int count = 500;         ///< sprites measured at most
  std::uint64_t seed = 0;  ///< of the characters made and of those chosen
  double truncation = 1;
  Weights weights = Weights::kNewest;
  int threads = 0;  ///< intra-op, 0: one a core; 1 where training may be under way
};

struct RunEvaluation {
  std::vector<Measure> measures = {};  ///< core/evaluate/evaluation.h says which
  std::int64_t sprites = 0;            ///< measured: so many made, held out and trained on
  std::int64_t characters = 0;         ///< that the held-out ones show
  std::int64_t training = 0;           ///< sprites among which copies were looked for
  std::int64_t seen = 0;               ///< of the held-out ones, those that are byte twins of training sprites
  std::int64_t step = 0;               ///< of the weights
  /// The made sprites that are nearest to training sprites, 24 at most, each beside its two nearest: made, nearest,
  /// second nearest, three times a row; the nearest of all first.
  Sprite nearest = {};
};

/// As many sprites are made as are measured by: a new character for each held-out one, seen from the same sides. All
/// are measured as the model sees them. A training set of more than 10,000 sprites is thinned out evenly. The same run,
/// sprites and seed give the same figures. Throws Error (no sprites to measure by, or the run's own are not in the
/// project), Cancelled.
RunEvaluation evaluateRun(const Project& project, const RunInfo& run, const EvaluateOptions& options,
                          JobMonitor& monitor);

}  // namespace loom
