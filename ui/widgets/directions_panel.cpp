#include "ui/widgets/directions_panel.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <map>

namespace loom {

DirectionsPanel::DirectionsPanel(QWidget* parent) : QWidget(parent) {
  m_tagButton = new QPushButton(tr("Learn from tag…"));
  m_tagButton->setObjectName("learnTagButton");
  m_tagButton->setCheckable(true);
  connect(m_tagButton, &QPushButton::toggled, this, [this](bool asks) {
    m_tagRow->setVisible(asks);
    if (asks) m_tag->setFocus();
  });
  m_favouritesButton = new QPushButton(tr("Learn from favourites…"));
  m_favouritesButton->setObjectName("learnFavouritesButton");
  connect(m_favouritesButton, &QPushButton::clicked, this, &DirectionsPanel::learnFavouritesRequested);
  m_message = new QLabel;
  m_message->setObjectName("directionsMessage");
  m_message->setWordWrap(true);
  m_message->hide();
  m_placeholder = new QLabel;
  m_placeholder->setObjectName("directionsPlaceholder");
  m_placeholder->setWordWrap(true);

  auto* list = new QWidget;
  m_list = new QVBoxLayout(list);
  m_list->setContentsMargins(0, 0, 4, 0);
  m_list->setSpacing(0);
  m_list->setAlignment(Qt::AlignTop);
  m_list->addWidget(m_placeholder);
  m_scroll = new QScrollArea;
  m_scroll->setObjectName("directionsScroll");
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // one that comes and goes would move the sliders
  m_scroll->setFocusPolicy(Qt::NoFocus);
  m_scroll->setWidget(list);

  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_tagButton);
  buttons->addWidget(m_favouritesButton);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addLayout(buttons);
  layout->addWidget(buildTagRow());
  layout->addWidget(m_message);
  layout->addWidget(m_scroll, 1);
  setSources({}, false);
}

QWidget* DirectionsPanel::buildTagRow() {
  m_tag = new QLineEdit;
  m_tag->setObjectName("learnTagField");
  m_tag->setAccessibleName(tr("Tag to learn from"));
  m_tag->setPlaceholderText(tr("A tag of your sprites"));
  auto* learn = new QPushButton(tr("Learn"));
  learn->setObjectName("learnTagStart");
  connect(learn, &QPushButton::clicked, this, &DirectionsPanel::askForTag);
  connect(m_tag, &QLineEdit::returnPressed, this, &DirectionsPanel::askForTag);
  m_tagRow = new QWidget;
  auto* layout = new QHBoxLayout(m_tagRow);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_tag, 1);
  layout->addWidget(learn);
  m_tagRow->hide();
  return m_tagRow;
}

void DirectionsPanel::askForTag() {
  const QString tag = m_tag->text().trimmed();
  if (!tag.isEmpty()) Q_EMIT learnTagRequested(tag);
}

void DirectionsPanel::setSources(const QStringList& tags, bool favourites) {
  auto* completer = new QCompleter(tags, m_tag);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  completer->setFilterMode(Qt::MatchContains);
  delete m_tag->completer();
  m_tag->setCompleter(completer);
  if (tags.isEmpty()) m_tagButton->setChecked(false);
  m_tagButton->setEnabled(!tags.isEmpty());
  m_tagButton->setToolTip(tags.isEmpty() ? tr("Give sprites of the dataset tags first, for example \"armour\"")
                                         : tr("A direction towards the sprites that have a tag"));
  m_favouritesButton->setEnabled(favourites);
  m_favouritesButton->setToolTip(favourites ? tr("A direction from some of your favourites to others")
                                            : tr("Keep some favourites of this model first (F)"));
}

void DirectionsPanel::setMessage(const QString& text) {
  m_message->setText(text);
  m_message->setVisible(!text.isEmpty());
}

void DirectionsPanel::setPlaceholder(const QString& text) {
  m_placeholder->setText(text);
  m_placeholder->setVisible(m_rows.empty());
}

bool DirectionsPanel::inHand() const {
  return std::ranges::any_of(m_rows, &DirectionRow::inHand);
}

void DirectionsPanel::setDirections(std::vector<DirectionItem> items) {
  std::ranges::stable_sort(items, [](const DirectionItem& a, const DirectionItem& b) {
    return a.pinned != b.pinned ? a.pinned : a.effect > b.effect;
  });
  m_next = std::move(items);
  if (!inHand()) apply();
}

void DirectionsPanel::apply() {
  if (!m_next) return;
  const std::vector<DirectionItem> items = *std::exchange(m_next, std::nullopt);
  using Pictures = std::array<QImage, std::size(kStripPositions)>;
  std::map<int, Pictures> pictures;
  std::optional<int> focused;
  for (const DirectionRow* row : m_rows) {
    for (int place = 0; std::cmp_less(place, std::size(kStripPositions)); ++place) {
      pictures[row->item().key][static_cast<std::size_t>(place)] = row->picture(place);
    }
    if (row->hasFocusInside()) focused = row->item().key;
  }
  fitRows(items.size());
  for (std::size_t rank = 0; rank < items.size(); ++rank) {
    DirectionRow* row = m_rows[rank];
    row->setItem(items[rank]);
    const Pictures& own = pictures[items[rank].key];
    for (std::size_t place = 0; place < own.size(); ++place) row->setPicture(static_cast<int>(place), own[place]);
    if (focused == items[rank].key) row->focusSlider();
  }
  m_placeholder->setVisible(m_rows.empty());
  setLatent(Latent(m_latent));
}

void DirectionsPanel::fitRows(std::size_t count) {
  while (m_rows.size() > count) {
    m_rows.back()->hide();
    m_rows.back()->deleteLater();
    m_rows.pop_back();
  }
  while (m_rows.size() < count) {
    auto* row = new DirectionRow(m_scroll->widget());
    row->setObjectName(QStringLiteral("direction%1").arg(m_rows.size()));
    m_list->addWidget(row);
    connect(row, &DirectionRow::moved, this, &DirectionsPanel::moved);
    connect(row, &DirectionRow::dragChanged, this, &DirectionsPanel::dragChanged);
    connect(row, &DirectionRow::renamed, this, &DirectionsPanel::renamed);
    connect(row, &DirectionRow::pinToggled, this, &DirectionsPanel::pinToggled);
    connect(row, &DirectionRow::removeRequested, this, &DirectionsPanel::removeRequested);
    connect(
        row, &DirectionRow::letGo, this,
        [this] {
          if (!inHand()) apply();
        },
        Qt::QueuedConnection);  // rows must not go while one of them speaks
    m_rows.push_back(row);
  }
}

void DirectionsPanel::setLatent(std::span<const float> latent) {
  m_latent.assign(latent.begin(), latent.end());
  for (DirectionRow* row : m_rows) {
    if (row->item().vector.size() == m_latent.size()) row->setPosition(positionOn(m_latent, row->item().vector));
  }
}

void DirectionsPanel::setPicture(int key, int place, const QImage& picture) {
  const auto row = std::ranges::find(m_rows, key, [](const DirectionRow* one) { return one->item().key; });
  if (row != m_rows.end()) (*row)->setPicture(place, picture);
}

}  // namespace loom
