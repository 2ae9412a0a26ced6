// The project's runs as a table: what each is, what it has come to, and a column a setting in which they differ.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// What is known of a run beyond its record.
enum class RunActivity { kNone, kHere, kElsewhere };  ///< elsewhere: another program trains it

class RunModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  /// After these come a column each for setExtraColumns().
  enum Column {
    kNumber,
    kName,
    kPreset,
    kStatus,
    kSteps,
    kLosses,
    kBest,
    kSpeed,
    kTime,
    kSize,
    kBegun,
    kNote,
    kColumns
  };
  /// The value to sort by: a number, or a text; what is unknown comes last.
  static constexpr int kSortRole = Qt::UserRole;

  explicit RunModel(QObject* parent = nullptr);

  struct Entry {
    RunInfo info;
    RunActivity activity = RunActivity::kNone;
  };
  /// Newest first.
  void setRuns(std::vector<Entry> runs);
  /// What the run in training has done since.
  void setProgress(int run, const TrainingProgress& progress);
  /// Bytes on the disk by run.
  void setSizes(const std::map<int, std::int64_t>& sizes);
  std::int64_t sizeOf(const std::vector<int>& runs) const;  ///< of all of them, as far as it is known
  /// Settings ("batch") and last values of measures ("loss_critic") that have a column each.
  void setExtraColumns(std::vector<std::string> settings, std::vector<std::string> measures);

  const Entry* find(int run) const;
  int rowOf(int run) const;  ///< -1: there is none
  int runAt(int row) const;  ///< its number
  const std::vector<Entry>& entries() const { return m_runs; }
  /// What stands for a column where it is remembered: "speed", "setting.batch", "measure.loss_critic".
  QString key(int column) const;
  int columnOf(const QString& key) const;  ///< -1: there is none
  bool isSetting(int column) const;
  bool isMeasure(int column) const;
  /// Every measure that one of the runs has a last value of.
  std::vector<std::string> measures() const;

  /// Recorded as running, but nobody trains it: its program died.
  static bool interrupted(const Entry& entry);
  static QString statusText(const Entry& entry);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

 Q_SIGNALS:
  void noteEdited(int run, const QString& note);
  void nameEdited(int run, const QString& name);

 private:
  QVariant shown(const Entry& entry, int column) const;
  QVariant sortedBy(const Entry& entry, int column) const;
  QVariant tip(const Entry& entry, int column) const;
  bool isNumber(int column) const;
  const std::string& extra(int column) const;  ///< the name behind a setting's or measure's column
  std::vector<Entry> m_runs;
  std::map<int, std::int64_t> m_sizes;
  std::vector<std::string> m_settings;
  std::vector<std::string> m_measures;
};

}  // namespace loom
