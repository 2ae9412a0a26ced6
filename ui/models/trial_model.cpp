#include "ui/models/trial_model.h"

#include <QColor>
#include <QFont>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <algorithm>
#include <cmath>

#include "ui/models/duration_text.h"
#include "ui/models/parallel_data.h"
#include "ui/models/run_title.h"

namespace loom {

QString trialStatusText(TrialStatus status) {
  switch (status) {
    case TrialStatus::kWaiting:
      return QObject::tr("waiting");
    case TrialStatus::kRunning:
      return QObject::tr("under way");
    case TrialStatus::kStopped:
      return QObject::tr("let go early");
    case TrialStatus::kFinished:
      return QObject::tr("finished");
    case TrialStatus::kFailed:
      return QObject::tr("failed");
    case TrialStatus::kSkipped:
      return QObject::tr("skipped");
  }
  return {};
}

TrialModel::TrialModel(QObject* parent) : QAbstractTableModel(parent) {}

void TrialModel::setSearch(const Search& search) {
  const bool same = search.number == m_search.number && search.created == m_search.created &&
                    search.trials.size() == m_search.trials.size();
  if (!same) beginResetModel();
  m_search = search;
  const SearchTrial* best = m_search.best();
  m_best = best == nullptr ? 0 : best->number;
  if (!same) {
    m_lit = 0;
    endResetModel();
  } else if (rowCount() > 0) {
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
  }
}

void TrialModel::setLit(int trial) {
  if (trial == m_lit) return;
  const int before = std::exchange(m_lit, trial);
  for (const int row : {rowOf(before), rowOf(trial)}) {
    if (row >= 0) Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1), {Qt::BackgroundRole});
  }
}

int TrialModel::trialAt(int row) const {
  return row < 0 || row >= rowCount() ? 0 : m_search.trials[static_cast<std::size_t>(row)].number;
}

int TrialModel::rowOf(int trial) const {
  const auto found = std::ranges::find(m_search.trials, trial, &SearchTrial::number);
  return found == m_search.trials.end() ? -1 : static_cast<int>(found - m_search.trials.begin());
}

int TrialModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_search.trials.size());
}

int TrialModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : 1 + settings() + kTails;
}

QVariant TrialModel::shown(const SearchTrial& trial, int column) const {
  if (column == 0) return trial.number;
  if (column <= settings()) {
    const auto value = trial.settings.find(m_search.plan.space.ranges()[static_cast<std::size_t>(column - 1)].setting);
    return value == trial.settings.end() ? QString() : shortValue(*value);
  }
  switch (column - settings() - 1) {
    case kObjective:
      return std::isfinite(trial.objective()) ? QString::number(trial.objective(), 'g', 4) : QString();
    case kSteps:
      return trial.steps() > 0 ? QLocale().toString(static_cast<qlonglong>(trial.steps())) : QString();
    case kStatus:
      return trialStatusText(trial.status);
    case kRun:
      return trial.run > 0 ? QVariant(trial.run) : QVariant(QString());
    case kTime:
      return trial.seconds > 0 ? durationText(trial.seconds) : QString();
    default:
      return {};
  }
}

/// A number (or a word) to sort by; invalid where there is nothing.
QVariant TrialModel::sortKey(const SearchTrial& trial, int column) const {
  if (column == 0) return trial.number;
  if (column <= settings()) {
    const SearchRange& range = m_search.plan.space.ranges()[static_cast<std::size_t>(column - 1)];
    const auto value = trial.settings.find(range.setting);
    return value == trial.settings.end() ? QVariant() : QVariant(range.position(*value));
  }
  switch (column - settings() - 1) {
    case kObjective:
      return std::isfinite(trial.objective()) ? QVariant(trial.objective()) : QVariant();
    case kSteps:
      return trial.steps() > 0 ? QVariant(static_cast<qlonglong>(trial.steps())) : QVariant();
    case kStatus:
      return static_cast<int>(trial.status);
    case kRun:
      return trial.run > 0 ? QVariant(trial.run) : QVariant();
    case kTime:
      return trial.seconds > 0 ? QVariant(trial.seconds) : QVariant();
    default:
      return {};
  }
}

QString TrialModel::tip(const SearchTrial& trial) const {
  if (!trial.reason.empty()) return QString::fromStdString(trial.reason);
  QStringList lines;
  for (const TrialResult& result : trial.results) {
    lines +=
        tr("%1 at step %2")
            .arg(QString::number(result.objective, 'g', 4), QLocale().toString(static_cast<qlonglong>(result.steps)));
  }
  return lines.join('\n');
}

QVariant TrialModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const SearchTrial& trial = m_search.trials[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return shown(trial, index.column());
    case kSortRole:
      return sortKey(trial, index.column());
    case Qt::ToolTipRole:
      return tip(trial);
    case Qt::TextAlignmentRole:
      return QVariant((index.column() == column(kStatus) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole: {
      QFont font;
      font.setBold(true);
      return trial.number == m_best ? QVariant(font) : QVariant();
    }
    case Qt::BackgroundRole:
      return trial.number == m_lit ? QVariant(QGuiApplication::palette().color(QPalette::Midlight)) : QVariant();
    case Qt::ForegroundRole:
      if (trial.status == TrialStatus::kWaiting || trial.status == TrialStatus::kSkipped) {
        return QGuiApplication::palette().color(QPalette::PlaceholderText);
      }
      if (trial.status == TrialStatus::kFailed) return QColor(0xe5, 0x6b, 0x5f);
      return {};
    default:
      return {};
  }
}

QVariant TrialModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount()) {
    return QAbstractTableModel::headerData(section, orientation, role);
  }
  if (section == 0) return tr("Trial");
  if (section <= settings()) {
    return settingTitle(m_search.plan.space.ranges()[static_cast<std::size_t>(section - 1)].setting);
  }
  static const char* const kTitles[kTails] = {"", "Steps", "State", "Run", "Time"};
  const int tail = section - settings() - 1;
  return tail == kObjective ? metricTitle(m_search.plan.objective) : tr(kTitles[tail]);
}

TrialOrder::TrialOrder(TrialModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model) {
  setSourceModel(&model);
  setSortRole(TrialModel::kSortRole);
}

void TrialOrder::showOnly(std::optional<std::set<int>> trials) {
  m_shown = std::move(trials);
  invalidateFilter();
}

bool TrialOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const QVariant a = left.data(TrialModel::kSortRole), b = right.data(TrialModel::kSortRole);
  if (a.isValid() != b.isValid()) return a.isValid() == (sortOrder() == Qt::AscendingOrder);
  if (!a.isValid() || a.toDouble() == b.toDouble()) {
    return (left.row() < right.row()) == (sortOrder() == Qt::AscendingOrder);
  }
  return a.toDouble() < b.toDouble();
}

bool TrialOrder::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  return !m_shown || m_shown->contains(m_model.trialAt(row));
}

}  // namespace loom
