// One latent value as a slider of its own: lock, track, number. Painted by itself, so that hundreds cost little.
#pragma once

#include <QAbstractSlider>
#include <QPointer>

class QLineEdit;

namespace loom {

/// Drag or click the track; a double click (or Del) resets; click the number or type to enter a value; L locks.
/// Arrow keys move by 0.05 (Ctrl: 0.01), PageUp and PageDown by 0.5; Ctrl+wheel too: the bare wheel scrolls the list.
class LatentRow : public QAbstractSlider {
  Q_OBJECT
 public:
  static constexpr float kLimit = 3;  ///< the track runs from -kLimit to kLimit
  static constexpr int kStepsPerUnit = 100;

  explicit LatentRow(QWidget* parent = nullptr);

  /// `rank` counts from 1, by effect; `dimension` is the latent's index.
  void setIdentity(int rank, int dimension);
  int dimension() const { return m_dimension; }

  /// The value, also one beyond the track (a random latent may be); does not emit edited().
  void setLatent(float value);
  float latent() const { return m_latent; }
  void setLocked(bool locked);
  bool locked() const { return m_locked; }
  bool editing() const { return !m_editor.isNull(); }  ///< a value is being typed

  QRect lockArea() const;
  QRect trackArea() const;  ///< its left end is -kLimit, its right end kLimit
  QRect numberArea() const;

  QSize sizeHint() const override { return {260, 26}; }
  QSize minimumSizeHint() const override { return {180, 26}; }

 Q_SIGNALS:
  void edited(int dimension, float value);  ///< by the user
  void lockToggled(int dimension, bool locked);
  void letGo();  ///< a drag or the typing of a value has ended

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void sliderChange(SliderChange change) override;

 private:
  void edit(float value);
  void openEditor(const QString& text);
  void closeEditor(bool take);
  double xOf(float value) const;
  float valueAt(double x) const;
  void paintLock(QPainter& painter) const;
  void paintTrack(QPainter& painter) const;
  void describe();

  QPointer<QLineEdit> m_editor;
  int m_rank = 1;
  int m_dimension = 0;
  int m_wheel = 0;
  float m_latent = 0;
  bool m_locked = false;
  bool m_applying = false;  ///< the slider's value is being set by us, not by an assistive tool
};

}  // namespace loom
