// The layers of the networks that a preset would train: shapes, parameters, multiply-adds.
#pragma once

#include <QDialog>

#include "core/studio/studio.h"
#include "ui/bridge/newest_work.h"

class QLabel;
class QTableWidget;

namespace loom {

class NetworkDialog : public QDialog {
  Q_OBJECT
 public:
  /// Of that preset with those settings (what differs from its defaults) for so many views. The networks are built on
  /// another thread; until then the table is empty.
  NetworkDialog(const std::string& preset, const Json& settings, int views, QWidget* parent = nullptr);

 private:
  void fill(const ModelSummary& summary);
  void addPart(const PartSummary& part);

  QTableWidget* m_table;
  QLabel* m_total;
  NewestWork m_work;  // last: it ends before what it shows in
};

}  // namespace loom
