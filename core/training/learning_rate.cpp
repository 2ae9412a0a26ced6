#include "core/training/learning_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr double kLeast = .01;  // what a linear or cosine fall ends at

double scheduled(const Json& settings, std::int64_t step, double epochs) {
  const std::string schedule = settings.value("schedule", "constant");
  if (schedule == "exponential") return std::pow(settings.value("lr_decay", 1.0), std::floor(epochs));
  const double steps = settings.value("schedule_steps", 0.0);
  const double length = steps > 0 ? steps : settings.value("schedule_epochs", 1.0);
  const double done = std::min(1.0, (steps > 0 ? static_cast<double>(step) : epochs) / length);
  if (schedule == "linear") return 1 - (1 - kLeast) * done;
  if (schedule == "cosine") return kLeast + (1 - kLeast) * (1 + std::cos(std::numbers::pi * done)) / 2;
  return 1;
}

}  // namespace

double rateFactor(const Json& settings, std::int64_t step, double epochs) {
  const double warmup = settings.value("warmup", 0.0);
  const double warm = warmup > 0 ? std::min(1.0, static_cast<double>(step + 1) / warmup) : 1;
  return warm * scheduled(settings, step, epochs);
}

}  // namespace loom
