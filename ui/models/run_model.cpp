#include "ui/models/run_model.h"

#include <QColor>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "ui/models/duration_text.h"
#include "ui/models/metric_style.h"
#include "ui/models/run_title.h"

namespace loom {
namespace {

constexpr std::array<const char*, RunModel::kColumns> kKeys{"number", "name",  "preset", "status", "steps", "losses",
                                                            "best",   "speed", "time",   "size",   "begun", "note"};

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

QString count(std::int64_t number) {
  return kLocale.toString(static_cast<qlonglong>(number));
}

/// The value, where it is a number that says something.
std::optional<double> lossOf(const Json& losses, const std::string& name) {
  const auto found = losses.find(name);
  if (found == losses.end() || !found->is_number() || !std::isfinite(found->get<double>())) return std::nullopt;
  return found->get<double>();
}

QString lossesText(const Json& losses) {
  static const std::pair<const char*, const char*> kShort[] = {
      {"loss_critic", "critic"}, {"loss_generator", "generator"}, {"loss", "loss"}};
  QStringList parts;
  for (const auto& [key, title] : kShort) {
    if (const auto value = lossOf(losses, key)) {
      parts += QString("%1 %2").arg(QObject::tr(title), QString::number(*value, 'g', 3));
    }
  }
  return parts.join(QString::fromUtf8(" · "));
}

/// Of the loss that the text begins with.
QVariant firstLoss(const Json& losses) {
  for (const char* name : {"loss_critic", "loss_generator", "loss"}) {
    if (const auto value = lossOf(losses, name)) return *value;
  }
  return {};
}

QString bestText(const RunInfo& run) {
  if (!run.best) return {};
  return QObject::tr("%1 at %2").arg(QString::number(run.best->value, 'g', 3), count(run.best->step));
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
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
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

void RunModel::setSizes(const std::map<int, std::int64_t>& sizes) {
  m_sizes = sizes;
  if (!m_runs.empty()) Q_EMIT dataChanged(index(0, kSize), index(rowCount() - 1, kSize));
}

std::int64_t RunModel::sizeOf(const std::vector<int>& runs) const {
  std::int64_t bytes = 0;
  for (const int run : runs) {
    if (const auto size = m_sizes.find(run); size != m_sizes.end()) bytes += size->second;
  }
  return bytes;
}

void RunModel::setExtraColumns(std::vector<std::string> settings, std::vector<std::string> measures) {
  if (settings == m_settings && measures == m_measures) return;
  if (columnCount() > kColumns) {
    beginRemoveColumns({}, kColumns, columnCount() - 1);
    m_settings.clear();
    m_measures.clear();
    endRemoveColumns();
  }
  const auto more = static_cast<int>(settings.size() + measures.size());
  if (more == 0) return;
  beginInsertColumns({}, kColumns, kColumns + more - 1);
  m_settings = std::move(settings);
  m_measures = std::move(measures);
  endInsertColumns();
}

bool RunModel::isSetting(int column) const {
  return column >= kColumns && column < kColumns + static_cast<int>(m_settings.size());
}

bool RunModel::isMeasure(int column) const {
  return column >= kColumns + static_cast<int>(m_settings.size()) && column < columnCount();
}

const std::string& RunModel::extra(int column) const {
  const auto place = static_cast<std::size_t>(column - kColumns);
  return place < m_settings.size() ? m_settings[place] : m_measures[place - m_settings.size()];
}

QString RunModel::key(int column) const {
  if (column < kColumns) return kKeys[static_cast<std::size_t>(column)];
  return (isSetting(column) ? "setting." : "measure.") + QString::fromStdString(extra(column));
}

int RunModel::columnOf(const QString& key) const {
  for (int column = 0; column < columnCount(); ++column) {
    if (this->key(column) == key) return column;
  }
  return -1;
}

std::vector<std::string> RunModel::measures() const {
  std::vector<std::string> names;
  for (const Entry& entry : m_runs) {
    for (const auto& [name, value] : entry.info.losses.items()) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

bool RunModel::isNumber(int column) const {
  static constexpr std::array<int, 6> kNumbers{kNumber, kSteps, kBest, kSpeed, kTime, kSize};
  return isMeasure(column) || std::ranges::find(kNumbers, column) != kNumbers.end();
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
  return parent.isValid() ? 0 : kColumns + static_cast<int>(m_settings.size() + m_measures.size());
}

QVariant RunModel::shown(const Entry& entry, int column) const {
  const RunInfo& run = entry.info;
  switch (column) {
    case kNumber:
      return run.number;
    case kName:
      return QString::fromStdString(run.name);
    case kPreset:
      return QString::fromStdString(run.preset);
    case kStatus:
      return statusText(entry);
    case kSteps:
      return run.targetSteps > 0 ? tr("%1 of %2").arg(count(run.steps), count(run.targetSteps)) : count(run.steps);
    case kLosses:
      return lossesText(run.losses);
    case kBest:
      return bestText(run);
    case kSpeed:
      return run.spritesPerSecond > 0 ? QString::number(run.spritesPerSecond, 'f', 0) : QString();
    case kTime:
      return durationText(run.seconds);
    case kSize: {
      const auto size = m_sizes.find(run.number);
      return size == m_sizes.end() ? QString() : kLocale.formattedDataSize(size->second, 1, QLocale::DataSizeSIFormat);
    }
    case kBegun:
      return QString::fromStdString(run.created).replace('T', ' ').left(16);
    case kNote:
      return QString::fromStdString(run.note);
    default:
      break;
  }
  if (isSetting(column)) return settingText(run, extra(column));
  const auto value = lossOf(run.losses, extra(column));
  return value ? QString::number(*value, 'g', 4) : QString();
}

QVariant RunModel::sortedBy(const Entry& entry, int column) const {
  const RunInfo& run = entry.info;
  switch (column) {
    case kNumber:
      return run.number;
    case kSteps:
      return static_cast<qlonglong>(run.steps);
    case kLosses:
      return firstLoss(run.losses);
    case kBest:
      return run.best ? QVariant(run.best->value) : QVariant();
    case kSpeed:
      return run.spritesPerSecond > 0 ? QVariant(run.spritesPerSecond) : QVariant();
    case kTime:
      return run.seconds;
    case kSize: {
      const auto size = m_sizes.find(run.number);
      return size == m_sizes.end() ? QVariant() : QVariant(static_cast<qlonglong>(size->second));
    }
    default:
      break;
  }
  if (column < kColumns) {
    const QString text = shown(entry, column).toString();
    return text.isEmpty() ? QVariant() : QVariant(text);
  }
  if (isSetting(column)) return settingValue(run, extra(column));
  const auto value = lossOf(run.losses, extra(column));
  return value ? QVariant(*value) : QVariant();
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
    case kName:
      return run.name.empty() ? tr("Double click (or F2) to give it a name") : QString::fromStdString(run.name);
    case kLosses:
      return allLosses(run.losses);
    case kBest:
      if (!run.best) return tr("This run takes no measure to be judged by.");
      return tr("The best %1 so far, at step %2: lower is better")
          .arg(metricStyle(run.best->metric, 0).title.toLower(), count(run.best->step));
    case kNote:
      return run.note.empty() ? tr("Double click to write a note") : QString::fromStdString(run.note);
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
      return index.column() == kNote || index.column() == kName ? shown(entry, index.column()) : QVariant();
    case kSortRole:
      return sortedBy(entry, index.column());
    case Qt::ToolTipRole:
      return tip(entry, index.column());
    case Qt::TextAlignmentRole:
      return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
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
  static const char* const kTitles[kColumns] = {"Run",  "Name",      "Preset", "Status", "Steps", "Losses",
                                                "Best", "Sprites/s", "Time",   "Size",   "Begun", "Note"};
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
    if (section == kBest && role == Qt::ToolTipRole) {
      return tr(
          "The lowest value of what the run is judged by: the loss on sprites held out, else the distance to them");
    }
    if (section < kColumns) return tr(kTitles[section]);
    return isSetting(section) ? settingTitle(extra(section)) : metricStyle(extra(section), 0).title;
  }
  return QAbstractTableModel::headerData(section, orientation, role);
}

Qt::ItemFlags RunModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return index.column() == kNote || index.column() == kName ? flags | Qt::ItemIsEditable : flags;
}

bool RunModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid()) return false;
  if (index.column() != kNote && index.column() != kName) return false;
  RunInfo& run = m_runs[static_cast<std::size_t>(index.row())].info;
  const bool named = index.column() == kName;
  std::string& kept = named ? run.name : run.note;
  const QString text = value.toString().trimmed();
  if (text.toStdString() == kept) return false;
  kept = text.toStdString();
  const int number = run.number;  // a receiver may bring other runs
  Q_EMIT dataChanged(index, index);
  if (named) {
    Q_EMIT nameEdited(number, text);
  } else {
    Q_EMIT noteEdited(number, text);
  }
  return true;
}

}  // namespace loom
