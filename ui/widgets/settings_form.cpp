#include "ui/widgets/settings_form.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <map>

#include "core/base/error.h"
#include "ui/widgets/setting_editors.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kHelpLines = 3;

QString keyTip(const Setting& setting) {
  return QObject::tr("<p>%1</p><p>Allowed: %2. Default: %3.<br>On the command line: --set %4=…</p>")
      .arg(QString::fromStdString(setting.help).toHtmlEscaped(), allowedText(setting).toHtmlEscaped(),
           valueText(setting.fallback).toHtmlEscaped(), QString::fromStdString(setting.name));
}

QString helpLine(const Setting& setting) {
  return QObject::tr("<b>%1</b> %2 <i>%3; default %4.</i>")
      .arg(QString::fromStdString(setting.title).toHtmlEscaped(), QString::fromStdString(setting.help).toHtmlEscaped(),
           allowedText(setting).toHtmlEscaped(), valueText(setting.fallback).toHtmlEscaped());
}

}  // namespace

struct SettingsForm::Impl {
  struct Row {
    QLabel* title = nullptr;
    SettingEditor* editor = nullptr;
    QToolButton* reset = nullptr;
  };

  SettingsSchema schema;
  std::map<std::string, Row> rows;
  std::map<const QObject*, std::string> rowOf;  // the widgets of each row
  QScrollArea* scroll = nullptr;
  QWidget* body = nullptr;
  QWidget* more = nullptr;
  QToolButton* expander = nullptr;
  QToolButton* resetAll = nullptr;
  QLabel* help = nullptr;
  bool showsAll = false;
  bool quiet = false;  // while many values are set at once

  void addRow(SettingsForm& form, QGridLayout& grid, const Setting& setting);
  void addBody(SettingsForm& form);
  void markRow(const std::string& name);
  void mark();
  void showAll();
};

SettingsForm::SettingsForm(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("settingsForm");
  m_impl->scroll = new QScrollArea(this);
  m_impl->scroll->setWidgetResizable(true);
  m_impl->scroll->setFrameShape(QFrame::NoFrame);
  m_impl->scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

  m_impl->expander = new QToolButton(this);
  m_impl->expander->setObjectName("settingsForm.all");
  m_impl->expander->setCheckable(true);
  m_impl->expander->setAutoRaise(true);
  m_impl->expander->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_impl->expander->setToolTip(tr("Show every setting of this preset"));
  connect(m_impl->expander, &QToolButton::toggled, this, &SettingsForm::setShowsAll);
  m_impl->resetAll = new QToolButton(this);
  m_impl->resetAll->setObjectName("settingsForm.resetAll");
  m_impl->resetAll->setAutoRaise(true);
  m_impl->resetAll->setToolTip(tr("Take every setting back to the preset's value"));
  connect(m_impl->resetAll, &QToolButton::clicked, this, &SettingsForm::resetAll);

  m_impl->help = new QLabel(this);
  m_impl->help->setObjectName("settingsForm.help");
  m_impl->help->setWordWrap(true);
  m_impl->help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_impl->help->setForegroundRole(QPalette::PlaceholderText);
  m_impl->help->setFixedHeight(kHelpLines * m_impl->help->fontMetrics().lineSpacing() + 2);

  auto* under = new QHBoxLayout;
  under->addWidget(m_impl->expander);
  under->addStretch(1);
  under->addWidget(m_impl->resetAll);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_impl->scroll, 1);
  layout->addLayout(under);
  layout->addWidget(m_impl->help);
  setSchema({});
}

SettingsForm::~SettingsForm() {
  silence(*this, *this);
}

void SettingsForm::Impl::addRow(SettingsForm& form, QGridLayout& grid, const Setting& setting) {
  Row row;
  row.editor = SettingEditor::create(setting, body);
  row.title = new QLabel(QString::fromStdString(setting.title), body);
  row.title->setBuddy(row.editor->control());
  row.reset = new QToolButton(body);
  row.reset->setObjectName(QString::fromStdString("reset." + setting.name));
  row.reset->setText(QString::fromUtf8("↺"));
  row.reset->setAutoRaise(true);
  row.reset->setToolTip(tr("Back to %1").arg(valueText(setting.fallback)));
  row.reset->setAccessibleName(
      tr("%1: back to %2").arg(QString::fromStdString(setting.title), valueText(setting.fallback)));
  QSizePolicy keepsPlace = row.reset->sizePolicy();
  keepsPlace.setRetainSizeWhenHidden(true);
  row.reset->setSizePolicy(keepsPlace);

  const std::string name = setting.name;
  const Json fallback = setting.fallback;
  for (QWidget* widget : {static_cast<QWidget*>(row.title), static_cast<QWidget*>(row.editor), row.editor->control()}) {
    widget->setToolTip(keyTip(setting));
    widget->installEventFilter(&form);
    rowOf[widget] = name;
  }
  row.editor->control()->setAccessibleDescription(QString::fromStdString(setting.help));
  QObject::connect(row.editor, &SettingEditor::changed, &form, [this, &form, name] {
    markRow(name);
    if (quiet) return;
    mark();
    Q_EMIT form.changed();
  });
  QObject::connect(row.reset, &QToolButton::clicked, row.editor, [editor = row.editor, fallback] {
    editor->setFocus();
    editor->setValue(fallback);
  });
  const int line = grid.rowCount();
  grid.addWidget(row.title, line, 0);
  grid.addWidget(row.editor, line, 1);
  grid.addWidget(row.reset, line, 2);
  rows.emplace(name, row);
}

void SettingsForm::Impl::addBody(SettingsForm& form) {
  const auto makeGrid = [](QWidget* owner) {
    auto* grid = new QGridLayout(owner);
    grid->setContentsMargins(0, 0, 4, 0);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);
    return grid;
  };
  body = new QWidget;
  auto* basic = new QWidget(body);
  more = new QWidget(body);
  QGridLayout* basicGrid = makeGrid(basic);
  QGridLayout* moreGrid = makeGrid(more);
  std::vector<std::string> groups;
  for (const Setting& setting : schema.settings()) {
    if (setting.basic) addRow(form, *basicGrid, setting);
    if (!setting.basic && std::ranges::find(groups, setting.group) == groups.end()) groups.push_back(setting.group);
  }
  for (const std::string& group : groups) {
    auto* heading = new QLabel("<b>" + QString::fromStdString(group).toHtmlEscaped() + "</b>", more);
    heading->setContentsMargins(0, 8, 0, 2);
    if (!group.empty()) moreGrid->addWidget(heading, moreGrid->rowCount(), 0, 1, 3);
    for (const Setting& setting : schema.settings()) {
      if (!setting.basic && setting.group == group) addRow(form, *moreGrid, setting);
    }
  }
  auto* layout = new QVBoxLayout(body);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(basic);
  layout->addWidget(more);
  layout->addStretch(1);
  scroll->setWidget(body);
}

void SettingsForm::Impl::markRow(const std::string& name) {
  const Row& row = rows.at(name);
  const bool differs = row.editor->value() != schema.find(name)->fallback;
  QFont font = row.title->font();
  font.setBold(differs);
  row.title->setFont(font);
  row.reset->setVisible(differs);
}

void SettingsForm::Impl::mark() {
  std::size_t changedCount = 0;
  for (const auto& [name, row] : rows) {
    if (row.editor->value() != schema.find(name)->fallback) ++changedCount;
  }
  resetAll->setVisible(changedCount > 0);
  resetAll->setText(tr("%1 changed: reset").arg(changedCount));
}

void SettingsForm::Impl::showAll() {
  std::size_t hidden = 0;
  for (const Setting& setting : schema.settings()) hidden += setting.basic ? 0 : 1;
  more->setVisible(showsAll && hidden > 0);
  expander->setVisible(hidden > 0);
  expander->setChecked(showsAll);
  expander->setArrowType(showsAll ? Qt::DownArrow : Qt::RightArrow);
  expander->setText(showsAll ? tr("Fewer settings") : tr("All settings (%1 more)").arg(hidden));
}

void SettingsForm::setSchema(const SettingsSchema& schema) {
  const Json kept = changes();
  if (const std::unique_ptr<QWidget> old(m_impl->scroll->takeWidget()); old) silence(*old, *this);
  m_impl->rows.clear();
  m_impl->rowOf.clear();
  m_impl->schema = schema;
  m_impl->quiet = true;
  m_impl->addBody(*this);
  for (const auto& [name, value] : kept.items()) {
    if (schema.find(name) == nullptr) continue;
    try {
      schema.check(name, value);
      m_impl->rows.at(name).editor->setValue(value);
    } catch (const Error&) {  // this preset does not allow it: its own default stands
    }
  }
  for (const auto& [name, row] : m_impl->rows) m_impl->markRow(name);
  m_impl->quiet = false;
  m_impl->help->setText(schema.settings().empty() ? QString() : tr("Point at a setting to read what it does."));
  m_impl->showAll();
  m_impl->mark();
  Q_EMIT changed();
}

Json SettingsForm::values() const {
  Json values = Json::object();
  for (const auto& [name, row] : m_impl->rows) values[name] = row.editor->value();
  return values;
}

Json SettingsForm::changes() const {
  Json changes = Json::object();
  for (const auto& [name, row] : m_impl->rows) {
    if (row.editor->value() != m_impl->schema.find(name)->fallback) changes[name] = row.editor->value();
  }
  return changes;
}

void SettingsForm::setValues(const Json& overrides) {
  const Json values = m_impl->schema.complete(overrides);
  m_impl->quiet = true;
  for (const auto& [name, row] : m_impl->rows) row.editor->setValue(values.at(name));
  m_impl->quiet = false;
  m_impl->mark();
  Q_EMIT changed();
}

void SettingsForm::resetAll() {
  setValues(Json::object());
}

bool SettingsForm::showsAll() const {
  return m_impl->showsAll;
}

void SettingsForm::setShowsAll(bool all) {
  m_impl->showsAll = all;
  m_impl->showAll();
}

bool SettingsForm::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn) {
    const auto found = m_impl->rowOf.find(watched);
    if (found != m_impl->rowOf.end()) m_impl->help->setText(helpLine(*m_impl->schema.find(found->second)));
  }
  if (event->type() == QEvent::FocusIn) {
    if (auto* widget = qobject_cast<QWidget*>(watched)) m_impl->scroll->ensureWidgetVisible(widget, 0, 20);
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace loom
