// Which columns a table of runs shows, in which order and by which it is sorted: chosen by the user and remembered.
#pragma once

#include <QObject>
#include <QString>

class QHeaderView;
class QMenu;

namespace loom {

class RunModel;

/// Settings in which runs differ are shown unless somebody hid them; last values of measures only once they are asked
/// for.
class RunColumns : public QObject {
  Q_OBJECT
 public:
  /// `header` shows `runs`, or a proxy with the same columns.
  RunColumns(QHeaderView* header, const RunModel& runs, QObject* parent);

  /// After the columns of the model have changed.
  void apply();
  bool isShown(int column) const;
  void setShown(int column, bool shown);
  /// One checkable entry a column, for a menu that is about to open.
  void fill(QMenu& menu);

 private:
  QString settingsKey(int column) const;
  void applySorting();
  QHeaderView* m_header;
  const RunModel& m_runs;
  bool m_applying = false;
};

}  // namespace loom
