// One measure of a run as two lines: the values as they were, and their debiased moving average.
#pragma once

#include <QColor>
#include <QString>
#include <string>
#include <vector>

#include "ui/widgets/plot_library.h"

namespace loom {

/// How a measure is shown to people.
struct MetricStyle {
  QString title;             ///< "Critic loss"
  QString help;              ///< what it says, in a sentence
  QColor colour;             ///< for a dark ground; use onGround() for another
  bool probability = false;  ///< 0..1, drawn against the right axis
  bool shownAtFirst = true;
};

/// The style of a measure by its name ("loss_critic"); an unknown one gets a readable title and colour number `index`.
MetricStyle metricStyle(const std::string& name, int index);
/// `colour` with enough contrast to a ground of that lightness.
QColor onGround(const QColor& colour, const QColor& ground);

class MetricCurve {
 public:
  using Data = QSharedPointer<QCPGraphDataContainer>;

  MetricCurve(std::string name, int index);

  const std::string& name() const { return m_name; }
  const MetricStyle& style() const { return m_style; }
  const Data& raw() const { return m_raw; }
  const Data& smooth() const { return m_smooth; }

  /// Steps ascend; a value that is no finite number is left out.
  void append(double step, double value);
  /// Forgets all from `step` on: a run that was continued from an earlier checkpoint writes them anew.
  void dropFrom(double step);
  /// Averages over about `window` steps (1: not at all), weight 1 - 1/window, divided by 1 - weight^n so that the start
  /// is no nearer to zero than it was (the bias correction of Kingma and Ba 2015).
  void setWindow(double window);

 private:
  double nextAverage(double value);
  void smoothAll();
  std::string m_name;
  MetricStyle m_style;
  Data m_raw;
  Data m_smooth;
  double m_weight = 0;
  double m_sum = 0;         // of the moving average, before the correction
  double m_correction = 1;  // weight^n
};

/// The range that shows what matters of all `values`: outliers beyond three interquartile ranges are left out, but
/// never more than three in a hundred at either end. Sorts `values`; {0, 1} when there are none.
QCPRange robustRange(std::vector<double>& values);

}  // namespace loom
