#include "ui/widgets/preset_cards.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kColumns = 2;

class Card : public QAbstractButton {
 public:
  explicit Card(const Preset& preset, QWidget* parent) : QAbstractButton(parent), name(preset.name) {
    setObjectName(QString::fromStdString("preset." + preset.name));
    setAccessibleName(QString::fromStdString(preset.title));
    setAccessibleDescription(QString::fromStdString(preset.makes));
    setToolTip(QString("<p>%1</p>").arg(QString::fromStdString(preset.help).toHtmlEscaped()));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    auto* title = new QLabel("<b>" + QString::fromStdString(preset.title).toHtmlEscaped() + "</b>", this);
    auto* makes = new QLabel(QString::fromStdString(preset.makes), this);
    makes->setWordWrap(true);
    makes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_badge = new QLabel(tr("suggested"), this);
    m_badge->hide();
    m_estimate = new QLabel(this);
    m_estimate->setForegroundRole(QPalette::PlaceholderText);
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(m_badge);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(3);
    layout->addLayout(head);
    layout->addWidget(makes, 1);
    layout->addWidget(m_estimate);
    for (QLabel* label : {title, makes, m_badge, m_estimate}) label->setAttribute(Qt::WA_TransparentForMouseEvents);
  }

  void setSuggested(bool suggested) {
    m_badge->setVisible(suggested);
    m_badge->setStyleSheet("color: palette(link); font-weight: 600;");
  }
  void setEstimate(const QString& text) { m_estimate->setText(text); }

  const std::string name;

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

 private:
  QLabel* m_badge;
  QLabel* m_estimate;
};

}  // namespace

struct PresetCards::Impl {
  std::vector<Card*> cards;
  QButtonGroup* group = nullptr;
  QGridLayout* grid = nullptr;
  QLabel* why = nullptr;

  Card* find(const std::string& name) const {
    const auto found = std::ranges::find(cards, name, &Card::name);
    return found == cards.end() ? nullptr : *found;
  }
};

PresetCards::PresetCards(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("presetCards");
  m_impl->group = new QButtonGroup(this);
  m_impl->grid = new QGridLayout;
  m_impl->grid->setSpacing(8);
  m_impl->why = new QLabel(this);
  m_impl->why->setObjectName("presetCards.why");
  m_impl->why->setWordWrap(true);
  m_impl->why->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addLayout(m_impl->grid);
  layout->addWidget(m_impl->why);
  connect(m_impl->group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* button, bool on) {
    if (on) Q_EMIT currentChanged(QString::fromStdString(static_cast<Card*>(button)->name));
  });
  connect(m_impl->group, &QButtonGroup::buttonClicked, this, [this](QAbstractButton* button) {
    Q_EMIT chosenByHand(QString::fromStdString(static_cast<Card*>(button)->name));
  });
}

PresetCards::~PresetCards() {
  silence(*this, *this);
}

void PresetCards::setPresets(const std::vector<Preset>& presets) {
  for (Card* card : m_impl->cards) delete card;
  m_impl->cards.clear();
  for (const Preset& preset : presets) {
    auto* card = new Card(preset, this);
    const int index = static_cast<int>(m_impl->cards.size());
    m_impl->grid->addWidget(card, index / kColumns, index % kColumns);
    m_impl->grid->setColumnStretch(index % kColumns, 1);
    m_impl->group->addButton(card);
    m_impl->cards.push_back(card);
  }
  if (!m_impl->cards.empty()) m_impl->cards.front()->setChecked(true);
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

void PresetCards::setEstimate(const std::string& name, const QString& text) {
  if (Card* card = m_impl->find(name)) card->setEstimate(text);
}

}  // namespace loom
