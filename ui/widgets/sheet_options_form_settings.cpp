// What the form of a sheet's options remembers from one start of the program to the next.
#include <QCheckBox>
#include <QComboBox>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "ui/widgets/sheet_options_form.h"

namespace loom {
namespace {

constexpr const char* kLayoutKey = "layoutBox";
constexpr const char* kColourKey = "colour";
constexpr std::array kLayouts = {
    std::pair{SheetLayout::kGrid, "grid"},        std::pair{SheetLayout::kLpc, "lpc"},
    std::pair{SheetLayout::kStrip, "strip"},      std::pair{SheetLayout::kPacked, "packed"},
    std::pair{SheetLayout::kLpcFull, "lpc-full"},
};

/// A number of any size and kind, brought into what the box takes.
std::optional<int> within(const QSpinBox& box, const Json& value) {
  if (!value.is_number()) return {};
  const double number = value.get<double>();
  if (!std::isfinite(number)) return {};
  return static_cast<int>(std::clamp<double>(std::round(number), box.minimum(), box.maximum()));
}

std::optional<int> rowOf(const QComboBox& layouts, const Json& word) {
  const auto found = std::ranges::find_if(kLayouts, [&](const auto& known) { return word == known.second; });
  if (found == kLayouts.end()) return {};
  return layouts.findData(static_cast<int>(found->first));
}

std::optional<QColor> colourIn(const Json& value) {
  if (!value.is_string()) return {};
  const QColor colour(QString::fromStdString(value.get<std::string>()));
  return colour.isValid() ? std::optional(QColor(colour.rgb())) : std::nullopt;
}

}  // namespace

Json SheetOptionsForm::values() const {
  Json values = Json::object();
  for (const QSpinBox* box : findChildren<QSpinBox*>()) values[box->objectName().toStdString()] = box->value();
  for (const QCheckBox* box : findChildren<QCheckBox*>()) values[box->objectName().toStdString()] = box->isChecked();
  values[kColourKey] = m_colour.name().toStdString();
  for (const auto& [layout, word] : kLayouts) {
    if (layout == layoutChosen()) values[kLayoutKey] = word;
  }
  return values;
}

Json SheetOptionsForm::completed(const Json& values) const {
  Json complete = m_defaults;
  if (!values.is_object()) return complete;
  for (auto& [name, value] : complete.items()) {
    const auto given = values.find(name);
    if (given == values.end()) continue;
    const QString box = QString::fromStdString(name);
    if (const auto* number = findChild<QSpinBox*>(box)) {
      if (const auto taken = within(*number, *given)) value = *taken;
    } else if (findChild<QCheckBox*>(box) != nullptr) {
      if (given->is_boolean()) value = *given;
    } else if (name == kLayoutKey) {
      if (rowOf(*m_layout, *given)) value = *given;
    } else if (const auto colour = colourIn(*given)) {
      value = colour->name().toStdString();
    }
  }
  return complete;
}

void SheetOptionsForm::setValues(const Json& values) {
  const Json all = completed(values);
  {
    const QSignalBlocker quiet(this);
    for (QSpinBox* box : findChildren<QSpinBox*>()) {
      box->setValue(all.at(box->objectName().toStdString()).get<int>());
    }
    for (QCheckBox* box : findChildren<QCheckBox*>()) {
      box->setChecked(all.at(box->objectName().toStdString()).get<bool>());
    }
    m_layout->setCurrentIndex(rowOf(*m_layout, all.at(kLayoutKey)).value_or(0));
    setColour(*colourIn(all.at(kColourKey)));
    updateForLayout();
  }
  Q_EMIT changed();
}

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
