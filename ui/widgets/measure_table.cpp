#include "ui/widgets/measure_table.h"

#include <QHeaderView>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace loom {
namespace {

/// Three digits that count.
QString figure(double value) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  if (value != 0 && std::abs(value) < .0001) return QLocale::c().toString(value, 'e', 1);
  const int whole = value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
  return QLocale::c().toString(value, 'f', std::clamp(2 - whole, 0, 5));
}

QString betterText(Better better) {
  switch (better) {
    case Better::kLower:
      return MeasureTable::tr("lower");
    case Better::kHigher:
      return MeasureTable::tr("higher");
    case Better::kLikeFloor:
      break;
  }
  return MeasureTable::tr("like the floor");
}

QString baselinesTip(const Measure& measure) {
  if (measure.baselines.empty()) return MeasureTable::tr("The nearest training sprite of each held-out one");
  QStringList parts;
  for (const auto& [name, value] : measure.baselines) parts += QString::fromStdString(name) + " " + figure(value);
  return MeasureTable::tr("The best of %1").arg(parts.join(", "));
}

QTableWidgetItem* cell(const QString& text, const QString& tip, bool number = false) {
  auto* item = new QTableWidgetItem(text);
  item->setToolTip(tip);
  item->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  return item;
}

}  // namespace

MeasureTable::MeasureTable(QWidget* parent) : QTableWidget(0, kColumns, parent) {
  setAccessibleName(tr("Measures"));
  setHorizontalHeaderLabels({tr("Measure"), tr("Value"), tr("Floor"), tr("Baseline"), tr("Better"), tr("Verdict")});
  horizontalHeaderItem(kValue)->setToolTip(
      tr("Of the run, and half the width of the interval that holds it 95 times of 100"));
  horizontalHeaderItem(kFloor)->setToolTip(
      tr("What real sprites get in the place of the made ones; of missing views the best that the colours allow"));
  horizontalHeaderItem(kBaseline)->setToolTip(tr("What merely looking sprites up, or copying them, gets"));
  horizontalHeaderItem(kBetter)->setToolTip(tr("Which way is better"));
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setTabKeyNavigation(false);
  setShowGrid(false);
  setAlternatingRowColors(true);
  setWordWrap(false);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setStretchLastSection(true);
}

void MeasureTable::setMeasures(const std::vector<Measure>& measures) {
  setRowCount(static_cast<int>(measures.size()));
  for (int row = 0; row < rowCount(); ++row) {
    const Measure& one = measures[static_cast<std::size_t>(row)];
    const QString tip = QString::fromStdString(one.explanation);
    const QString value = one.confidence ? QString::fromUtf8("%1 ± %2").arg(figure(one.value), figure(*one.confidence))
                                         : figure(one.value);
    setItem(row, kMeasure, cell(QString::fromStdString(one.title), tip));
    setItem(row, kValue, cell(value, tip, true));
    setItem(row, kFloor, cell(figure(one.floor), tip, true));
    setItem(row, kBaseline, cell(figure(one.baseline), baselinesTip(one), true));
    setItem(row, kBetter, cell(betterText(one.better), tip));
    setItem(row, kVerdict, cell(QString::fromStdString(verdict(one)), tip));
  }
  resizeColumnsToContents();
}

}  // namespace loom
