// What the set is made of, as charts: sizes, colours, views, tags, licences.
#pragma once

#include <QScrollArea>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

/// Usable alone. Clicking a bar asks for the sprites behind it.
class SetCharts : public QScrollArea {
  Q_OBJECT
 public:
  explicit SetCharts(QWidget* parent = nullptr);
  ~SetCharts() override;

  void setStatistics(const SetStatistics& statistics);
  void setColours(const SetColours& colours);

 Q_SIGNALS:
  void filterRequested(const QString& text);  ///< as the filter above the grid takes it

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
