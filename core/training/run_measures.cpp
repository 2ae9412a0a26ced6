#include "core/training/run_measures.h"

#include <algorithm>

namespace loom {

const std::vector<std::string>& runMeasureNames() {
  static const std::vector<std::string> kNames = {"kid", "swd", "coverage", "copies"};
  return kNames;
}

bool isRunMeasure(std::string_view name) {
  return std::ranges::find(runMeasureNames(), name) != runMeasureNames().end();
}

}  // namespace loom
