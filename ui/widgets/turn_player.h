// Lets a character turn: a button that starts and stops, and how fast.
#pragma once

#include <QTimer>
#include <QWidget>

class QSpinBox;
class QToolButton;

namespace loom {

/// Usable alone. The speed is remembered.
class TurnPlayer : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kSlowest = 1, kFastest = 30;  ///< views a second

  explicit TurnPlayer(QWidget* parent = nullptr);

  /// With fewer than two views there is nothing to turn: it stops.
  void setViews(int count);
  bool playing() const { return m_timer.isActive(); }
  void stop();
  void toggle();

 Q_SIGNALS:
  void turned();  ///< the next view is due

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  void setPlaying(bool playing);

  QToolButton* m_play = nullptr;
  QSpinBox* m_speed = nullptr;
  QTimer m_timer;
};

}  // namespace loom
