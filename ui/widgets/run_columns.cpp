#include "ui/widgets/run_columns.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <algorithm>

#include "ui/models/run_model.h"

namespace loom {

RunColumns::RunColumns(QHeaderView* header, const RunModel& runs, QObject* parent)
    : QObject(parent), m_header(header), m_runs(runs) {
  header->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(header, &QHeaderView::customContextMenuRequested, this, [this](const QPoint& at) {
    QMenu menu;
    fill(menu);
    menu.exec(m_header->mapToGlobal(at));
  });
  applySorting();
  connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder now) {
    if (m_applying) return;
    QSettings().setValue("runs/sortedBy", m_runs.key(column));
    QSettings().setValue("runs/ascending", now == Qt::AscendingOrder);
  });
}

/// By what was chosen last, as soon as there is such a column; by number, the newest first, until then.
void RunColumns::applySorting() {
  const QSettings settings;
  const int chosen = m_runs.columnOf(settings.value("runs/sortedBy", "number").toString());
  const bool ascending = chosen >= 0 && settings.value("runs/ascending", false).toBool();
  m_applying = true;
  m_header->setSortIndicator(std::max(chosen, 0), ascending ? Qt::AscendingOrder : Qt::DescendingOrder);
  m_applying = false;
  m_header->model()->sort(std::max(chosen, 0), m_header->sortIndicatorOrder());
}

QString RunColumns::settingsKey(int column) const {
  return "runs/columns/" + m_runs.key(column);
}

bool RunColumns::isShown(int column) const {
  if (column == RunModel::kNumber) return true;
  const bool usual = column != RunModel::kBegun && !m_runs.isMeasure(column);
  return QSettings().value(settingsKey(column), usual).toBool();
}

void RunColumns::setShown(int column, bool shown) {
  QSettings().setValue(settingsKey(column), shown);
  m_header->setSectionHidden(column, !shown);
}

void RunColumns::apply() {
  for (int column = 0; column < m_runs.columnCount(); ++column) m_header->setSectionHidden(column, !isShown(column));
  // What distinguishes the runs stands beside their names; their notes, which are long, at the end.
  int place = m_header->visualIndex(RunModel::kPreset);
  for (int column = RunModel::kColumns; column < m_runs.columnCount(); ++column) {
    m_header->moveSection(m_header->visualIndex(column), ++place);
  }
  applySorting();
}

void RunColumns::fill(QMenu& menu) {
  for (int visual = 0; visual < m_header->count(); ++visual) {
    const int column = m_header->logicalIndex(visual);
    if (column == RunModel::kNumber) continue;
    QAction* action = menu.addAction(m_runs.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setObjectName("column." + m_runs.key(column));
    action->setCheckable(true);
    action->setChecked(isShown(column));
    connect(action, &QAction::toggled, this, [this, key = m_runs.key(column)](bool on) {
      if (const int now = m_runs.columnOf(key); now >= 0) setShown(now, on);
    });
  }
}

}  // namespace loom
