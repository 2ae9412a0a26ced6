// One searched setting: from where to where, or which of its values, made from its description alone.
#pragma once

#include <QWidget>
#include <string>

#include "core/base/settings.h"
#include "core/studio/studio.h"

class QAbstractButton;
class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace loom {

class SettingEditor;

/// Numbers have a range, a logarithmic range or a list; choices and switches have their values to tick.
class SpaceRow : public QWidget {
  Q_OBJECT
 public:
  SpaceRow(const Setting& setting, QWidget* parent = nullptr);
  ~SpaceRow() override;

  const std::string& setting() const { return m_setting.name; }
  void setRange(const SearchRange& range);
  /// The whole range that makes sense for a setting nobody has thought about: around its default.
  void setUsualRange();
  std::string text() const;  ///< as SearchSpace takes it: "1e-05..0.001:log", "32|64"

 Q_SIGNALS:
  void changed();
  void removed();

 private:
  enum Kind { kRange, kLogarithmic, kList };
  QWidget* buildNumbers();
  QWidget* buildChoices();
  void showKind();
  Kind kind() const;
  void setKind(Kind kind);

  const Setting m_setting;
  QComboBox* m_kind = nullptr;  // null for choices
  QStackedWidget* m_pages = nullptr;
  SettingEditor* m_low = nullptr;
  SettingEditor* m_high = nullptr;
  QLineEdit* m_list = nullptr;
  std::vector<QAbstractButton*> m_choices;  // each with its text as property "choice"
};

}  // namespace loom
