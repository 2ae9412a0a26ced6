// A search's trials as lines over parallel axes: one axis a searched setting, and the objective last.
#pragma once

#include <QString>
#include <utility>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

struct ParallelAxis {
  QString title;
  std::vector<std::pair<double, QString>> ticks;  ///< where (0 bottom .. 1 top) and what is written there
};

struct ParallelLine {
  int id = 0;              ///< the trial's number
  std::vector<double> at;  ///< 0 .. 1 on each axis; NaN where nothing is known
  double shade = 1;        ///< 0 for the best trial .. 1 for the worst, by rank; NaN without an objective
};

struct ParallelData {
  std::vector<ParallelAxis> axes;
  std::vector<ParallelLine> lines;
  int best = 0;  ///< the best line's id; 0: there is none
};

/// Logarithmic ranges have logarithmic axes, choices are spread evenly. The objective's axis has the lowest (best)
/// value at the bottom, and is logarithmic where its values span more than a power of ten.
ParallelData parallelData(const Search& search);

/// "held out loss" for "held_out_loss".
QString metricTitle(const std::string& metric);
/// A setting's value in few characters: "2e-04", "on", "64".
QString shortValue(const Json& value);

}  // namespace loom
