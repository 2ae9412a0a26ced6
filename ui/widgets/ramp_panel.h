// The colours of a character as ramps, each with a slider for its hue and a menu to take the hues of another.
#pragma once

#include <QWidget>
#include <vector>

#include "core/image/ramps.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace loom {

class RampRow;

class RampPanel : public QWidget {
  Q_OBJECT
 public:
  explicit RampPanel(QWidget* parent = nullptr);

  /// The character as it was drawn, before any edit: its ramps are shown as the edits leave them.
  void setCharacter(const std::vector<Sprite>& sprites);
  /// What the sliders show; does not emit edited().
  void setEdits(const std::vector<RampEdit>& edits);
  const std::vector<RampEdit>& edits() const { return m_edits; }

 Q_SIGNALS:
  void edited(const std::vector<loom::RampEdit>& edits);  ///< by the user
  void dragChanged(bool held);

 private:
  void rebuild();
  void showEdits();
  RampEdit editOf(std::size_t ramp) const;
  void change(std::size_t ramp, RampEdit edit);
  void swap(std::size_t one, std::size_t other);
  void put(RampEdit edit);

  std::vector<Ramp> m_ramps;
  std::vector<RampEdit> m_edits;
  std::vector<RampRow*> m_rows;
  QVBoxLayout* m_list = nullptr;
  QLabel* m_empty = nullptr;
  QPushButton* m_reset = nullptr;
};

}  // namespace loom
