// Measures of how good made sprites are, taken beside a training by a layer above it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/training/model.h"

namespace loom {

/// What they are called among a run's metrics, in order (core/evaluate/training_measures.h says what they are).
const std::vector<std::string>& runMeasureNames();
bool isRunMeasure(std::string_view name);

class RunMeasures {
 public:
  RunMeasures() = default;
  virtual ~RunMeasures() = default;
  RunMeasures(const RunMeasures&) = delete;
  RunMeasures& operator=(const RunMeasures&) = delete;

  /// Of the model's sprites, in the order of runMeasureNames(). Called on the training thread; takes nothing of the
  /// training's random streams. NaN where there is nothing to measure by.
  virtual std::vector<float> take(const std::shared_ptr<const Model>& model) = 0;
};

}  // namespace loom
