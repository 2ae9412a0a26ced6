#include "ui/pages/create_stage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/angle_dial.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"
#include "ui/widgets/turn_player.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr int kViewCell = 96;
constexpr int kManyViewsCell = 64;
constexpr std::size_t kFewViews = 4;
constexpr double kOnionShare = .4;  // of what shines through

QWidget* column(QLabel* caption, SpriteCanvas* canvas, QLabel* aside = nullptr) {
  auto* both = new QWidget;
  auto* layout = new QVBoxLayout(both);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  auto* captions = new QHBoxLayout;
  captions->addWidget(caption);
  if (aside != nullptr) captions->addWidget(aside, 1);
  layout->addLayout(captions);
  layout->addWidget(canvas, 1);
  return both;
}

}  // namespace

CreateStage::CreateStage(QWidget* parent) : QWidget(parent) {
  m_canvas = new ViewCanvas;
  m_canvas->setDrawing(false);
  m_canvas->setObjectName("canvas");
  m_left = new SpriteCanvas;
  m_left->setObjectName("leftCanvas");
  m_caption = new QLabel;
  m_caption->setObjectName("caption");
  m_leftCaption = new QLabel;
  m_leftCaption->setObjectName("leftCaption");
  m_dial = new AngleDial;
  m_dial->setObjectName("angleDial");
  m_strip = new ThumbnailStrip(kViewCell);
  m_strip->setObjectName("viewStrip");
  m_strip->setAccessibleName(tr("All views"));
  m_strip->setToolTip(tr("Click a view to see it large; drag it into another program or folder"));
  connect(m_strip, &ThumbnailStrip::dragged, this, &CreateStage::dragRequested);

  m_player = new TurnPlayer;

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  buildBar(*layout);
  m_tools = new QVBoxLayout;
  layout->addLayout(m_tools);
  auto* canvases = new QHBoxLayout;
  canvases->addWidget(column(m_leftCaption, m_left), 1);
  canvases->addWidget(column(m_caption, m_canvas, m_pixel), 1);
  layout->addLayout(canvases, 1);
  auto* views = new QHBoxLayout;
  views->addWidget(m_dial);
  views->addWidget(m_player);
  views->addWidget(m_strip, 1);
  layout->addLayout(views);

  connect(m_dial, &AngleDial::valueChanged, this, [this](int view) {
    m_strip->setCurrent(view);
    refresh();
    Q_EMIT shownChanged();
  });
  connect(m_strip, &ThumbnailStrip::chosen, m_dial, &AngleDial::setValue);
  connect(m_player, &TurnPlayer::turned, m_dial, [this] { m_dial->turnByKey(Qt::Key_PageDown); });
  connect(new QShortcut(QKeySequence(Qt::Key_T), this), &QShortcut::activated, m_player, &TurnPlayer::toggle);
  SpriteCanvas* large = m_canvas;
  for (const auto& [one, other] : {std::pair{large, m_left}, std::pair{m_left, large}}) {
    connect(one, &SpriteCanvas::hovered, this, &CreateStage::showHovered);
    connect(one, &SpriteCanvas::hoverEnded, m_pixel, &QLabel::clear);
    connect(one, &SpriteCanvas::viewChanged, this, [this, one = one, other = other] {
      if (!m_left->parentWidget()->isHidden()) other->followView(*one);
      m_zoom->setText(one->zoom() > 0 ? tr("%1×").arg(one->zoom()) : tr("fit"));
    });
    // Turning with the arrow keys needs no trip to the dial.
    for (const int key : {Qt::Key_Up, Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_PageUp, Qt::Key_PageDown}) {
      auto* turn = new QShortcut(QKeySequence(key), one, {}, {}, Qt::WidgetShortcut);
      connect(turn, &QShortcut::activated, m_dial, [this, key] { m_dial->turnByKey(key); });
      if (one == large && key != Qt::Key_PageUp && key != Qt::Key_PageDown) m_arrows.push_back(turn);
    }
  }
  clear();
}

void CreateStage::addTools(QWidget* tools) {
  m_tools->addWidget(tools);
}

void CreateStage::setDrawing(bool drawing) {
  m_canvas->setDrawing(drawing);
  for (QShortcut* arrow : m_arrows) arrow->setEnabled(!drawing);
  m_grid->setShortcut(drawing ? QKeySequence() : QKeySequence(Qt::Key_G));
}

void CreateStage::setNow(const CharacterLook& look) {
  m_now = look;
  if (m_showing == Showing::kNow) {
    refresh();
    Q_EMIT shownChanged();
  }
}

void CreateStage::showKept(const CharacterLook& look, const QString& name) {
  m_kept = look;
  m_keptName = name;
  show(Showing::kKept);
}

void CreateStage::showNow() {
  if (m_showing != Showing::kNow) show(Showing::kNow);
}

void CreateStage::clear() {
  m_now = m_kept = {};
  m_slots = {};
  m_showing = Showing::kNow;
  m_both->setChecked(false);
  m_left->parentWidget()->hide();
  refresh();
  refreshCompare();
}

const CharacterLook& CreateStage::shown() const {
  switch (m_showing) {
    case Showing::kA:
      return *m_slots[0];
    case Showing::kB:
      return *m_slots[1];
    case Showing::kKept:
      return m_kept;
    case Showing::kNow:
      break;
  }
  return m_now;
}

std::string CreateStage::viewName() const {
  const auto& views = shown().views;
  return std::cmp_less(m_dial->value(), views.size()) ? views[static_cast<std::size_t>(m_dial->value())]
                                                      : std::string();
}

Sprite CreateStage::viewOf(const CharacterLook& look) const {
  if (look.empty()) return {};
  const auto same = std::ranges::find(look.views, viewName());
  const auto index = same != look.views.end() ? static_cast<std::size_t>(same - look.views.begin()) : 0;
  return look.sprites[std::min(index, look.sprites.size() - 1)];
}

Sprite CreateStage::shownSprite() const {
  return viewOf(shown());
}

void CreateStage::store(int slot) {
  if (shown().empty()) return;
  m_slots[static_cast<std::size_t>(slot)] = CharacterLook(shown());
  refresh();
  refreshCompare();
}

void CreateStage::toggle() {
  if (!m_slots[0] || !m_slots[1]) return;
  if (m_both->isChecked()) {
    show(m_showing == Showing::kB ? Showing::kNow : Showing::kB);  // A is at the left anyway
  } else {
    show(m_showing == Showing::kA ? Showing::kB : Showing::kA);
  }
}

void CreateStage::setSideBySide(bool both) {
  m_both->setChecked(both);
  m_left->parentWidget()->setVisible(both);
  if (both && m_slots[1]) m_showing = Showing::kB;
  if (!both) m_showing = m_showing == Showing::kKept ? Showing::kKept : Showing::kNow;
  show(m_showing);
  if (both) m_left->followView(*m_canvas);
}

void CreateStage::show(Showing showing) {
  m_showing = showing;
  refresh();
  refreshCompare();
  Q_EMIT shownChanged();
}

QString CreateStage::captionOf(const CharacterLook& look) const {
  const QString step = tr("step %1").arg(QLocale().toString(static_cast<qlonglong>(look.step)));
  const QString model = look.run > 0           ? tr("run %1, %2").arg(look.run).arg(step)
                        : look.starter.empty() ? step
                                               : tr("starter weights");
  return tr("%1  ·  seed %2").arg(model).arg(look.state.seed);
}

const CharacterLook& CreateStage::leftLook() const {
  return m_slots[0] ? *m_slots[0] : m_now;
}

void CreateStage::refresh() {
  const CharacterLook& look = shown();
  if (look.views != m_dial->views()) {
    m_strip->setCell(look.views.size() > kFewViews ? kManyViewsCell : kViewCell);
    m_dial->setViews(look.views);
    m_player->setViews(static_cast<int>(look.views.size()));
    m_strip->setCurrent(m_dial->value());
  }
  std::vector<QImage> pictures;
  for (const Sprite& sprite : look.sprites) pictures.push_back(toImage(sprite));
  m_strip->updatePictures(std::move(pictures));
  const Sprite large = shownSprite();
  large.empty() ? m_canvas->clear() : m_canvas->setSprite(large);
  refreshOnion();
  if (!m_left->parentWidget()->isHidden()) m_left->setSprite(viewOf(leftLook()));
  const QString which = m_showing == Showing::kA      ? tr("A  ·  ")
                        : m_showing == Showing::kB    ? tr("B  ·  ")
                        : m_showing == Showing::kKept ? tr("%1, as it was kept  ·  ").arg(m_keptName)
                                                      : QString();
  m_caption->setText(look.empty() ? QString() : which + captionOf(look));
  m_leftCaption->setText(leftLook().empty() ? QString()
                                            : (m_slots[0] ? tr("A  ·  ") : QString()) + captionOf(leftLook()));
}

void CreateStage::refreshOnion() {
  const CharacterLook& look = shown();
  Sprite through;
  if (m_onion == Onion::kA && m_slots[0]) through = viewOf(*m_slots[0]);
  if (m_onion == Onion::kViewBefore && look.sprites.size() > 1) {
    const auto now = static_cast<std::size_t>(m_dial->value()), count = look.sprites.size();
    through = look.sprites[(now + count - 1) % count];
  }
  for (Rgba& pixel : through.pixels()) pixel.a = static_cast<std::uint8_t>(pixel.a * kOnionShare);
  m_canvas->setOverlay(through.empty() ? QImage() : toImage(through));
}

void CreateStage::refreshCompare() {
  const bool both = m_slots[0] && m_slots[1];
  m_toggle->setEnabled(both);
  m_tab->setEnabled(both);
  m_walk->setVisible(both);
  m_both->setEnabled(m_slots[0].has_value());
  m_take->setVisible(m_showing == Showing::kA || m_showing == Showing::kB);
}

void CreateStage::showHovered(QPoint pixel, const QColor& colour) {
  m_pixel->setText(tr("%1, %2   %3   alpha %4").arg(pixel.x()).arg(pixel.y()).arg(colour.name()).arg(colour.alpha()));
}

}  // namespace loom
