// The form for how a sheet is laid out.
#pragma once

#include <QColor>
#include <QWidget>
#include <vector>

#include "core/base/settings.h"
#include "core/studio/characters.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSettings;
class QSpinBox;

namespace loom {

class SheetDataForm;

/// Knows which options go together: what a layout does not use is greyed out and left out of options(). Usable alone.
class SheetOptionsForm : public QWidget {
  Q_OBJECT
 public:
  explicit SheetOptionsForm(QWidget* parent = nullptr);

  SheetOptions options() const;
  bool choosesColumns() const;           ///< the number of columns is left to the program
  std::vector<SheetData> data() const;   ///< the files beside the picture
  bool fullColour() const;               ///< RGBA also where a palette would do
  void save(QSettings& settings) const;  ///< below "export/"
  void restore(const QSettings& settings);

  /// Every option by the name of its box, as {"scaleBox": 2, "trimBox": true, "layoutBox": "packed", "colour":
  /// "#ff00ff"}.
  Json values() const;
  /// Takes what it knows, numbers within their range; what is missing or makes no sense is as in a new form.
  void setValues(const Json& values);
  /// What values() would be after setValues().
  Json completed(const Json& values) const;

 Q_SIGNALS:
  void changed();      ///< something that the picture shows
  void dataChanged();  ///< the files beside it alone

 private:
  SheetLayout layoutChosen() const;
  void buildLayouts(QFormLayout& form);
  void buildCells(QFormLayout& form);
  void buildGaps(QFormLayout& form);
  void buildSavings(QFormLayout& form);
  void buildSheets(QFormLayout& form);
  void buildGround(QFormLayout& form);
  void connectBoxes();
  void updateForLayout();
  void setColour(const QColor& colour);
  void chooseColour();

  QComboBox* m_layout = nullptr;
  QLabel* m_layoutHelp = nullptr;
  QSpinBox* m_scale = nullptr;
  QSpinBox* m_cellWidth = nullptr;
  QSpinBox* m_cellHeight = nullptr;
  QSpinBox* m_columns = nullptr;
  QSpinBox* m_padding = nullptr;
  QSpinBox* m_innerPadding = nullptr;
  QSpinBox* m_border = nullptr;
  QSpinBox* m_extrude = nullptr;
  QSpinBox* m_maxSide = nullptr;
  QCheckBox* m_each = nullptr;
  QCheckBox* m_trim = nullptr;
  QCheckBox* m_merge = nullptr;
  QCheckBox* m_powerOfTwo = nullptr;
  QCheckBox* m_fill = nullptr;
  QPushButton* m_colourButton = nullptr;
  QCheckBox* m_fullColour = nullptr;
  SheetDataForm* m_data = nullptr;
  QColor m_colour;
  Json m_defaults;
};

}  // namespace loom
