// What the form of a sheet's options remembers from one start of the program to the next.
#include <QCheckBox>
#include <QComboBox>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>

#include "ui/widgets/sheet_options_form.h"

namespace loom {

void SheetOptionsForm::save(QSettings& settings) const {
  for (const QSpinBox* box : findChildren<QSpinBox*>()) settings.setValue("export/" + box->objectName(), box->value());
  for (const QCheckBox* box : findChildren<QCheckBox*>()) {
    settings.setValue("export/" + box->objectName(), box->isChecked());
  }
  for (const QComboBox* box : findChildren<QComboBox*>()) {
    settings.setValue("export/" + box->objectName(), box->currentText());
  }
  settings.setValue("export/colour", m_colour.name());
}

void SheetOptionsForm::restore(const QSettings& settings) {
  {
    const QSignalBlocker quiet(this);
    for (QSpinBox* box : findChildren<QSpinBox*>()) {
      box->setValue(settings.value("export/" + box->objectName(), box->value()).toInt());
    }
    for (QCheckBox* box : findChildren<QCheckBox*>()) {
      box->setChecked(settings.value("export/" + box->objectName(), box->isChecked()).toBool());
    }
    for (QComboBox* box : findChildren<QComboBox*>()) {
      const int index = box->findText(settings.value("export/" + box->objectName()).toString());
      if (index >= 0) box->setCurrentIndex(index);
    }
    const QColor colour(settings.value("export/colour").toString());
    if (colour.isValid()) setColour(colour);
    updateForLayout();
  }
  Q_EMIT changed();
}

}  // namespace loom
