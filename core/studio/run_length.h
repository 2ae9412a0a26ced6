// How long a stretch of training goes on: from what the user asked for to steps and minutes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/settings.h"
#include "core/project/catalogue.h"

namespace loom {

struct TrainingRequest;
struct ResumeRequest;
struct Preset;

struct StretchLimit {
  std::int64_t steps = 0;         ///< the run's total; 0: no end by steps
  std::optional<double> minutes;  ///< of training time in this stretch
};

/// Throws Error when more than one length is given, or one that is none.
void checkLength(const std::optional<std::int64_t>& steps, const std::optional<std::int64_t>& epochs,
                 const std::optional<double>& minutes);

/// Sprites that one step trains on: batches times those of the critic's updates.
std::int64_t spritesAStep(const Json& settings);
/// Steps that show `sprites` sprites `epochs` times, the last batch counted as a whole one.
std::int64_t stepsForEpochs(std::int64_t epochs, std::int64_t sprites, const Json& settings);

/// How many steps a run of `preset` is started for when nothing is said.
std::int64_t usualSteps(const Preset& preset, std::int64_t sprites, const Json& settings);

/// How far a new run goes; as far as the preset says where nothing was said.
StretchLimit lengthOf(const TrainingRequest& request, const Preset& preset, std::int64_t sprites, const Json& settings);

/// How far a resumed run goes, which stands at run.steps. Throws Error when nothing is left to do.
StretchLimit lengthOf(const ResumeRequest& request, const RunInfo& run, std::int64_t sprites, const Json& recipe);

}  // namespace loom
