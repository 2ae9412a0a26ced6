#include "ui/widgets/wardrobe.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QSignalBlocker>

namespace loom {

WardrobeChoices wardrobeChoices(const LpcLibrary& library, const LpcCharacter& character) {
  WardrobeChoices found;
  for (int i = 0; i < kLpcSlots; ++i) {
    found[static_cast<std::size_t>(i)] = choices(library, static_cast<LpcSlot>(i), character);
  }
  return found;
}

Wardrobe::Wardrobe(QWidget* parent) : QScrollArea(parent) {
  setObjectName("wardrobe");
  auto* form = new QWidget;
  auto* grid = new QGridLayout(form);
  for (int i = 0; i < kLpcSlots; ++i) {
    const auto slot = static_cast<LpcSlot>(i);
    QString title = QString::fromStdString(lpcSlotName(slot));
    title[0] = title[0].toUpper();
    auto* box = new QComboBox;
    box->setObjectName("composeSlot-" + QString::fromStdString(lpcSlotName(slot)));
    box->setAccessibleName(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
    box->setMaxVisibleItems(24);
    box->setFocusPolicy(Qt::StrongFocus);
    auto* list = new QListView;
    list->setUniformItemSizes(true);  // some slots have a thousand parts
    box->setView(list);
    auto* label = new QLabel(title);
    label->setBuddy(box);
    grid->addWidget(label, i, 0);
    grid->addWidget(box, i, 1);
    m_boxes[static_cast<std::size_t>(i)] = box;
    connect(box, &QComboBox::activated, this, [this, slot, box] { Q_EMIT chosen(slot, box->currentData().toInt()); });
  }
  grid->setColumnStretch(1, 1);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumWidth(320);
  setWidget(form);
}

void Wardrobe::setCharacter(const LpcLibrary& library, const LpcCharacter& character, const WardrobeChoices& choices) {
  for (int i = 0; i < kLpcSlots; ++i) {
    const auto slot = static_cast<std::size_t>(i);
    QComboBox* box = m_boxes[slot];
    const QSignalBlocker quiet(box);
    if (box->count() == 0 || m_shown[slot] != choices[slot]) {
      box->clear();
      if (static_cast<LpcSlot>(i) != LpcSlot::kBody) box->addItem(tr("–"), LpcCharacter::kNothing);
      for (const int part : choices[slot]) {
        box->addItem(QString::fromStdString(library.parts()[static_cast<std::size_t>(part)].name()), part);
      }
    }
    box->setCurrentIndex(box->findData(character.at(static_cast<LpcSlot>(i))));
    box->setEnabled(box->count() > 1);
  }
  m_shown = choices;
}

}  // namespace loom
