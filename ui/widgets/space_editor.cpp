#include "ui/widgets/space_editor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/space_row.h"

namespace loom {

struct SpaceEditor::Impl {
  Preset preset;
  std::vector<SpaceRow*> rows;  // in the order in which they were added
  QVBoxLayout* list = nullptr;
  QComboBox* add = nullptr;
  QToolButton* readyMade = nullptr;

  SpaceRow* addRow(SpaceEditor& editor, const Setting& setting);
  void removeRow(SpaceEditor& editor, SpaceRow* row);
  void clear();
  void offer();
};

SpaceEditor::SpaceEditor(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("spaceEditor");
  auto* body = new QWidget;
  m_impl->list = new QVBoxLayout;
  m_impl->list->setContentsMargins(0, 0, 6, 0);
  m_impl->list->setSpacing(2);
  auto* bodyLayout = new QVBoxLayout(body);
  bodyLayout->setContentsMargins(0, 0, 0, 0);
  bodyLayout->addLayout(m_impl->list);
  bodyLayout->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(body);

  m_impl->add = new QComboBox(this);
  m_impl->add->setObjectName("spaceEditor.add");
  m_impl->add->setAccessibleName(tr("Search another setting"));
  m_impl->add->setToolTip(tr("Search another setting as well"));
  connect(m_impl->add, &QComboBox::activated, this, [this](int index) {
    const QString name = m_impl->add->itemData(index).toString();
    if (!name.isEmpty()) addSetting(name.toStdString());
  });
  m_impl->readyMade = new QToolButton(this);
  m_impl->readyMade->setObjectName("spaceEditor.readyMade");
  m_impl->readyMade->setText(tr("Ready-made"));
  connect(m_impl->readyMade, &QToolButton::clicked, this, [this] { setSpace(readyMadeSpace(m_impl->preset)); });
  auto* under = new QHBoxLayout;
  under->addWidget(m_impl->add, 1);
  under->addWidget(m_impl->readyMade);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll, 1);
  layout->addLayout(under);
}

SpaceEditor::~SpaceEditor() {
  silence(*this, *this);
}

SpaceRow* SpaceEditor::Impl::addRow(SpaceEditor& editor, const Setting& setting) {
  auto* row = new SpaceRow(setting);
  QObject::connect(row, &SpaceRow::changed, &editor, &SpaceEditor::changed);
  QObject::connect(row, &SpaceRow::removed, &editor, [this, &editor, row] { removeRow(editor, row); });
  list->addWidget(row);
  rows.push_back(row);
  return row;
}

void SpaceEditor::Impl::removeRow(SpaceEditor& editor, SpaceRow* row) {
  std::erase(rows, row);
  list->removeWidget(row);
  row->hide();
  row->deleteLater();  // its own button said so
  offer();
  Q_EMIT editor.changed();
}

void SpaceEditor::Impl::clear() {
  for (SpaceRow* row : rows) delete row;
  rows.clear();
}

/// Lists the settings that are not searched yet.
void SpaceEditor::Impl::offer() {
  add->clear();
  add->addItem(SpaceEditor::tr("Search another setting…"));
  for (const Setting& setting : preset.schema.settings()) {
    if (std::ranges::find(rows, setting.name, &SpaceRow::setting) != rows.end()) continue;
    add->addItem(QString::fromStdString(setting.title), QString::fromStdString(setting.name));
    add->setItemData(add->count() - 1, QString::fromStdString(setting.help), Qt::ToolTipRole);
  }
}

void SpaceEditor::setPreset(const Preset& preset) {
  m_impl->preset = preset;
  m_impl->readyMade->setToolTip(
      tr("Back to the search that comes with this preset: %1").arg(QString::fromStdString(preset.search.title)));
  setSpace(readyMadeSpace(preset));
}

void SpaceEditor::setSpace(const SearchSpace& space) {
  m_impl->clear();
  for (const SearchRange& range : space.ranges()) {
    if (const Setting* setting = m_impl->preset.schema.find(range.setting)) {
      m_impl->addRow(*this, *setting)->setRange(range);
    }
  }
  m_impl->offer();
  Q_EMIT changed();
}

void SpaceEditor::addSetting(const std::string& name) {
  const Setting* setting = m_impl->preset.schema.find(name);
  if (setting == nullptr) return;
  m_impl->addRow(*this, *setting)->show();
  m_impl->offer();
  Q_EMIT changed();
}

SearchSpace SpaceEditor::space() const {
  Json ranges = Json::object();
  for (const SpaceRow* row : m_impl->rows) ranges[row->setting()] = row->text();
  return {m_impl->preset.schema, ranges};
}

QString SpaceEditor::trouble() const {
  if (m_impl->rows.empty()) return tr("Choose at least one setting to search.");
  try {
    space();
    return {};
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace loom
