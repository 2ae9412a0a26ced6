#include "ui/widgets/sheet_rows.h"

#include <QComboBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/models/sprite_commands.h"

namespace loom {
namespace {

const QString kRpgMaker = QStringLiteral("rpgmaker");

}  // namespace

SheetRows::SheetRows(QWidget* parent) : QGroupBox(tr("What the rows show"), parent) {
  setObjectName("sheetRows");
  m_order = new QComboBox;
  m_order->setObjectName("rowPreset");
  m_order->setAccessibleName(tr("A usual order of rows"));
  m_order->setToolTip(tr("Orders of rows that many sheets have"));
  m_order->addItem(tr("Names of your own"));
  m_order->addItem(tr("Front, left, right, back (RPG Maker XP)"), QStringList{"front", "left", "right", "back"});
  m_order->addItem(tr("Back, left, front, right (LPC)"), QStringList{"back", "left", "front", "right"});
  m_order->addItem(tr("Front, back, left, right"), QStringList{"front", "back", "left", "right"});
  m_order->addItem(tr("RPG Maker VX, MV, MZ: characters of 3 × 4 cells"), kRpgMaker);
  m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(m_order, &QComboBox::activated, this, &SheetRows::choose);

  m_table = new QTableWidget(0, 2);
  m_table->setObjectName("rowNames");
  m_table->setAccessibleName(tr("Names of the rows"));
  m_table->setToolTip(
      tr("A view, an animation, or both (\"walk left\").\nNames that come again begin the next "
         "character; without names each cell is a character."));
  m_table->setHorizontalHeaderLabels({tr("Row"), tr("Shows")});
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
  m_table->verticalHeader()->hide();
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
  connect(m_table, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (!m_filling && item->column() == 1) Q_EMIT named(item->data(Qt::UserRole).toInt(), item->text());
  });
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_order);
  layout->addWidget(m_table, 1);
}

void SheetRows::choose(int index) {
  const QVariant chosen = m_order->itemData(index);
  if (chosen.typeId() == QMetaType::QStringList)
    Q_EMIT wordsChosen(chosen.toStringList());
  else
    Q_EMIT presetChosen(chosen.toString());
}

void SheetRows::setPlan(const SheetPlan& plan) {
  m_filling = true;
  std::map<int, int> cells;
  for (const SheetCell& cell : plan.cells) ++cells[cell.row];
  m_table->setRowCount(static_cast<int>(cells.size()));
  int at = 0;
  QStringList names;
  for (const auto& [row, count] : cells) {
    const auto item = [this, at](int column) {
      // Kept where there is one: this may be called by its own change.
      if (m_table->item(at, column) == nullptr) m_table->setItem(at, column, new QTableWidgetItem);
      return m_table->item(at, column);
    };
    item(0)->setText(tr("%1  (%2)").arg(row + 1).arg(counted(count, tr("cell"), tr("cells"))));
    item(0)->setFlags(Qt::ItemIsEnabled);
    const auto name = plan.names.find(row);
    names.append(name == plan.names.end() ? QString() : name->second);
    item(1)->setData(Qt::UserRole, row);
    item(1)->setText(names.back());
    ++at;
  }
  // The table says nothing where a preset names the cells.
  m_table->setEnabled(plan.preset.isEmpty());
  int order = 0;
  for (int i = 1; i < m_order->count(); ++i) {
    const QVariant data = m_order->itemData(i);
    if (data.typeId() == QMetaType::QString) {
      if (data.toString() == plan.preset) order = i;
      continue;
    }
    const QStringList words = data.toStringList();
    bool same = plan.preset.isEmpty() && !names.isEmpty();
    for (qsizetype row = 0; row < names.size() && same; ++row) same = names[row] == words[row % words.size()];
    if (same && names.size() >= words.size()) order = i;
  }
  m_order->setCurrentIndex(order);
  m_filling = false;
}

}  // namespace loom
