#include "ui/widgets/space_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/setting_editors.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr double kUsualFactor = 4;  // a default of 1e-4 is searched from 2.5e-5 to 4e-4

bool isNumber(const Setting& setting) {
  return setting.type == SettingType::kInteger || setting.type == SettingType::kReal;
}

QString wordOf(const Json& value) {
  return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString::fromStdString(value.dump());
}

Json fitted(const Setting& setting, double value) {
  if (setting.minimum) value = std::max(value, *setting.minimum);
  if (setting.maximum) value = std::min(value, *setting.maximum);
  const double step = setting.multipleOf.value_or(setting.type == SettingType::kInteger ? 1 : 0);
  if (step > 0) value = std::round(value / step) * step;
  if (setting.type == SettingType::kInteger) return static_cast<std::int64_t>(std::llround(value));
  return QString::number(value, 'g', 2).toDouble();
}

}  // namespace

SpaceRow::SpaceRow(const Setting& setting, QWidget* parent) : QWidget(parent), m_setting(setting) {
  const QString name = QString::fromStdString(setting.name);
  setObjectName("space." + name);
  auto* title = new QLabel("<b>" + QString::fromStdString(setting.title).toHtmlEscaped() + "</b>", this);
  setToolTip(QString("<p>%1</p><p>%2</p>")
                 .arg(QString::fromStdString(setting.help).toHtmlEscaped(),
                      tr("Allowed: %1. Default: %2.").arg(allowedText(setting), valueText(setting.fallback))));
  auto* remove = new QToolButton(this);
  remove->setObjectName("space." + name + ".remove");
  remove->setText(QString::fromUtf8("×"));
  remove->setAutoRaise(true);
  remove->setToolTip(tr("Do not search this setting"));
  remove->setAccessibleName(tr("Do not search %1").arg(QString::fromStdString(setting.title)));
  connect(remove, &QToolButton::clicked, this, &SpaceRow::removed);
  auto* head = new QHBoxLayout;
  head->addWidget(title, 1);
  QWidget* body = isNumber(setting) ? buildNumbers() : buildChoices();
  if (m_kind != nullptr) head->addWidget(m_kind);
  head->addWidget(remove);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 2, 0, 4);
  layout->setSpacing(2);
  layout->addLayout(head);
  layout->addWidget(body);
  setUsualRange();
}

SpaceRow::~SpaceRow() {
  silence(*this, *this);
}

QWidget* SpaceRow::buildNumbers() {
  const QString name = "space." + QString::fromStdString(m_setting.name);
  const QString title = QString::fromStdString(m_setting.title);
  m_kind = new QComboBox(this);
  m_kind->addItems({tr("range"), tr("log range"), tr("list")});
  m_kind->setObjectName(name + ".kind");
  m_kind->setAccessibleName(tr("%1: how to search").arg(title));
  m_kind->setToolTip(
      tr("Range: any value between two. Log range: the same, as many between 0.001 and 0.01 as between "
         "0.01 and 0.1. List: one of the values you name."));
  m_low = SettingEditor::create(m_setting, this);
  m_high = SettingEditor::create(m_setting, this);
  m_low->control()->setObjectName(name + ".low");
  m_high->control()->setObjectName(name + ".high");
  m_low->control()->setAccessibleName(tr("%1: lowest").arg(title));
  m_high->control()->setAccessibleName(tr("%1: highest").arg(title));
  m_list = new QLineEdit(this);
  m_list->setObjectName(name + ".list");
  m_list->setAccessibleName(tr("%1: values").arg(title));
  m_list->setPlaceholderText(tr("values, with commas between them: 32, 64, 128"));
  auto* ends = new QWidget(this);
  auto* row = new QHBoxLayout(ends);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_low, 1);
  row->addWidget(new QLabel(tr("to"), ends));
  row->addWidget(m_high, 1);
  m_pages = new QStackedWidget(this);
  m_pages->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_pages->addWidget(ends);
  m_pages->addWidget(m_list);
  connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { showKind(); });
  for (SettingEditor* editor : {m_low, m_high}) connect(editor, &SettingEditor::changed, this, &SpaceRow::changed);
  connect(m_list, &QLineEdit::textChanged, this, &SpaceRow::changed);
  return m_pages;
}

QWidget* SpaceRow::buildChoices() {
  auto* body = new QWidget(this);
  auto* row = new FlowLayout(body, 8);
  std::vector<std::string> words = m_setting.choices;
  if (m_setting.type == SettingType::kBoolean) words = {"false", "true"};
  for (const std::string& word : words) {
    const QString text = QString::fromStdString(word);
    const bool isSwitch = m_setting.type == SettingType::kBoolean;
    auto* box =
        new QCheckBox(isSwitch ? (word == "true" ? tr("on") : tr("off")) : QString(text).replace('_', ' '), body);
    box->setObjectName("space." + QString::fromStdString(m_setting.name) + "." + text);
    box->setProperty("choice", text);
    connect(box, &QCheckBox::toggled, this, &SpaceRow::changed);
    row->addWidget(box);
    m_choices.push_back(box);
  }
  if (!m_choices.empty()) return body;
  m_list = new QLineEdit(this);  // a colour: named one by one
  m_list->setObjectName("space." + QString::fromStdString(m_setting.name) + ".list");
  m_list->setAccessibleName(tr("%1: values").arg(QString::fromStdString(m_setting.title)));
  m_list->setPlaceholderText("#ffffff, #203040");
  connect(m_list, &QLineEdit::textChanged, this, &SpaceRow::changed);
  delete body;
  return m_list;
}

SpaceRow::Kind SpaceRow::kind() const {
  return m_kind == nullptr ? kList : static_cast<Kind>(m_kind->currentIndex());
}

void SpaceRow::setKind(Kind kind) {
  if (m_kind != nullptr) m_kind->setCurrentIndex(kind);
}

void SpaceRow::showKind() {
  m_pages->setCurrentIndex(kind() == kList ? 1 : 0);
  Q_EMIT changed();
}

void SpaceRow::setRange(const SearchRange& range) {
  if (range.kind != SearchRange::Kind::kChoices) {
    setKind(range.kind == SearchRange::Kind::kLogarithmic ? kLogarithmic : kRange);
    const bool whole = m_setting.type == SettingType::kInteger;
    m_low->setValue(whole ? Json(std::llround(range.low)) : Json(range.low));
    m_high->setValue(whole ? Json(std::llround(range.high)) : Json(range.high));
    return;
  }
  setKind(kList);
  QStringList words;
  for (const Json& choice : range.choices) words += wordOf(choice);
  for (QAbstractButton* box : m_choices) box->setChecked(words.contains(box->property("choice").toString()));
  if (m_list != nullptr) m_list->setText(words.join(", "));
}

void SpaceRow::setUsualRange() {
  for (QAbstractButton* box : m_choices) box->setChecked(true);
  if (m_low == nullptr) {
    if (m_list != nullptr) m_list->setText(wordOf(m_setting.fallback));
    return;
  }
  const double middle = m_setting.fallback.get<double>();
  const bool around = middle > 0;
  const bool share = m_setting.maximum && *m_setting.maximum <= 1;
  setKind(around && !share ? kLogarithmic : kRange);
  m_low->setValue(fitted(m_setting, around ? middle / kUsualFactor : 0));
  m_high->setValue(fitted(m_setting, around ? middle * kUsualFactor : m_setting.maximum.value_or(1)));
  m_list->setText(wordOf(m_setting.fallback));
}

std::string SpaceRow::text() const {
  if (kind() != kList) {
    const QString low = RealSpinBox::text(m_low->value().get<double>());
    const QString high = RealSpinBox::text(m_high->value().get<double>());
    return (low + ".." + high + (kind() == kLogarithmic ? ":log" : "")).toStdString();
  }
  QStringList words;
  for (const QAbstractButton* box : m_choices) {
    if (box->isChecked()) words += box->property("choice").toString();
  }
  if (m_list != nullptr) {
    for (const QString& word : m_list->text().split(',', Qt::SkipEmptyParts)) words += word.trimmed();
  }
  return words.join('|').toStdString();
}

}  // namespace loom
