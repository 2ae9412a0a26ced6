// The choice of the files beside a sheet: data for engines, palettes.
#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "core/studio/characters.h"

class QCheckBox;

namespace loom {

/// A box a kind; the JSON hash is checked at first. Usable alone.
class SheetDataForm : public QWidget {
  Q_OBJECT
 public:
  explicit SheetDataForm(QWidget* parent = nullptr);

  std::vector<SheetData> data() const;

 Q_SIGNALS:
  void changed();

 private:
  QWidget* buildGroup(const QString& title, bool palettes);

  std::vector<std::pair<SheetData, QCheckBox*>> m_boxes;
};

}  // namespace loom
