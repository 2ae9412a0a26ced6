// What the rows of a sheet show: a name for each, or a usual order of them.
#pragma once

#include <QGroupBox>

#include "ui/widgets/sheet_plan.h"

class QComboBox;
class QTableWidget;

namespace loom {

/// Usable alone. Changes nothing itself: it asks.
class SheetRows : public QGroupBox {
  Q_OBJECT
 public:
  explicit SheetRows(QWidget* parent = nullptr);

  void setPlan(const SheetPlan& plan);

 Q_SIGNALS:
  void named(int row, const QString& name);  ///< `row` as the cells count it
  void wordsChosen(const QStringList& words);
  void presetChosen(const QString& preset);  ///< of sheetNamingPreset; empty: names by hand

 private:
  void choose(int index);
  QComboBox* m_order = nullptr;
  QTableWidget* m_table = nullptr;
  bool m_filling = false;
};

}  // namespace loom
