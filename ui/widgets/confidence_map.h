// How sure a model is of each pixel, in colours: from yellow, where it guesses, to blue, where it knows.
#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>
#include <vector>

namespace loom {

/// `confidence` 0..1. Runs through cividis (Nuñez, Anderton and Renslow 2018), whose brightness and hue tell the same
/// to people who see no red or no green.
QColor confidenceColour(float confidence);

/// A picture to lay over the sprite of that size: rows top to bottom, half transparent.
QImage confidenceMap(const std::vector<float>& confidence, const QSize& size);

/// The scale of the colours, with figures.
class ConfidenceLegend : public QWidget {
  Q_OBJECT
 public:
  explicit ConfidenceLegend(QWidget* parent = nullptr);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace loom
