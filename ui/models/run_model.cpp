#include "ui/models/run_model.h"

#include <QColor>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/models/duration_text.h"

namespace loom {
namespace {

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

QString count(std::int64_t number) {
  return kLocale.toString(static_cast<qlonglong>(number));
}

QString lossesText(const Json& losses) {
  static const std::pair<const char*, const char*> kShort[] = {{"loss_critic", "critic"},
                                                               {"loss_generator", "generator"}};
  QStringList parts;
  for (const auto& [key, title] : kShort) {
    if (losses.contains(key) && losses[key].is_number() && std::isfinite(losses[key].get<double>())) {
      parts += QString("%1 %2").arg(QObject::tr(title), QString::number(losses[key].get<double>(), 'g', 3));
    }
  }
  return parts.join(QString::fromUtf8(" · "));
}

QString allLosses(const Json& losses) {
  QStringList lines;
  for (const auto& [key, value] : losses.items()) {
    if (value.is_number()) {
      lines += QString("%1 %2").arg(QString::fromStdString(key).replace('_', ' '),
                                    QString::number(value.get<double>(), 'g', 4));
    }
  }
  return lines.join('\n');
}

}  // namespace

RunModel::RunModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunModel::setRuns(std::vector<Entry> runs) {
  std::ranges::sort(runs, std::greater<>(), [](const Entry& entry) { return entry.info.number; });
  const bool sameRows = std::ranges::equal(
      runs, m_runs, {}, [](const Entry& e) { return e.info.number; }, [](const Entry& e) { return e.info.number; });
  if (sameRows) {  // keeps selection and an open note editor
    m_runs = std::move(runs);
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    return;
  }
  beginResetModel();
  m_runs = std::move(runs);
  endResetModel();
}

void RunModel::setProgress(int run, const TrainingProgress& progress) {
  const int row = rowOf(run);
  if (row < 0) return;
  Entry& entry = m_runs[static_cast<std::size_t>(row)];
  entry.activity = RunActivity::kHere;
  entry.info.status = progress.state == TrainingState::kPaused ? RunStatus::kPaused : RunStatus::kRunning;
  entry.info.steps = progress.step;
  if (progress.targetSteps > 0) entry.info.targetSteps = progress.targetSteps;
  entry.info.seconds = progress.seconds;
  if (progress.spritesPerSecond > 0) entry.info.spritesPerSecond = progress.spritesPerSecond;
  Q_EMIT dataChanged(index(row, kStatus), index(row, kTime));
}

const RunModel::Entry* RunModel::find(int run) const {
  const int row = rowOf(run);
  return row < 0 ? nullptr : &m_runs[static_cast<std::size_t>(row)];
}

int RunModel::rowOf(int run) const {
  const auto found = std::ranges::find(m_runs, run, [](const Entry& entry) { return entry.info.number; });
  return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

int RunModel::runAt(int row) const {
  return row < 0 || row >= rowCount() ? 0 : m_runs[static_cast<std::size_t>(row)].info.number;
}

bool RunModel::interrupted(const Entry& entry) {
  const bool open = entry.info.status == RunStatus::kRunning || entry.info.status == RunStatus::kPaused;
  return open && entry.activity == RunActivity::kNone;
}

QString RunModel::statusText(const Entry& entry) {
  if (interrupted(entry)) return tr("interrupted");
  if (entry.activity == RunActivity::kElsewhere) return tr("in another program");
  switch (entry.info.status) {
    case RunStatus::kRunning:
      return tr("training");
    case RunStatus::kPaused:
      return tr("paused");
    case RunStatus::kStopped:
      return tr("stopped");
    case RunStatus::kFinished:
      return tr("finished");
    case RunStatus::kFailed:
      return tr("failed");
  }
  return {};
}

int RunModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant RunModel::shown(const Entry& entry, int column) const {
  const RunInfo& run = entry.info;
  switch (column) {
    case kNumber:
      return run.number;
    case kPreset:
      return QString::fromStdString(run.preset);
    case kStatus:
      return statusText(entry);
    case kSteps:
      return run.targetSteps > 0 ? tr("%1 of %2").arg(count(run.steps), count(run.targetSteps)) : count(run.steps);
    case kLosses:
      return lossesText(run.losses);
    case kSpeed:
      return run.spritesPerSecond > 0 ? QString::number(run.spritesPerSecond, 'f', 0) : QString();
    case kTime:
      return durationText(run.seconds);
    case kNote:
      return QString::fromStdString(run.note);
    default:
      return {};
  }
}

QVariant RunModel::tip(const Entry& entry, int column) const {
  const RunInfo& run = entry.info;
  switch (column) {
    case kStatus:
      if (interrupted(entry)) return tr("Its program ended in the middle. Resume continues from the last checkpoint.");
      if (run.status == RunStatus::kFailed)
        return tr("Its last good checkpoint was kept; log.txt in %1 says more.")
            .arg(QString::fromStdString(run.folder));
      return statusText(entry);
    case kLosses:
      return allLosses(run.losses);
    case kNote:
      return run.note.empty() ? tr("Double click (or F2) to write a note") : QString::fromStdString(run.note);
    default:
      return tr("Run %1, begun %2").arg(run.number).arg(QString::fromStdString(run.created));
  }
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Entry& entry = m_runs[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return shown(entry, index.column());
    case Qt::EditRole:
      return index.column() == kNote ? shown(entry, kNote) : QVariant();
    case Qt::ToolTipRole:
      return tip(entry, index.column());
    case Qt::TextAlignmentRole: {
      const bool number =
          index.column() == kNumber || index.column() == kSteps || index.column() == kSpeed || index.column() == kTime;
      return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ForegroundRole:
      if (index.column() != kStatus) return {};
      if (entry.info.status == RunStatus::kFailed) return QColor(0xe5, 0x6b, 0x5f);
      if (interrupted(entry)) return QColor(0xe0, 0x9a, 0x3c);
      return {};
    default:
      return {};
  }
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const {
  static const char* const kTitles[kColumns] = {"Run",    "Preset",    "Status", "Steps",
                                                "Losses", "Sprites/s", "Time",   "Note"};
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::DisplayRole) return tr(kTitles[section]);
  return QAbstractTableModel::headerData(section, orientation, role);
}

Qt::ItemFlags RunModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return index.column() == kNote ? flags | Qt::ItemIsEditable : flags;
}

bool RunModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid() || index.column() != kNote) return false;
  RunInfo& run = m_runs[static_cast<std::size_t>(index.row())].info;
  const QString note = value.toString().trimmed();
  if (note.toStdString() == run.note) return false;
  run.note = note.toStdString();
  Q_EMIT dataChanged(index, index);
  Q_EMIT noteEdited(run.number, note);
  return true;
}

}  // namespace loom
