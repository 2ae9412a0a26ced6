// How learning rates change over a run.
#pragma once

#include "core/base/settings.h"

namespace loom {

/// What the settings' learning rates are multiplied with in the step after `step` steps and `epochs` epochs. It depends
/// on nothing else, so that a continued run goes on exactly.
double rateFactor(const Json& settings, std::int64_t step, double epochs);

}  // namespace loom
