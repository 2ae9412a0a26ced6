// Rows of sprites that show what a report's figures say: made beside what it resembles, drawn beside true.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// As many examples beside each other as fit, at one whole zoom, on the checkerboard; copies in a red frame. Usable
/// alone; put it into a scroll area.
class ExampleGrid : public QWidget {
  Q_OBJECT
 public:
  explicit ExampleGrid(QWidget* parent = nullptr);

  void setExamples(const RunEvaluation& evaluation);
  int count() const { return static_cast<int>(m_examples.size()); }
  /// "made: 3.1 % from the nearest" of what lies there; empty beside all pictures.
  QString textAt(const QPoint& position) const;
  QRect exampleArea(int index) const;

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 protected:
  bool event(QEvent* event) override;  ///< tool tips
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Example {
    std::vector<QImage> pictures = {};
    QString caption = {};
    bool isCopy = false;
  };
  QSize cell() const;  ///< of one picture
  QSize exampleSize() const;
  int across(int width) const;
  void paintExample(QPainter& painter, const Example& example, const QRect& area) const;

  std::vector<Example> m_examples;
  std::vector<QString> m_columns;
};

}  // namespace loom
