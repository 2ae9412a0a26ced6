// Trials as lines over parallel axes: ranges are marked on the axes by dragging, a line is lit by pointing at it.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <set>

#include "ui/models/parallel_data.h"

namespace loom {

/// Lines are coloured by their shade, the best one is drawn thick. Drag along an axis: only lines through the marked
/// stretches of all axes stay lit. A click on an axis takes its mark away, Escape all marks. The up and down keys go
/// through the lines that are lit, from the best to the worst.
class ParallelPlot : public QWidget {
  Q_OBJECT
 public:
  explicit ParallelPlot(QWidget* parent = nullptr);
  ~ParallelPlot() override;

  /// Marks stay where the axes are the same.
  void setData(ParallelData data);
  void setSelected(int id);  ///< without chosen(); 0: none
  void setLit(int id);       ///< as if pointed at, without lit(); 0: none

  int selected() const;
  int lit() const;
  /// The lines through all marks; nothing while there is no mark.
  std::optional<std::set<int>> marked() const;
  void mark(int axis, double from, double to);  ///< 0 .. 1
  void clearMarks();

  /// Where axis and height (0 .. 1) lie in the widget.
  QPointF pointAt(int axis, double height) const;

  QSize sizeHint() const override { return {640, 300}; }
  QSize minimumSizeHint() const override { return {320, 170}; }

 Q_SIGNALS:
  void pointed(int id);  ///< by the mouse; 0: at none
  void chosen(int id);   ///< by click or key; 0: none
  void marksChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
