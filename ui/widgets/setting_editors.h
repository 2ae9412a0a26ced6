// One editor for each type of setting, made from its description alone.
#pragma once

#include <QDoubleSpinBox>
#include <QWidget>
#include <memory>

#include "core/base/settings.h"

namespace loom {

/// A number as people write it: 0.5, 48, 2e-4. The arrows move its leading digit, so that 2e-4 goes to 3e-4.
class RealSpinBox : public QDoubleSpinBox {
 public:
  explicit RealSpinBox(QWidget* parent = nullptr);
  static QString text(double value);

  QString textFromValue(double value) const override;
  double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;
  void stepBy(int steps) override;
};

/// Changes a value of one setting. The widget's focus, range and keyboard are those of an ordinary control.
class SettingEditor : public QWidget {
  Q_OBJECT
 public:
  /// Never null.
  static SettingEditor* create(const Setting& setting, QWidget* parent);

  virtual Json value() const = 0;
  /// `value` must be allowed for the setting. Emits changed() when it differs.
  virtual void setValue(const Json& value) = 0;
  virtual QWidget* control() = 0;  ///< what takes the keyboard

 Q_SIGNALS:
  void changed();

 protected:
  using QWidget::QWidget;
};

/// "1 to 1,024 in steps of 16", "back, left or front", "#rrggbb": what a setting may be.
QString allowedText(const Setting& setting);
/// A value as the form shows it: "2e-4", "on", "RGBA".
QString valueText(const Json& value);

}  // namespace loom
