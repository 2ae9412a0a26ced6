// One measure of a run as two lines: the values as they were, and their debiased moving average.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/models/metric_style.h"
#include "ui/widgets/plot_library.h"

namespace loom {

class MetricCurve {
 public:
  using Data = QSharedPointer<QCPGraphDataContainer>;

  MetricCurve(std::string name, int index);
  /// A curve over something else than steps, of which each step is `perStep`.
  MetricCurve(std::string name, MetricStyle style, double perStep = 1);

  const std::string& name() const { return m_name; }
  const MetricStyle& style() const { return m_style; }
  const Data& raw() const { return m_raw; }
  const Data& smooth() const { return m_smooth; }

  /// Steps ascend; a value that is no finite number was not taken, and is left out.
  void append(double step, double value);
  /// Taken so seldom that a line alone would not say where: each value is worth a mark.
  bool isSparse() const { return m_raw->size() == 1 || kSeldom * m_raw->size() <= m_offered; }
  std::int64_t lastStep() const;  ///< of a value that was taken; -1: none
  /// Forgets all from `step` on: a run that was continued from an earlier checkpoint writes them anew.
  void dropFrom(double step);
  /// Averages over about `window` steps (1: not at all), weight 1 - 1/window a step, also over the steps at which
  /// nothing was taken, divided by 1 - weight^n so that the start is no nearer to zero than it was (the bias correction
  /// of Kingma and Ba 2015).
  void setWindow(double window);

 private:
  static constexpr std::int64_t kSeldom = 4;
  double nextAverage(double key, double value);
  void smoothAll();
  std::string m_name;
  MetricStyle m_style;
  Data m_raw;
  Data m_smooth;
  double m_perStep = 1;
  std::int64_t m_offered = 0;  // values, taken or not
  double m_weight = 0;
  double m_sum = 0;         // of the moving average, before the correction
  double m_correction = 1;  // weight^n
  double m_last = 0;        // key of the last value averaged
};

/// The range that shows what matters of all `values`: outliers beyond three interquartile ranges are left out, but
/// never more than three in a hundred at either end. Sorts `values`; {0, 1} when there are none.
QCPRange robustRange(std::vector<double>& values);

}  // namespace loom
