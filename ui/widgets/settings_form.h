// A form made from a settings schema alone: the basic settings first, the others behind "All settings", by group.
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/settings.h"

namespace loom {

/// Each row has the setting's title, an editor of its type with range and unit, and, where the value differs from the
/// default, a mark and a button that takes it back. The help of the row in hand is told below the form.
class SettingsForm : public QWidget {
  Q_OBJECT
 public:
  explicit SettingsForm(QWidget* parent = nullptr);
  ~SettingsForm() override;

  /// Replaces the form. Values of settings that the new schema has too, and allows, stay when they had been changed.
  void setSchema(const SettingsSchema& schema);

  Json values() const;   ///< every setting
  Json changes() const;  ///< those that differ from their defaults
  /// Overlays the defaults with `overrides`. Throws Error like SettingsSchema::complete; nothing changes then.
  void setValues(const Json& overrides);
  void resetAll();

  bool showsAll() const;
  void setShowsAll(bool all);

 Q_SIGNALS:
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
