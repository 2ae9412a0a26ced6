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
#include <vector>

#include "ui/widgets/flow_layout.h"

namespace loom {
namespace {

constexpr std::size_t kMostTags = 60;  // shown; a set with more is searched, not read

struct FieldRow {
  SpriteField field;
  QLineEdit* edit;
  QString shown;  ///< what setSprites put there
};

QStringList usualLicences() {
  return {"CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "GPL-2.0",
          "GPL-3.0", "OGA-BY-3.0", "MIT",      "All rights reserved"};
}

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setForegroundRole(QPalette::PlaceholderText);
  return label;
}

std::string valueOf(const SpriteInfo& sprite, SpriteField field) {
  switch (field) {
    case SpriteField::kCharacter:
      return sprite.character;
    case SpriteField::kView:
      return sprite.view;
    case SpriteField::kSource:
      return sprite.source;
    case SpriteField::kLicence:
      return sprite.licence;
    case SpriteField::kAuthor:
      return sprite.author;
    case SpriteField::kAnimation:
      return sprite.animation;
    case SpriteField::kTags:
      break;
  }
  return sprite.tags;
}

}  // namespace

struct LabelsPanel::Impl {
  QLabel* title = nullptr;
  QWidget* form = nullptr;
  std::vector<FieldRow> rows;
  QLineEdit* newTags = nullptr;
  QWidget* tags = nullptr;
  std::vector<SpriteId> ids;
  std::map<QString, int> tagCounts;
  std::map<SpriteField, QStringListModel*> known;
};

LabelsPanel::LabelsPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("labelsPanel");
  build();
  setSprites({});
}

LabelsPanel::~LabelsPanel() = default;

void LabelsPanel::build() {
  m_impl->title = new QLabel;
  m_impl->title->setObjectName("labelsTitle");
  m_impl->title->setWordWrap(true);
  m_impl->form = new QWidget;
  auto* form = new QVBoxLayout(m_impl->form);
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(4);
  const auto row = [&](SpriteField field, const QString& title, const QString& name, const QString& tip) {
    auto* edit = new QLineEdit;
    edit->setObjectName(name);
    edit->setToolTip(tip);
    edit->setAccessibleName(title);
    auto* model = new QStringListModel(edit);
    auto* completer = new QCompleter(model, edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    edit->setCompleter(completer);
    m_impl->known[field] = model;
    form->addWidget(heading(title));
    form->addWidget(edit);
    m_impl->rows.push_back({field, edit, {}});
    connect(edit, &QLineEdit::editingFinished, this, [this, index = m_impl->rows.size() - 1] {
      FieldRow& edited = m_impl->rows[index];
      if (!edited.edit->isModified() || edited.edit->text() == edited.shown) return;
      edited.edit->setModified(false);
      edited.shown = edited.edit->text();
      Q_EMIT fieldEdited(edited.field, edited.shown.trimmed());
    });
  };
  row(SpriteField::kCharacter, tr("Character"), "labelCharacter", tr("Sprites of one name are one character"));
  row(SpriteField::kView, tr("View"), "labelView", tr("back, left, front, right, or your own word; any: not known"));
  row(SpriteField::kAnimation, tr("Animation"), "labelAnimation", tr("walk, slash, …; empty for a still"));
  row(SpriteField::kAuthor, tr("Author"), "labelAuthor", tr("Goes into the credits"));
  row(SpriteField::kLicence, tr("Licence"), "labelLicence", tr("Goes into the credits"));
  row(SpriteField::kSource, tr("Source"), "labelSource", tr("The file or page the sprite came from"));
  setKnown(SpriteField::kLicence, {});
  setKnown(SpriteField::kView, {});

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

void LabelsPanel::setKnown(SpriteField field, const QStringList& values) {
  QStringList all = values;
  if (field == SpriteField::kLicence) all += usualLicences();
  if (field == SpriteField::kView) all += {"back", "left", "front", "right", "any"};
  all.removeDuplicates();
  if (const auto found = m_impl->known.find(field); found != m_impl->known.end()) found->second->setStringList(all);
}

void LabelsPanel::setSprites(std::span<const SpriteInfo* const> sprites) {
  std::vector<SpriteId> ids;
  for (const SpriteInfo* sprite : sprites) ids.push_back(sprite->id);
  const bool same = ids == m_impl->ids;
  m_impl->ids = std::move(ids);
  m_impl->form->setEnabled(!sprites.empty());
  m_impl->title->setText(sprites.empty()      ? tr("Select sprites to say whose they are and what they show.")
                         : sprites.size() == 1 ? QString::fromStdString(sprites.front()->character)
                                               : tr("%1 sprites").arg(QLocale().toString(sprites.size())));
  for (FieldRow& row : m_impl->rows) {
    if (same && row.edit->hasFocus() && row.edit->isModified()) continue;
    const bool alike = std::ranges::all_of(sprites, [&](const SpriteInfo* sprite) {
      return valueOf(*sprite, row.field) == valueOf(*sprites.front(), row.field);
    });
    row.shown = alike && !sprites.empty() ? QString::fromStdString(valueOf(*sprites.front(), row.field)) : QString();
    row.edit->setText(row.shown);
    row.edit->setCursorPosition(0);
    row.edit->setModified(false);
    row.edit->setPlaceholderText(alike ? QString() : tr("(several)"));
  }
  m_impl->tagCounts.clear();
  for (const SpriteInfo* sprite : sprites) {
    for (const QString& tag : QString::fromStdString(sprite->tags).split(' ', Qt::SkipEmptyParts)) {
      ++m_impl->tagCounts[tag];
    }
  }
  showTags();
}

void LabelsPanel::showTags() {
  while (QLayoutItem* item = m_impl->tags->layout()->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  std::vector<std::pair<QString, int>> tags(m_impl->tagCounts.begin(), m_impl->tagCounts.end());
  std::ranges::stable_sort(tags, std::greater(), [](const auto& tag) { return tag.second; });
  if (tags.size() > kMostTags) tags.resize(kMostTags);
  for (const auto& [tag, count] : tags) {
    auto* button = new QToolButton;
    const bool all = count == static_cast<int>(m_impl->ids.size());
    button->setText(all ? tr("%1 ×").arg(tag) : tr("%1 (%2) ×").arg(tag, QLocale().toString(count)));
    button->setToolTip(tr("Takes the tag “%1” off the selected sprites").arg(tag));
    button->setProperty("tag", tag);
    connect(button, &QToolButton::clicked, this, [this, tag = tag] { Q_EMIT tagsRemoved(tag); });
    m_impl->tags->layout()->addWidget(button);
  }
}

}  // namespace loom
