#include "ui/widgets/network_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

namespace loom {
namespace {

enum Column { kLayer, kType, kShape, kParameters, kMultiplyAdds, kColumns };

QString count(std::int64_t number) {
  return QLocale().toString(static_cast<qlonglong>(number));
}

QTableWidgetItem* cell(const QString& text, bool number, bool bold) {
  auto* item = new QTableWidgetItem(text);
  item->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (bold) {
    QFont font = item->font();
    font.setBold(true);
    item->setFont(font);
  }
  return item;
}

void addRow(QTableWidget& table, const QStringList& texts, bool bold) {
  const int row = table.rowCount();
  table.insertRow(row);
  for (int column = 0; column < kColumns; ++column) {
    table.setItem(row, column, cell(texts[column], column >= kParameters, bold));
  }
}

}  // namespace

NetworkDialog::NetworkDialog(const std::string& preset, const Json& settings, int views, QWidget* parent)
    : QDialog(parent), m_table(new QTableWidget(0, kColumns, this)), m_total(new QLabel(tr("Building…"), this)) {
  setObjectName("networkDialog");
  setWindowTitle(tr("The networks of %1").arg(QString::fromStdString(preset)));
  m_table->setObjectName("networkTable");
  m_table->setAccessibleName(tr("Layers"));
  m_table->setHorizontalHeaderLabels(
      {tr("Layer"), tr("Type"), tr("Gives"), tr("Parameters"), tr("Multiply-adds a sprite")});
  m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->verticalHeader()->hide();
  m_table->horizontalHeader()->setStretchLastSection(true);
  m_total->setObjectName("networkTotal");
  m_total->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_table, 1);
  layout->addWidget(m_total);
  layout->addWidget(buttons);
  resize(760, 560);

  m_work.ask([this, preset, settings, views]() -> NewestWork::Show {
    try {
      return [this, summary = summarisePreset(preset, settings, views)] { fill(summary); };
    } catch (const std::exception& error) {
      return [this, text = QString::fromUtf8(error.what())] { m_total->setText(text); };
    }
  });
}

void NetworkDialog::fill(const ModelSummary& summary) {
  for (const PartSummary& part : summary.parts) addPart(part);
  m_table->resizeColumnsToContents();
  m_total->setText(tr("%1 parameters in all; one sprite drawn takes %2 multiply-adds.")
                       .arg(count(summary.parameters()), count(summary.drawing())));
}

void NetworkDialog::addPart(const PartSummary& part) {
  const std::string& name = part.name;
  const QString title = name == "generator"    ? tr("Generator")
                        : name == "critic"     ? tr("Critic")
                        : name == "turnaround" ? tr("Turnaround")
                                               : tr("Encoder");
  addRow(*m_table, {title, {}, {}, count(part.network.parameters), count(part.network.multiplyAdds)}, true);
  for (const LayerSummary& layer : part.network.layers) {
    addRow(*m_table,
           {"   " + QString::fromStdString(layer.name), QString::fromStdString(layer.type),
            QString::fromStdString(shapeText(layer)), count(layer.parameters), count(layer.multiplyAdds)},
           false);
  }
}

}  // namespace loom
