#include "ui/widgets/labels_panel.h"

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <span>

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr std::size_t kMostTags = 60;  // shown; a set with more is searched, not read

struct FieldRow {
  QLineEdit* edit = nullptr;
  QStringListModel* known = nullptr;
  QString shown = {};  ///< what setSummary put there
};

QStringList usualLicences() {
  return {"CC0-1.0", "CC-BY-3.0", "CC-BY-4.0",  "CC-BY-SA-3.0", "CC-BY-SA-4.0",
          "GPL-2.0", "GPL-3.0",   "OGA-BY-3.0", "MIT",          "All rights reserved"};
}

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

}  // namespace

struct LabelsPanel::Impl {
  QLabel* title = nullptr;
  QWidget* form = nullptr;
  std::map<SpriteField, FieldRow> rows;
  QLineEdit* newTags = nullptr;
  QWidget* tags = nullptr;
  LabelSummary summary;
};

LabelsPanel::LabelsPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("labelsPanel");
  build();
  setSummary({});
}

LabelsPanel::~LabelsPanel() {
  silence(*this, *this);
}

const std::vector<SpriteId>& LabelsPanel::sprites() const {
  return m_impl->summary.sprites;
}

void LabelsPanel::build() {
  m_impl->title = new QLabel;
  m_impl->title->setObjectName("labelsTitle");
  m_impl->title->setWordWrap(true);
  m_impl->form = new QWidget;
  auto* form = new QVBoxLayout(m_impl->form);
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(4);
  buildField(SpriteField::kCharacter, tr("Character"), "labelCharacter", tr("Sprites of one name are one character"));
  buildField(SpriteField::kView, tr("View"), "labelView",
             tr("back, left, front, right, or your own word; any: not known"));
  buildField(SpriteField::kAnimation, tr("Animation"), "labelAnimation", tr("walk, slash, …; empty for a still"));
  buildField(SpriteField::kAuthor, tr("Author"), "labelAuthor", tr("Goes into the credits"));
  buildField(SpriteField::kLicence, tr("Licence"), "labelLicence", tr("Goes into the credits"));
  buildField(SpriteField::kSource, tr("Source"), "labelSource", tr("The file or page the sprite came from"));

  m_impl->newTags = new QLineEdit;
  m_impl->newTags->setObjectName("labelNewTags");
  m_impl->newTags->setPlaceholderText(tr("Add tags, then Enter"));
  m_impl->newTags->setAccessibleName(tr("New tags"));
  connect(m_impl->newTags, &QLineEdit::returnPressed, this, [this] {
    const QString text = m_impl->newTags->text().simplified();
    m_impl->newTags->clear();
    if (!text.isEmpty()) Q_EMIT tagsAdded(text);
  });
  m_impl->tags = new QWidget;
  m_impl->tags->setObjectName("labelTags");
  new FlowLayout(m_impl->tags, 4);
  form->addWidget(heading(tr("Tags")));
  form->addWidget(m_impl->newTags);
  form->addWidget(m_impl->tags);

  auto* credits = new QPushButton(tr("Write credits…"));
  credits->setObjectName("creditsButton");
  credits->setToolTip(tr("Writes a file with the authors, licences and sources of all sprites"));
  connect(credits, &QPushButton::clicked, this, &LabelsPanel::creditsRequested);

  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(12, 12, 12, 12);
  layout->addWidget(m_impl->title);
  layout->addWidget(m_impl->form);
  layout->addSpacing(8);
  layout->addWidget(credits, 0, Qt::AlignLeft);
  layout->addStretch();
  auto* area = new QScrollArea;
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(area);
}

void LabelsPanel::buildField(SpriteField field, const QString& title, const QString& name, const QString& tip) {
  FieldRow& row = m_impl->rows[field];
  row.edit = new QLineEdit;
  row.edit->setObjectName(name);
  row.edit->setToolTip(tip);
  row.edit->setAccessibleName(title);
  row.known = new QStringListModel(row.edit);
  auto* completer = new QCompleter(row.known, row.edit);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  completer->setFilterMode(Qt::MatchContains);
  row.edit->setCompleter(completer);
  m_impl->form->layout()->addWidget(heading(title));
  m_impl->form->layout()->addWidget(row.edit);
  connect(row.edit, &QLineEdit::editingFinished, this, [this, field] { finishEdit(field); });
}

void LabelsPanel::finishEdit(SpriteField field) {
  FieldRow& row = m_impl->rows[field];
  const QString text = row.edit->text().trimmed();
  if (!row.edit->isModified() || text == row.shown) return;
  row.edit->setModified(false);
  const bool needed = field == SpriteField::kCharacter || field == SpriteField::kView;
  if (text.isEmpty() && needed) return row.edit->setText(row.shown);
  row.shown = text;
  Q_EMIT fieldEdited(field, text);
}

void LabelsPanel::setKnown(SpriteField field, QStringList values) {
  if (field == SpriteField::kLicence) values += usualLicences();
  if (field == SpriteField::kView) values += {"back", "left", "front", "right", "any"};
  values.removeDuplicates();
  QStringListModel& model = *m_impl->rows[field].known;
  if (model.stringList() != values) model.setStringList(values);
}

void LabelsPanel::setSummary(const LabelSummary& summary) {
  const bool same = summary.sprites == m_impl->summary.sprites;
  m_impl->summary = summary;
  const std::size_t count = summary.sprites.size();
  m_impl->form->setEnabled(count > 0);
  const auto character = summary.common.find(SpriteField::kCharacter);
  const bool named = character != summary.common.end();
  m_impl->title->setText(count == 0 ? tr("Select sprites to say whose they are and what they show.")
                         : count == 1 && named
                             ? QString::fromStdString(character->second)
                             : tr("%1 sprites, changed together").arg(QLocale().toString(qint64(count))));
  for (auto& [field, row] : m_impl->rows) {
    setKnown(field, summary.known.contains(field) ? summary.known.at(field) : QStringList());
    if (same && row.edit->hasFocus() && row.edit->isModified()) continue;
    const auto common = summary.common.find(field);
    const bool alike = count == 0 || common != summary.common.end();
    row.shown = common != summary.common.end() ? QString::fromStdString(common->second) : QString();
    row.edit->setText(row.shown);
    row.edit->setCursorPosition(0);
    row.edit->setModified(false);
    row.edit->setPlaceholderText(alike ? QString() : tr("(several)"));
  }
  showTags();
}

void LabelsPanel::showTags() {
  while (QLayoutItem* item = m_impl->tags->layout()->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  const auto& tags = m_impl->summary.tags;
  for (const auto& [word, count] : std::span(tags).first(std::min(tags.size(), kMostTags))) {
    const QString tag = QString::fromStdString(word);
    auto* button = new QToolButton;
    const bool all = count == static_cast<int>(m_impl->summary.sprites.size());
    button->setText(all ? tr("%1 ×").arg(tag) : tr("%1 (%2) ×").arg(tag, QLocale().toString(count)));
    button->setToolTip(tr("Takes the tag “%1” off the selected sprites").arg(tag));
    button->setAccessibleName(button->toolTip());
    button->setProperty("tag", tag);
    connect(button, &QToolButton::clicked, this, [this, tag] { Q_EMIT tagsRemoved(tag); });
    m_impl->tags->layout()->addWidget(button);
  }
}

}  // namespace loom
