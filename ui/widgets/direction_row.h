// One direction of a latent space: its name, a pin, a slider with its value, and what the character becomes along it.
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

#include "core/studio/studio.h"

class QDoubleSpinBox;
class QLineEdit;
class QSlider;
class QToolButton;

namespace loom {

/// A direction as the panel shows it.
struct DirectionItem {
  int key = 0;  ///< what the panel's signals call it; unique
  QString name;
  Latent vector;  ///< of length 1
  double effect = 0;
  bool pinned = false;
  bool kept = false;  ///< stands in the project, so that it can be removed from there
};

/// Arrow keys move by 0.05, Home and a double click reset, F2 renames, P pins, Del removes a kept one; the bare wheel
/// scrolls the list. A click on a picture moves there.
class DirectionRow : public QWidget {
  Q_OBJECT
 public:
  static constexpr float kLimit = 3;  ///< the slider runs from -kLimit to kLimit
  static constexpr int kStepsPerUnit = 100;

  explicit DirectionRow(QWidget* parent = nullptr);

  void setItem(const DirectionItem& item);
  const DirectionItem& item() const { return m_item; }
  /// Where the character stands, also beyond the slider; emits nothing.
  void setPosition(float position);
  float position() const { return m_position; }
  /// The picture at kStripPositions[place]; a null one empties the cell.
  void setPicture(int place, const QImage& picture);
  QImage picture(int place) const;
  /// A slider is held, or a name or value is being typed: the row must stay where it is.
  bool inHand() const;
  void focusSlider();
  bool hasFocusInside() const;

 Q_SIGNALS:
  void moved(int key, float position);  ///< by the user
  void dragChanged(bool held);
  void renamed(int key, const QString& name);
  void pinToggled(int key, bool pinned);
  void removeRequested(int key);
  void letGo();  ///< what was in hand is no longer

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  class Strip;
  void move(float position);
  void finishName();
  bool sliderKey(int key);
  void describe();

  DirectionItem m_item;
  float m_position = 0;
  QToolButton* m_pin = nullptr;
  QLineEdit* m_name = nullptr;
  QDoubleSpinBox* m_value = nullptr;
  QToolButton* m_reset = nullptr;
  Strip* m_strip = nullptr;
  QSlider* m_slider = nullptr;
};

}  // namespace loom
