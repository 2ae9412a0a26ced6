// Play button, slider and text under pictures of a training: goes through them by hand or as a film.
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>

class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace loom {

/// Knows how many pictures there are and which one is shown, not what they are. Its parts are named "NAME.play",
/// "NAME.slider" and "NAME.step".
class StepBar : public QWidget {
  Q_OBJECT
 public:
  struct Words {
    QString name;
    QString slider;  ///< for screen readers
    QString sliderTip;
    QString play;        ///< what the button does, as tooltip and for screen readers
    QString widestText;  ///< that setPosition() will give
  };

  explicit StepBar(const Words& words, QWidget* parent = nullptr);

  /// While playing, the next picture is asked for only when this is true; always, without it.
  void setReady(std::function<bool()> ready) { m_ready = std::move(ready); }
  /// `index` is of the shown picture, -1 while there is none.
  void setPosition(int count, int index, const QString& text);
  bool atEnd() const { return m_count == 0 || m_index < 0 || m_index == m_count - 1; }

  bool playing() const { return m_frames.isActive(); }
  void setPlaying(bool on);  ///< from the shown picture on; from the first when the last is shown

  QHBoxLayout& row() { return *m_row; }  ///< for more at its right end

 Q_SIGNALS:
  void wanted(int index);

 private:
  void nextFrame();
  void updatePlay();

  QString m_playText;
  QSlider* m_slider;
  QToolButton* m_play;
  QLabel* m_text;
  QHBoxLayout* m_row;
  QTimer m_frames;
  std::function<bool()> m_ready;
  int m_count = 0;
  int m_index = -1;
};

}  // namespace loom
