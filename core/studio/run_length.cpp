#include "core/studio/run_length.h"

#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/studio/training_session.h"
#include "core/training/preset.h"

namespace loom {
namespace {

constexpr std::int64_t kMostSteps = 1'000'000'000;

void checkCount(const std::optional<std::int64_t>& count, const std::string& what) {
  if (!count || (*count >= 1 && *count <= kMostSteps)) return;
  throw Error("a run cannot be " + std::to_string(*count) + " " + what + " long",
              "give a whole number from 1 to " + std::to_string(kMostSteps));
}

[[noreturn]] void nothingLeft(const RunInfo& run, const std::string& what) {
  throw Error("run " + std::to_string(run.number) + " " + what,
              "say how far it should go: a larger total of steps or epochs, or more minutes");
}

}  // namespace

void checkLength(const std::optional<std::int64_t>& steps, const std::optional<std::int64_t>& epochs,
                 const std::optional<double>& minutes) {
  if ((steps ? 1 : 0) + (epochs ? 1 : 0) + (minutes ? 1 : 0) > 1) {
    throw Error("a run has one length", "give only one of steps, epochs and minutes");
  }
  checkCount(steps, "steps");
  checkCount(epochs, "epochs");
  if (minutes && !(std::isfinite(*minutes) && *minutes > 0)) {
    throw Error("the minutes to train for must be more than 0", "for example 20");
  }
}

std::int64_t spritesAStep(const Json& settings) {
  return settings.at("batch").get<std::int64_t>() * settings.value("accumulate", std::int64_t{1}) *
         settings.value("critic_steps", std::int64_t{1});
}

std::int64_t stepsForEpochs(std::int64_t epochs, std::int64_t sprites, const Json& settings) {
  const std::int64_t perStep = spritesAStep(settings);
  return (epochs * sprites + perStep - 1) / perStep;
}

std::int64_t usualSteps(const Preset& preset, std::int64_t sprites, const Json& settings) {
  return preset.steps > 0 ? preset.steps : stepsForEpochs(preset.epochs, sprites, settings);
}

StretchLimit lengthOf(const TrainingRequest& request, const Preset& preset, std::int64_t sprites,
                      const Json& settings) {
  if (request.minutes) return {.steps = 0, .minutes = request.minutes};
  if (request.steps) return {.steps = *request.steps, .minutes = {}};
  if (request.epochs) return {.steps = stepsForEpochs(*request.epochs, sprites, settings), .minutes = {}};
  return {.steps = usualSteps(preset, sprites, settings), .minutes = {}};
}

StretchLimit lengthOf(const ResumeRequest& request, const RunInfo& run, std::int64_t sprites, const Json& recipe) {
  if (request.minutes) return {.steps = 0, .minutes = request.minutes};
  std::int64_t steps = request.steps.value_or(run.targetSteps);
  if (request.epochs) steps = stepsForEpochs(*request.epochs, sprites, run.settings);
  if (steps > 0) {
    if (steps <= run.steps) nothingLeft(run, "is at step " + std::to_string(run.steps) + " already");
    return {.steps = steps, .minutes = {}};
  }
  const double minutes = recipe.value("request", Json::object()).value("minutes", 0.0) - run.seconds / 60;
  if (minutes * 60 < 1) nothingLeft(run, "has trained for as long as it was started for");
  return {.steps = 0, .minutes = minutes};
}

}  // namespace loom
