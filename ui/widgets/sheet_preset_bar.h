// Chooses export settings by name, keeps the present ones under a new name, forgets others.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/sheet_presets.h"

class QComboBox;
class QToolButton;

namespace loom {

class SheetOptionsForm;

/// Sets the form, and says when that was changed since. The choice is remembered. Usable alone.
class SheetPresetBar : public QWidget {
  Q_OBJECT
 public:
  /// `form` must outlive this.
  explicit SheetPresetBar(SheetOptionsForm& form, QWidget* parent = nullptr);

 private:
  void fill(const QString& chosen);
  void choose(int row);
  void saveAs();
  void deleteChosen();
  void follow();  ///< the form: is it still what the preset says?
  void takeName(const QString& name);
  const SheetPreset* chosen() const;  ///< null: none

  SheetOptionsForm& m_form;
  std::vector<SheetPreset> m_presets;
  QComboBox* m_box = nullptr;
  QToolButton* m_delete = nullptr;
};

}  // namespace loom
