// One ramp of a character: its colours as a strip, a slider for its hue, a menu of ramps to exchange hues with.
#pragma once

#include <QWidget>
#include <vector>

#include "core/image/ramps.h"

class QMenu;
class QSlider;

namespace loom {

class RampRow : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostHue = 180;  ///< degrees to either side

  /// `number` counts from 1.
  explicit RampRow(int number, QWidget* parent = nullptr);

  /// The ramp's colours as they are shown, dark to light.
  void setColours(const Ramp& colours);
  const Ramp& colours() const { return m_colours; }
  /// The colours of all ramps, by number; this one's own place is left out of the menu.
  void setOthers(const std::vector<Ramp>& ramps);
  /// Degrees; does not emit hueChanged().
  void setHue(int degrees);

 Q_SIGNALS:
  void hueChanged(int degrees);  ///< by the user
  void dragChanged(bool held);
  void exchangeRequested(int number);  ///< with that ramp

 private:
  class Strip;
  int m_number;
  Ramp m_colours;
  Strip* m_strip = nullptr;
  QSlider* m_hue = nullptr;
  QMenu* m_menu = nullptr;
};

}  // namespace loom
