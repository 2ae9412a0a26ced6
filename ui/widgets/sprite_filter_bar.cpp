#include "ui/widgets/sprite_filter_bar.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QToolButton>

#include "ui/widgets/thumbnail_grid.h"

namespace loom {

struct SpriteFilterBar::Impl {
  QLineEdit* text = nullptr;
  QButtonGroup* show = nullptr;
  QComboBox* grouping = nullptr;
  QSlider* zoom = nullptr;
  QLabel* zoomLabel = nullptr;
};

SpriteFilterBar::SpriteFilterBar(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("spriteFilterBar");
  build();
  setZoom(1);
  connect(m_impl->text, &QLineEdit::textChanged, this, &SpriteFilterBar::tell);
  connect(m_impl->show, &QButtonGroup::idToggled, this, [this](int /*id*/, bool checked) {
    if (checked) tell();
  });
  connect(m_impl->grouping, &QComboBox::currentIndexChanged, this, &SpriteFilterBar::tell);
  connect(m_impl->zoom, &QSlider::valueChanged, this, &SpriteFilterBar::zoomRequested);
}

SpriteFilterBar::~SpriteFilterBar() = default;

void SpriteFilterBar::build() {
  m_impl->text = new QLineEdit;
  m_impl->text->setObjectName("filterText");
  m_impl->text->setPlaceholderText(tr("Filter by name, view, tag or source"));
  m_impl->text->setAccessibleName(tr("Filter"));
  m_impl->text->setToolTip(
      tr("<p>Shows sprites that have all these words (Ctrl+F; Esc clears).</p>"
         "<p>Also view:front, tag:knight, character:hero, size:64x64, width:&gt;32, colours:2..16, "
         "licence:cc0, author:, source:, animation:walk, frame:0, excluded:yes, cleaned:no, "
         "duplicate:yes; \"several words\"; -tag:knight for those without.</p>"));
  m_impl->text->setClearButtonEnabled(true);
  m_impl->text->setMinimumWidth(160);
  m_impl->text->installEventFilter(this);

  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_impl->text, 1);

  m_impl->show = new QButtonGroup(this);
  struct Choice {
    SpriteShow show;
    QString text, name, tip;
  };
  const Choice choices[] = {
      {SpriteShow::kAll, tr("All"), "showAll", tr("Every sprite")},
      {SpriteShow::kIncluded, tr("Included"), "showIncluded", tr("What training will see")},
      {SpriteShow::kExcluded, tr("Excluded"), "showExcluded", tr("What is kept out of training")},
      {SpriteShow::kDuplicates, tr("Duplicates"), "showDuplicates", tr("Sprites whose picture another one has too")},
  };
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(0);
  for (const Choice& choice : choices) {
    auto* button = new QToolButton;
    button->setObjectName(choice.name);
    button->setText(choice.text);
    button->setToolTip(choice.tip);
    button->setCheckable(true);
    button->setProperty("toggle", true);
    button->setChecked(choice.show == SpriteShow::kAll);
    m_impl->show->addButton(button, static_cast<int>(choice.show));
    buttons->addWidget(button);
  }
  layout->addLayout(buttons);

  m_impl->grouping = new QComboBox;
  m_impl->grouping->setObjectName("grouping");
  m_impl->grouping->setAccessibleName(tr("Group by"));
  m_impl->grouping->setToolTip(tr("How the sprites are grouped"));
  m_impl->grouping->addItem(tr("Not grouped"), static_cast<int>(SpriteGrouping::kNone));
  m_impl->grouping->addItem(tr("By character"), static_cast<int>(SpriteGrouping::kCharacter));
  m_impl->grouping->addItem(tr("By view"), static_cast<int>(SpriteGrouping::kView));
  m_impl->grouping->setCurrentIndex(1);
  layout->addWidget(m_impl->grouping);

  m_impl->zoom = new QSlider(Qt::Horizontal);
  m_impl->zoom->setObjectName("zoomSlider");
  m_impl->zoom->setAccessibleName(tr("Zoom"));
  m_impl->zoom->setToolTip(tr("Size of the sprites, in whole steps (Ctrl+wheel, Ctrl++ and Ctrl+−)"));
  m_impl->zoom->setRange(1, ThumbnailGrid::kLargestZoom);
  m_impl->zoom->setPageStep(1);
  m_impl->zoom->setFixedWidth(96);
  m_impl->zoomLabel = new QLabel;
  m_impl->zoomLabel->setObjectName("zoomLabel");
  m_impl->zoomLabel->setFixedWidth(fontMetrics().horizontalAdvance("8×") + 4);
  layout->addWidget(m_impl->zoom);
  layout->addWidget(m_impl->zoomLabel);
}

SpriteQuery SpriteFilterBar::query() const {
  return {m_impl->text->text(),
          static_cast<SpriteShow>(m_impl->show->checkedId()),
          static_cast<SpriteGrouping>(m_impl->grouping->currentData().toInt()),
          {}};
}

void SpriteFilterBar::tell() {
  Q_EMIT queryChanged(query());
}

void SpriteFilterBar::setShow(SpriteShow show) {
  m_impl->show->button(static_cast<int>(show))->setChecked(true);
}

void SpriteFilterBar::setGrouping(SpriteGrouping grouping) {
  const int index = m_impl->grouping->findData(static_cast<int>(grouping));
  if (index >= 0) m_impl->grouping->setCurrentIndex(index);
}

void SpriteFilterBar::setZoom(int zoom) {
  const QSignalBlocker quiet(m_impl->zoom);
  m_impl->zoom->setValue(zoom);
  m_impl->zoomLabel->setText(tr("%1×").arg(zoom));
}

void SpriteFilterBar::reset() {
  m_impl->text->clear();
  setShow(SpriteShow::kAll);
}

void SpriteFilterBar::focusText() {
  m_impl->text->setFocus(Qt::ShortcutFocusReason);
  m_impl->text->selectAll();
}

void SpriteFilterBar::setText(const QString& text) {
  m_impl->text->setText(text);
}

bool SpriteFilterBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_impl->text && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && !m_impl->text->text().isEmpty()) {
    m_impl->text->clear();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace loom
