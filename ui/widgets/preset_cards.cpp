#include "ui/widgets/preset_cards.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kCardPx = 132;  // a card is no narrower
constexpr int kGap = 6;
constexpr int kMargin = 6;  // of a card, at its sides
constexpr int kMostColumns = 4;
constexpr int kMakesLines = 2;

class Card : public QAbstractButton {
 public:
  explicit Card(const Preset& preset, QWidget* parent)
      : QAbstractButton(parent), name(preset.name), makes(QString::fromStdString(preset.makes)) {
    setObjectName(QString::fromStdString("preset." + preset.name));
    setAccessibleName(QString::fromStdString(preset.title));
    setAccessibleDescription(makes);
    setToolTip(QString("<p><b>%1</b></p><p>%2</p>")
                   .arg(makes.toHtmlEscaped(), QString::fromStdString(preset.help).toHtmlEscaped()));
    setCheckable(true);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // all of a size, whatever their words
    setMinimumWidth(kCardPx);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    m_title = new QLabel(this);
    m_title->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_badge = new QLabel(tr("suggested"), this);
    m_badge->setStyleSheet("color: palette(link); font-weight: 600;");
    m_badge->hide();
    m_brief = new QLabel(this);
    m_brief->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 6, kMargin, 6);
    layout->setSpacing(1);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_brief);
    layout->addWidget(m_badge);
    for (QLabel* label : {m_title, m_badge, m_brief}) label->setAttribute(Qt::WA_TransparentForMouseEvents);
  }

  /// A card has room for one of both; the time stands under the cards as well.
  void setSuggested(bool suggested) {
    m_badge->setVisible(suggested);
    m_brief->setHidden(suggested);
  }
  void setEstimate(const QString& brief, const QString& text) {
    m_brief->setText(brief);
    estimate = text;
  }

  const std::string name;
  const QString makes;
  QString estimate;

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& colours = palette();
    const bool lit = isChecked() || hasFocus();
    const qreal width = isChecked() ? 2 : 1;
    painter.setPen(QPen(colours.color(lit ? QPalette::Highlight : QPalette::Mid), width));
    painter.setBrush(colours.color(underMouse() ? QPalette::Button : QPalette::Base));
    const qreal inset = width / 2;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);
    if (!hasFocus()) return;
    painter.setPen(QPen(colours.color(QPalette::Highlight), 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 4, 4);
  }
  void resizeEvent(QResizeEvent* /*event*/) override {
    m_title->setText(m_title->fontMetrics().elidedText(accessibleName(), Qt::ElideRight, width() - 2 * kMargin));
  }

 private:
  QLabel* m_title;
  QLabel* m_badge;
  QLabel* m_brief;
};

}  // namespace

struct PresetCards::Impl {
  std::vector<Card*> cards;
  QButtonGroup* group = nullptr;
  QGridLayout* grid = nullptr;
  QLabel* makes = nullptr;
  QLabel* why = nullptr;
  const Card* pointed = nullptr;  // by the mouse

  void arrange(int width);
  void describe();
  Card* find(const std::string& name) const {
    const auto found = std::ranges::find(cards, name, &Card::name);
    return found == cards.end() ? nullptr : *found;
  }
};

PresetCards::PresetCards(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("presetCards");
  setMinimumWidth(2 * kCardPx + kGap);  // not what the cards of a row need now: a row may have fewer
  m_impl->group = new QButtonGroup(this);
  m_impl->grid = new QGridLayout;
  m_impl->grid->setSpacing(kGap);
  m_impl->makes = new QLabel(this);
  m_impl->makes->setObjectName("presetCards.makes");
  m_impl->makes->setWordWrap(true);
  m_impl->makes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_impl->makes->setMinimumHeight(kMakesLines * fontMetrics().lineSpacing());  // so that pointing moves nothing
  m_impl->why = new QLabel(this);
  m_impl->why->setObjectName("presetCards.why");
  m_impl->why->setWordWrap(true);
  m_impl->why->setForegroundRole(QPalette::PlaceholderText);
  m_impl->why->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addLayout(m_impl->grid);
  layout->addWidget(m_impl->makes);
  layout->addWidget(m_impl->why);
  connect(m_impl->group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* button, bool on) {
    if (!on) return;
    m_impl->describe();
    Q_EMIT currentChanged(QString::fromStdString(static_cast<Card*>(button)->name));
  });
  connect(m_impl->group, &QButtonGroup::buttonClicked, this, [this](QAbstractButton* button) {
    Q_EMIT chosenByHand(QString::fromStdString(static_cast<Card*>(button)->name));
  });
}

PresetCards::~PresetCards() {
  silence(*this, *this);
}

void PresetCards::Impl::arrange(int width) {
  const int room = (width + grid->spacing()) / (kCardPx + grid->spacing());
  const int columns = std::clamp(room, 1, kMostColumns);
  for (int column = 0; column < kMostColumns; ++column) grid->setColumnStretch(column, column < columns ? 1 : 0);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    grid->addWidget(cards[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);  // moves it there
  }
}

/// What the card pointed at makes, else the chosen one.
void PresetCards::Impl::describe() {
  const auto* card = pointed != nullptr ? pointed : static_cast<const Card*>(group->checkedButton());
  if (card == nullptr) return makes->clear();
  QString text = card->makes.toHtmlEscaped();
  if (!card->estimate.isEmpty()) text += "  <i>" + card->estimate.toHtmlEscaped() + "</i>";
  makes->setText(text);
}

void PresetCards::setPresets(const std::vector<Preset>& presets) {
  m_impl->pointed = nullptr;
  for (Card* card : m_impl->cards) delete card;
  m_impl->cards.clear();
  for (const Preset& preset : presets) {
    auto* card = new Card(preset, this);
    card->installEventFilter(this);
    m_impl->group->addButton(card);
    m_impl->cards.push_back(card);
  }
  m_impl->arrange(width());
  if (!m_impl->cards.empty()) m_impl->cards.front()->setChecked(true);
}

void PresetCards::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_impl->arrange(width());
}

bool PresetCards::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
    m_impl->pointed = event->type() == QEvent::Enter ? static_cast<const Card*>(watched) : nullptr;
    m_impl->describe();
  }
  return QWidget::eventFilter(watched, event);
}

std::string PresetCards::current() const {
  const QAbstractButton* checked = m_impl->group->checkedButton();
  return checked == nullptr ? std::string() : static_cast<const Card*>(checked)->name;
}

void PresetCards::setCurrent(const std::string& name) {
  if (Card* card = m_impl->find(name)) card->setChecked(true);
}

void PresetCards::setSuggested(const std::string& name, const QString& why) {
  for (Card* card : m_impl->cards) card->setSuggested(card->name == name);
  m_impl->why->setText(why);
  m_impl->why->setVisible(!why.isEmpty());
}

void PresetCards::setEstimate(const std::string& name, const QString& brief, const QString& text) {
  if (Card* card = m_impl->find(name)) card->setEstimate(brief, text);
  m_impl->describe();
}

}  // namespace loom
