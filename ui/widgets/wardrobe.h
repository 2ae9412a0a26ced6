// What a composed character wears, slot by slot, and what it might wear instead.
#pragma once

#include <QScrollArea>
#include <array>
#include <vector>

#include "core/studio/studio.h"

class QComboBox;

namespace loom {

/// What can be put into each slot now.
using WardrobeChoices = std::array<std::vector<int>, kLpcSlots>;
/// Takes some milliseconds for a large library.
WardrobeChoices wardrobeChoices(const LpcLibrary& library, const LpcCharacter& character);

class Wardrobe : public QScrollArea {
  Q_OBJECT
 public:
  explicit Wardrobe(QWidget* parent = nullptr);

  void setCharacter(const LpcLibrary& library, const LpcCharacter& character, const WardrobeChoices& choices);

 Q_SIGNALS:
  void chosen(loom::LpcSlot slot, int part);  ///< by hand; LpcCharacter::kNothing: to be taken off

 private:
  std::array<QComboBox*, kLpcSlots> m_boxes = {};
  WardrobeChoices m_shown;
};

}  // namespace loom
