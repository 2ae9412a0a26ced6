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
  double truncation = 1;   ///< without meaning for a turnaround
  Weights weights = Weights::kNewest;
  int threads = 0;  ///< intra-op, 0: one a core; 1 where training may be under way
};

/// A row of pictures that shows what the figures say.
struct EvaluationExample {
  std::vector<Sprite> sprites = {};  ///< one for each of RunEvaluation::columns, all of one size
  std::string caption = {};
  bool isCopy = false;  ///< of a training sprite, by what an eye passes over
};

struct RunEvaluation {
  /// core/evaluate/evaluation.h says which, of a turnaround core/evaluate/turnaround_evaluation.h.
  std::vector<Measure> measures = {};
  std::int64_t sprites = 0;     ///< measured: so many are held out and, of a generator, made
  std::int64_t characters = 0;  ///< that the held-out ones show
  std::int64_t training = 0;    ///< sprites among which copies, or characters alike, were looked for
  std::int64_t seen = 0;        ///< of the held-out ones, those that are byte twins of training sprites
  std::int64_t step = 0;        ///< of the weights
  std::vector<std::string> columns = {};
  /// Of a generator the made sprites that are nearest to training sprites, 96 at most, the nearest of all first, each
  /// with its nearest and its second nearest. Of a turnaround single views: seen, drawn, true, and where they differ.
  std::vector<EvaluationExample> examples = {};
};

/// A generator makes as many sprites as are measured by, a new character for each held-out one, seen from the same
/// sides; all are measured as the model sees them. A turnaround draws every view of each held-out character from the
/// others. Of a training set of more than 10,000 sprites some characters alone are looked at. The same run, sprites and
/// seed give the same figures. Of starter weights (core/studio/starter_weights.h) the project's sprites stand where the
/// training sprites do, every second character where there are no others to measure by. Throws Error (no sprites to
/// measure by, or the run's own are not in the project), Cancelled.
RunEvaluation evaluateRun(const Project& project, const RunInfo& run, const EvaluateOptions& options,
                          JobMonitor& monitor);

/// The first 36 examples in one picture, three a row.
Sprite examplePicture(const RunEvaluation& evaluation);

}  // namespace loom
