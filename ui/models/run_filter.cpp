#include "ui/models/run_filter.h"

#include <algorithm>

namespace loom {

RunFilter::RunFilter(RunModel& runs, QObject* parent) : QSortFilterProxyModel(parent), m_runs(runs) {
  setSourceModel(&runs);
  setSortRole(RunModel::kSortRole);
  setSortCaseSensitivity(Qt::CaseInsensitive);
}

void RunFilter::setText(const QString& text) {
  m_words = text.split(' ', Qt::SkipEmptyParts);
  invalidateFilter();
}

void RunFilter::setPreset(const QString& preset) {
  m_preset = preset;
  invalidateFilter();
}

int RunFilter::runAt(int row) const {
  const QModelIndex own = index(row, 0);
  return own.isValid() ? m_runs.runAt(mapToSource(own).row()) : 0;
}

int RunFilter::rowOf(int run) const {
  const int row = m_runs.rowOf(run);
  return row < 0 ? -1 : mapFromSource(m_runs.index(row, 0)).row();
}

std::vector<const RunInfo*> RunFilter::shown() const {
  std::vector<const RunInfo*> runs;
  for (int row = 0; row < rowCount(); ++row) runs.push_back(&m_runs.find(runAt(row))->info);
  return runs;
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex&) const {
  const RunModel::Entry& entry = m_runs.entries()[static_cast<std::size_t>(row)];
  if (!m_preset.isEmpty() && m_preset != QString::fromStdString(entry.info.preset)) return false;
  if (m_words.isEmpty()) return true;
  const QString text = QString("%1 %2 %3 %4 %5")
                           .arg(QString::number(entry.info.number), QString::fromStdString(entry.info.name),
                                QString::fromStdString(entry.info.preset), RunModel::statusText(entry),
                                QString::fromStdString(entry.info.note));
  return std::ranges::all_of(m_words,
                             [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool RunFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const QVariant a = left.data(RunModel::kSortRole);
  const QVariant b = right.data(RunModel::kSortRole);
  if (a.isValid() && b.isValid()) return QSortFilterProxyModel::lessThan(left, right);
  return (sortOrder() == Qt::AscendingOrder) == a.isValid() && a.isValid() != b.isValid();
}

}  // namespace loom
