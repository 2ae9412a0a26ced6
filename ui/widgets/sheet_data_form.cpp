#include "ui/widgets/sheet_data_form.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace loom {

SheetDataForm::SheetDataForm(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buildGroup(tr("Data files beside the picture"), false));
  layout->addWidget(buildGroup(tr("Its colours as a palette"), true));
}

QWidget* SheetDataForm::buildGroup(const QString& title, bool palettes) {
  constexpr int kColumns = 2;
  auto* group = new QWidget;
  auto* layout = new QGridLayout(group);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addWidget(new QLabel(title), 0, 0, 1, kColumns);
  int place = 0;
  for (const SheetDataKind& kind : sheetDataKinds()) {
    if (kind.palette != palettes) continue;
    auto* box = new QCheckBox(QString::fromUtf8(kind.title));
    box->setObjectName(QStringLiteral("data-") + QString::fromUtf8(kind.word));
    box->setToolTip(tr("%1. Written as NAME%2").arg(QString::fromUtf8(kind.help), QString::fromUtf8(kind.ending)));
    box->setChecked(kind.data == SheetData::kJsonHash);
    connect(box, &QCheckBox::toggled, this, &SheetDataForm::changed);
    layout->addWidget(box, 1 + place / kColumns, place % kColumns);
    m_boxes.emplace_back(kind.data, box);
    ++place;
  }
  return group;
}

std::vector<SheetData> SheetDataForm::data() const {
  std::vector<SheetData> data;
  for (const auto& [kind, box] : m_boxes) {
    if (box->isChecked()) data.push_back(kind);
  }
  return data;
}

}  // namespace loom
