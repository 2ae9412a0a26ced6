// The runs that a search and a preset leave, sorted by a column: what is unknown comes last either way.
#pragma once

#include <QSortFilterProxyModel>
#include <string>
#include <vector>

#include "ui/models/run_model.h"

namespace loom {

class RunFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit RunFilter(RunModel& runs, QObject* parent = nullptr);

  /// Every word must be in the number, name, preset, status or note.
  void setText(const QString& text);
  void setPreset(const QString& preset);  ///< empty: all
  int runAt(int row) const;
  int rowOf(int run) const;  ///< -1: not shown
  /// Those that are shown, from top to bottom.
  std::vector<const RunInfo*> shown() const;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  RunModel& m_runs;
  QStringList m_words;
  QString m_preset;
};

}  // namespace loom
