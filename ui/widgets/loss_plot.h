// The curves of a training run: raw values faint, their moving average over them, losses left, probabilities right.
// What is measured at some steps only has a mark where it was.
#pragma once

#include <QWidget>
#include <memory>
#include <string>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

class MetricCurve;

/// What a plot's axes show.
struct PlotTitles {
  QString across = QObject::tr("step");
  QString up = QObject::tr("loss");
  QString point = QObject::tr("Step %1");  ///< a place on the first
};

/// Wheel zooms, drag moves, double click (or the key 0) shows all again; pointing (or the left and right keys) tells
/// the values of a step; a click on a name of the legend hides its line. While all is shown, new points stay in sight.
/// Holds a million points: drawn with pens of width 1 and adaptive sampling.
class LossPlot : public QWidget {
  Q_OBJECT
 public:
  struct Curves;  ///< the lines of a whole run

  explicit LossPlot(QWidget* parent = nullptr);
  ~LossPlot() override;

  /// Makes a run's lines ready for setCurves(). Call it on a worker thread for a long run; `window` as smoothing()
  /// gives it.
  static std::shared_ptr<Curves> prepare(const MetricSeries& series, double window);
  /// The same for lines that are no measures of one run.
  static std::shared_ptr<Curves> prepare(std::vector<MetricCurve> list, const PlotTitles& titles, double window);
  /// Shows these lines (and takes them over) in place of what was shown.
  void setCurves(std::shared_ptr<Curves> curves);
  /// Empty lines with these names.
  void begin(const std::vector<std::string>& names);
  /// Adds points. Rows of steps that are there already replace all from there on.
  void append(const std::vector<MetricRow>& rows);
  /// Adds a point to one line alone; from that step on it is replaced.
  void appendTo(const std::string& name, std::int64_t step, double value);
  void clear();

  double smoothing() const;  ///< steps averaged over, 1 to 10,000
  void setSmoothing(double steps);
  bool isLogarithmic() const;
  void setLogarithmic(bool on);  ///< the axis of the losses
  void fit();                    ///< shows every step; outliers don't count

  std::vector<std::string> names() const;
  int pointCount(const std::string& name) const;
  bool isShown(const std::string& name) const;
  void setShown(const std::string& name, bool shown);
  std::int64_t lastStep() const;  ///< -1: there is none
  /// What pointing at the step nearest to `step` tells, a line a curve: "Critic loss 0.52 (0.61)".
  QString valuesAt(double step) const;
  /// Draws a line at a step, that of the picture another widget shows; negative: none.
  void mark(std::int64_t step);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
