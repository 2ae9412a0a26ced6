// The best objective so far of a search, over its results or over training time.
#pragma once

#include <QWidget>

#include "core/studio/studio.h"

class QCPGraph;
class QComboBox;
class QCustomPlot;

namespace loom {

/// A staircase that only goes down; the dots are the results themselves.
class BestCurve : public QWidget {
  Q_OBJECT
 public:
  explicit BestCurve(QWidget* parent = nullptr);

  void setSearch(const Search& search);
  int stairCount() const;  ///< corners shown; for accessibility and tests
  int dotCount() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void redraw();
  void paintLikeTheWindow();
  Search m_search;
  QCustomPlot* m_plot = nullptr;
  QCPGraph* m_dots = nullptr;
  QCPGraph* m_stairs = nullptr;
  QComboBox* m_over = nullptr;
};

}  // namespace loom
