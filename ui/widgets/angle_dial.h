// Chooses the side a character is seen from: the model's views on a dial, each where the character then looks.
#pragma once

#include <QAbstractSlider>
#include <QString>
#include <string>
#include <vector>

namespace loom {

/// value() is the chosen view's index; valueChanged() tells. The views stand where core/studio/view_angles.h has them.
/// Arrow keys turn towards their side, the wheel, PageUp and PageDown turn step by step. Usable alone.
class AngleDial : public QAbstractSlider {
  Q_OBJECT
 public:
  explicit AngleDial(QWidget* parent = nullptr);

  /// The views by index. With one view or none there is nothing to turn: the dial says so and is disabled.
  void setViews(const std::vector<std::string>& views);
  const std::vector<std::string>& views() const { return m_views; }

  /// What the key would do with the dial in focus; false when it means nothing here.
  bool turnByKey(int key);

  /// The point of view `index`, in widget coordinates.
  QPointF pointOf(int index) const;

  QSize sizeHint() const override { return {196, 148}; }
  QSize minimumSizeHint() const override { return {160, 112}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void sliderChange(SliderChange change) override;

 private:
  QPointF centre() const;
  double radius() const;
  int nearest(double angle) const;  ///< index of the view nearest to an angle
  void turnTo(QPointF position);
  void turnTowards(double angle);
  void step(int steps);  ///< clockwise through the views
  void describe();

  std::vector<std::string> m_views;
  std::vector<double> m_angles;
  std::vector<int> m_clockwise;  ///< view indices by angle
  int m_wheel = 0;
};

}  // namespace loom
