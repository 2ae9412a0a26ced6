// The figures of a report as a table, each with a verdict in plain words.
#pragma once

#include <QTableWidget>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

class MeasureTable : public QTableWidget {
  Q_OBJECT
 public:
  enum Column { kMeasure, kValue, kFloor, kBaseline, kBetter, kVerdict, kColumns };

  explicit MeasureTable(QWidget* parent = nullptr);
  void setMeasures(const std::vector<Measure>& measures);
};

}  // namespace loom
