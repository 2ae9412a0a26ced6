#include "ui/widgets/setting_editors.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kRealDecimals = 15;  // what QDoubleSpinBox rounds to
constexpr double kLargestReal = 1e12;

/// A wheel that scrolls the form must not change a number it passes over.
class WheelNeedsFocus : public QObject {
 public:
  explicit WheelNeedsFocus(QWidget* control) : QObject(control) {
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(this);
  }
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
    event->ignore();
    return true;
  }
};

QHBoxLayout* rowOf(QWidget* editor) {
  auto* row = new QHBoxLayout(editor);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  return row;
}

QString suffixOf(const Setting& setting) {
  return setting.unit.empty() ? QString() : " " + QString::fromStdString(setting.unit);
}

class IntegerEditor : public SettingEditor {
 public:
  IntegerEditor(const Setting& setting, QWidget* parent) : SettingEditor(parent), m_box(new QSpinBox(this)) {
    constexpr double kLargest = std::numeric_limits<int>::max();
    m_box->setLocale(QLocale::c());
    m_box->setRange(static_cast<int>(std::max(setting.minimum.value_or(-kLargest), -kLargest)),
                    static_cast<int>(std::min(setting.maximum.value_or(kLargest), kLargest)));
    m_multiple = static_cast<int>(setting.multipleOf.value_or(1));
    m_box->setSingleStep(m_multiple);
    m_box->setSuffix(suffixOf(setting));
    new WheelNeedsFocus(m_box);
    rowOf(this)->addWidget(m_box, 1);
    connect(m_box, &QSpinBox::valueChanged, this, &SettingEditor::changed);
    connect(m_box, &QSpinBox::editingFinished, this, [this] { m_box->setValue(fitted(m_box->value())); });
  }
  ~IntegerEditor() override { silence(*this, *this); }
  Json value() const override { return fitted(m_box->value()); }
  void setValue(const Json& value) override { m_box->setValue(value.get<int>()); }
  QWidget* control() override { return m_box; }

 private:
  /// The nearest number that is a multiple and in range.
  int fitted(int number) const {
    if (m_multiple <= 1) return number;
    const auto multiple = static_cast<double>(m_multiple);
    const double lowest = std::ceil(m_box->minimum() / multiple);
    const double highest = std::floor(m_box->maximum() / multiple);
    return static_cast<int>(std::clamp(std::round(number / multiple), lowest, highest) * multiple);
  }
  QSpinBox* m_box;
  int m_multiple = 1;
};

class RealEditor : public SettingEditor {
 public:
  RealEditor(const Setting& setting, QWidget* parent) : SettingEditor(parent), m_box(new RealSpinBox(this)) {
    m_box->setRange(setting.minimum.value_or(-kLargestReal), setting.maximum.value_or(kLargestReal));
    m_box->setSuffix(suffixOf(setting));
    new WheelNeedsFocus(m_box);
    rowOf(this)->addWidget(m_box, 1);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, &SettingEditor::changed);
  }
  Json value() const override { return m_box->value(); }
  void setValue(const Json& value) override { m_box->setValue(value.get<double>()); }
  QWidget* control() override { return m_box; }

 private:
  RealSpinBox* m_box;
};

class BooleanEditor : public SettingEditor {
 public:
  explicit BooleanEditor(QWidget* parent) : SettingEditor(parent), m_box(new QCheckBox(this)) {
    rowOf(this)->addWidget(m_box, 1);
    connect(m_box, &QCheckBox::toggled, this, &SettingEditor::changed);
  }
  Json value() const override { return m_box->isChecked(); }
  void setValue(const Json& value) override { m_box->setChecked(value.get<bool>()); }
  QWidget* control() override { return m_box; }

 private:
  QCheckBox* m_box;
};

class ChoiceEditor : public SettingEditor {
 public:
  ChoiceEditor(const Setting& setting, QWidget* parent) : SettingEditor(parent), m_box(new QComboBox(this)) {
    for (const std::string& choice : setting.choices) {
      const QString word = QString::fromStdString(choice);
      m_box->addItem(QString(word).replace('_', ' '), word);
    }
    new WheelNeedsFocus(m_box);
    rowOf(this)->addWidget(m_box, 1);
    connect(m_box, &QComboBox::currentIndexChanged, this, &SettingEditor::changed);
  }
  Json value() const override { return m_box->currentData().toString().toStdString(); }
  void setValue(const Json& value) override {
    m_box->setCurrentIndex(m_box->findData(QString::fromStdString(value.get<std::string>())));
  }
  QWidget* control() override { return m_box; }

 private:
  QComboBox* m_box;
};

class ColourEditor : public SettingEditor {
 public:
  ColourEditor(const Setting& setting, QWidget* parent)
      : SettingEditor(parent), m_text(new QLineEdit(this)), m_swatch(new QToolButton(this)) {
    m_text->setValidator(new QRegularExpressionValidator(QRegularExpression("#[0-9a-fA-F]{6}"), m_text));
    m_text->setMaxLength(7);
    m_swatch->setAccessibleName(tr("Choose %1").arg(QString::fromStdString(setting.title)));
    m_swatch->setToolTip(tr("Choose a colour"));
    QHBoxLayout* row = rowOf(this);
    row->addWidget(m_text, 1);
    row->addWidget(m_swatch);
    connect(m_text, &QLineEdit::textChanged, this, [this] {
      if (!m_text->hasAcceptableInput()) return;
      m_colour = m_text->text().toLower();
      showSwatch();
      Q_EMIT changed();
    });
    connect(m_text, &QLineEdit::editingFinished, this, [this] { m_text->setText(m_colour); });
    connect(m_swatch, &QToolButton::clicked, this, [this] { choose(); });
  }
  ~ColourEditor() override { silence(*this, *this); }
  Json value() const override { return m_colour.toStdString(); }
  void setValue(const Json& value) override {
    m_text->setText(QString::fromStdString(value.get<std::string>()).toLower());
  }
  QWidget* control() override { return m_text; }

 private:
  void showSwatch() {
    QPixmap pixmap(16, 16);
    pixmap.fill(QColor(m_colour));
    m_swatch->setIcon(QIcon(pixmap));
  }
  void choose() {
    auto* dialog = new QColorDialog(QColor(m_colour), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QColorDialog::colorSelected, this,
            [this](const QColor& colour) { m_text->setText(colour.name()); });
    dialog->open();
  }
  QLineEdit* m_text;
  QToolButton* m_swatch;
  QString m_colour = "#000000";
};

}  // namespace

RealSpinBox::RealSpinBox(QWidget* parent) : QDoubleSpinBox(parent) {
  setLocale(QLocale::c());
  setDecimals(kRealDecimals);
  setRange(-kLargestReal, kLargestReal);
}

QString RealSpinBox::text(double value) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size >= .01 && size < 1e6) return QString::number(value, 'g', 10);
  // The shortest mantissa that gives this very number: 2e-4, not 2.00000e-04.
  int precision = 0;
  QString shown = QString::number(value, 'e', precision);
  while (precision < 12 && shown.toDouble() != value) shown = QString::number(value, 'e', ++precision);
  static const QRegularExpression exponent("e([+-])0*(\\d)");
  return shown.replace(exponent, "e\\1\\2").replace("e+", "e");
}

QString RealSpinBox::textFromValue(double value) const {
  return text(value);
}

double RealSpinBox::valueFromText(const QString& text) const {
  QString bare = text;
  if (!suffix().isEmpty() && bare.endsWith(suffix())) bare.chop(suffix().size());
  return bare.trimmed().replace(',', '.').toDouble();
}

QValidator::State RealSpinBox::validate(QString& text, int& /*position*/) const {
  QString bare = text;
  if (!suffix().isEmpty() && bare.endsWith(suffix())) bare.chop(suffix().size());
  bare = bare.trimmed().replace(',', '.');
  bool isNumber = false;
  const double number = bare.toDouble(&isNumber);
  if (isNumber && std::isfinite(number)) {
    return number >= minimum() && number <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
  }
  static const QRegularExpression unfinished("[+-]?\\d*\\.?\\d*([eE][+-]?\\d*)?");
  return QRegularExpression(QRegularExpression::anchoredPattern(unfinished.pattern())).match(bare).hasMatch()
             ? QValidator::Intermediate
             : QValidator::Invalid;
}

void RealSpinBox::stepBy(int steps) {
  double now = value();
  for (int i = 0; i < std::abs(steps); ++i) {
    if (now == 0) {
      now = steps > 0 ? .01 : -.01;
      continue;
    }
    const bool outwards = (steps > 0) == (now > 0);
    // Inwards from a power of ten the digit below is the leading one: 1e-3 goes to 9e-4.
    const double size = std::abs(now) * (outwards ? 1 + 1e-9 : 1 - 1e-9);
    const double digit = std::pow(10., std::floor(std::log10(size)));
    now = std::round(now / digit + (steps > 0 ? 1 : -1)) * digit;
    now = QString::number(now, 'g', 12).toDouble();
  }
  setValue(std::clamp(now, minimum(), maximum()));
  selectAll();
}

SettingEditor* SettingEditor::create(const Setting& setting, QWidget* parent) {
  SettingEditor* editor = nullptr;
  switch (setting.type) {
    case SettingType::kInteger:
      editor = new IntegerEditor(setting, parent);
      break;
    case SettingType::kReal:
      editor = new RealEditor(setting, parent);
      break;
    case SettingType::kBoolean:
      editor = new BooleanEditor(parent);
      break;
    case SettingType::kChoice:
      editor = new ChoiceEditor(setting, parent);
      break;
    case SettingType::kColour:
      editor = new ColourEditor(setting, parent);
      break;
  }
  editor->control()->setObjectName(QString::fromStdString("setting." + setting.name));
  editor->control()->setAccessibleName(QString::fromStdString(setting.title));
  editor->setFocusProxy(editor->control());
  editor->setValue(setting.fallback);
  return editor;
}

QString valueText(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? QObject::tr("on") : QObject::tr("off");
  if (value.is_number_integer()) return QString::number(value.get<qlonglong>());
  if (value.is_number()) return RealSpinBox::text(value.get<double>());
  return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString::fromStdString(value.dump());
}

QString allowedText(const Setting& setting) {
  switch (setting.type) {
    case SettingType::kBoolean:
      return QObject::tr("on or off");
    case SettingType::kColour:
      return "#rrggbb";
    case SettingType::kChoice: {
      QStringList words;
      for (const std::string& choice : setting.choices) words += QString::fromStdString(choice).replace('_', ' ');
      return words.join(", ");
    }
    case SettingType::kInteger:
    case SettingType::kReal:
      break;
  }
  QString text = QObject::tr("any number");
  if (setting.minimum && setting.maximum) {
    text = QObject::tr("%1 to %2").arg(RealSpinBox::text(*setting.minimum), RealSpinBox::text(*setting.maximum));
  } else if (setting.minimum) {
    text = QObject::tr("%1 or more").arg(RealSpinBox::text(*setting.minimum));
  } else if (setting.maximum) {
    text = QObject::tr("%1 or less").arg(RealSpinBox::text(*setting.maximum));
  }
  if (setting.multipleOf) text += QObject::tr(", in steps of %1").arg(RealSpinBox::text(*setting.multipleOf));
  return text;
}

}  // namespace loom
