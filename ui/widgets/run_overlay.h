// One measure of several runs as curves over each other, by step, by sprites seen, or by progress.
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>
#include <memory>
#include <string>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

class LossPlot;

class RunOverlay : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostRuns = 12;  ///< as many colours as can be told apart
  enum Across { kSteps, kSprites, kProgress };

  struct Entry {
    RunInfo info;
    QString title;  ///< "Run 3 · wide latent"
    QString detail;
    MetricSeries series;
  };

  explicit RunOverlay(QWidget* parent = nullptr);
  ~RunOverlay() override;

  /// The colour of the run in that place.
  static QColor colour(std::size_t place);
  /// The first kMostRuns are drawn. The measure chosen before stays where one of them has it.
  void setRuns(std::vector<Entry> entries);
  /// New rows of a run that trains.
  void append(int run, const std::vector<MetricRow>& rows);
  void clear();

  /// Those of all runs; what every run has comes first.
  std::vector<std::string> metrics() const;
  std::string metric() const;
  void setMetric(const std::string& name);
  Across across() const;
  void setAcross(Across across);
  LossPlot& plot();
  static std::string curveName(int run) { return "run." + std::to_string(run); }

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
