// Tells the values of the step that is pointed at, in a box beside a line through the plot.
#pragma once

#include <QLabel>
#include <functional>
#include <optional>
#include <vector>

#include "ui/widgets/metric_curve.h"

namespace loom {

class CurveReadout {
 public:
  /// `shown` gives the curves whose values are told. The plot owns what is drawn, and must live as long as this.
  CurveReadout(QCustomPlot* plot, std::function<std::vector<const MetricCurve*>()> shown);

  /// What stands above the values: "Step %1".
  void setTitle(const QString& title) { m_title = title; }
  /// Points at the measured step nearest to `step`; nothing hides the box.
  void pointAt(std::optional<double> step);
  std::optional<double> step() const { return m_step; }
  /// A second line, for the step that another widget shows; nothing hides it.
  void mark(std::optional<double> step);
  /// One line a curve: "Critic loss 0.52 (0.61)", the average and the value itself.
  QString text(double step) const;
  void takeColours(const QPalette& palette);

 private:
  /// Where its value was taken, when that is not about `step`.
  QString otherPlace(const MetricCurve& curve, double step) const;
  QString table(double step) const;
  void place(QCPItemStraightLine& line, std::optional<double> step) const;
  QCustomPlot* m_plot;
  std::function<std::vector<const MetricCurve*>()> m_shown;
  QCPItemStraightLine* m_line;
  QCPItemStraightLine* m_mark;
  QLabel* m_box;
  QColor m_ground;
  QString m_title;
  std::optional<double> m_step;
};

}  // namespace loom
