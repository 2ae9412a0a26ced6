// The project's runs as a table.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// What is known of a run beyond its record.
enum class RunActivity { kNone, kHere, kElsewhere };  ///< elsewhere: another program trains it

class RunModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { kNumber, kPreset, kStatus, kSteps, kLosses, kSpeed, kTime, kNote, kColumns };

  explicit RunModel(QObject* parent = nullptr);

  struct Entry {
    RunInfo info;
    RunActivity activity = RunActivity::kNone;
  };
  /// Newest first.
  void setRuns(std::vector<Entry> runs);
  /// What the run in training has done since.
  void setProgress(int run, const TrainingProgress& progress);

  const Entry* find(int run) const;
  int rowOf(int run) const;  ///< -1: there is none
  int runAt(int row) const;  ///< its number
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

 private:
  QVariant shown(const Entry& entry, int column) const;
  QVariant tip(const Entry& entry, int column) const;
  std::vector<Entry> m_runs;
};

}  // namespace loom
