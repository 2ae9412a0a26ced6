// The tools above the canvas: zoom, grid, ground, and the comparison of A and B.
#include <QActionGroup>
#include <QColorDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/pages/create_stage.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

const char* const kGroundKey = "create/ground";

QToolButton* toolButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setAutoRaise(true);
  return button;
}

QPushButton* pushButton(const QString& text, const QString& name, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  return button;
}

}  // namespace

void CreateStage::buildBar(QVBoxLayout& layout) {
  auto* bar = new QHBoxLayout;
  QToolButton* smaller = toolButton("−", "zoomOutButton", tr("Zoom out (−)"));
  QToolButton* larger = toolButton("+", "zoomInButton", tr("Zoom in (+)"));
  QToolButton* fit = toolButton(tr("Fit"), "fitButton", tr("Fit the window (0)"));
  m_grid = toolButton(tr("Grid"), "gridButton", tr("Pixel grid, from 8× (G)"));
  QToolButton* ground = toolButton(tr("Ground"), "groundButton", tr("What is behind the sprite"));
  QToolButton* onion = toolButton(tr("Onion"), "onionButton", tr("Let another picture shine through"));
  buildOnionMenu(*onion);
  m_grid->setCheckable(true);
  m_grid->setShortcut(Qt::Key_G);
  m_zoom = new QLabel;
  m_zoom->setMinimumWidth(fontMetrics().horizontalAdvance("64×"));
  m_zoom->setAlignment(Qt::AlignCenter);
  m_pixel = new QLabel;
  m_pixel->setObjectName("pixelLabel");
  // The window must not grow with the name of a colour.
  m_pixel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_pixel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_pixel->setAccessibleName(tr("Pixel under the pointer"));
  buildGroundMenu(*ground);
  for (QWidget* widget : {static_cast<QWidget*>(smaller), static_cast<QWidget*>(m_zoom), static_cast<QWidget*>(larger),
                          static_cast<QWidget*>(fit), static_cast<QWidget*>(m_grid), static_cast<QWidget*>(ground),
                          static_cast<QWidget*>(onion)}) {
    bar->addWidget(widget);
  }
  bar->addStretch();
  buildCompare(*bar);
  layout.addLayout(bar);

  connect(smaller, &QToolButton::clicked, this, [this] { m_canvas->zoomOut(); });
  connect(larger, &QToolButton::clicked, this, [this] { m_canvas->zoomIn(); });
  connect(fit, &QToolButton::clicked, m_canvas, &SpriteCanvas::fit);
  connect(m_grid, &QToolButton::toggled, this, [this](bool shown) {
    QSettings().setValue("create/grid", shown);
    for (SpriteCanvas* canvas : {static_cast<SpriteCanvas*>(m_canvas), m_left}) canvas->setPixelGrid(shown);
  });
  const bool gridShown = QSettings().value("create/grid", false).toBool();
  for (SpriteCanvas* canvas : {static_cast<SpriteCanvas*>(m_canvas), m_left}) canvas->setPixelGrid(gridShown);
  m_grid->setChecked(gridShown);
}

void CreateStage::buildGroundMenu(QToolButton& button) {
  auto* menu = new QMenu(&button);
  auto* grounds = new QActionGroup(menu);
  const auto use = [this](const QString& name) {
    QSettings().setValue(kGroundKey, name);
    const QColor colour(name);
    for (SpriteCanvas* canvas : {static_cast<SpriteCanvas*>(m_canvas), m_left}) {
      canvas->setBackground(colour.isValid() ? std::optional(colour) : std::nullopt);
    }
  };
  const QString remembered = QSettings().value(kGroundKey).toString();
  const std::pair<QString, QString> offered[] = {{tr("Checkerboard"), QString()},
                                                 {tr("Black"), "#000000"},
                                                 {tr("White"), "#ffffff"},
                                                 {tr("Grey"), "#808080"},
                                                 {tr("Grass"), "#5a8f3c"}};
  for (const auto& [title, name] : offered) {
    QAction* action = menu->addAction(title, this, [use, name = name] { use(name); });
    action->setCheckable(true);
    action->setChecked(name == remembered);
    grounds->addAction(action);
  }
  menu->addSeparator();
  QAction* other = menu->addAction(tr("Another colour…"), this, [this, use] {
    const QColor colour = QColorDialog::getColor(QSettings().value(kGroundKey).toString(), this, tr("Ground"));
    if (colour.isValid()) use(colour.name());
  });
  other->setCheckable(true);
  grounds->addAction(other);
  button.setMenu(menu);
  button.setPopupMode(QToolButton::InstantPopup);
  use(remembered);
}

void CreateStage::buildOnionMenu(QToolButton& button) {
  auto* menu = new QMenu(&button);
  auto* choices = new QActionGroup(menu);
  const std::pair<QString, Onion> offered[] = {
      {tr("Nothing"), Onion::kOff}, {tr("The view before"), Onion::kViewBefore}, {tr("A"), Onion::kA}};
  for (const auto& [title, onion] : offered) {
    QAction* action = menu->addAction(title, this, [this, onion = onion] {
      m_onion = onion;
      refreshOnion();
    });
    action->setCheckable(true);
    action->setChecked(onion == m_onion);
    choices->addAction(action);
  }
  button.setMenu(menu);
  button.setPopupMode(QToolButton::InstantPopup);
}

void CreateStage::buildCompare(QHBoxLayout& bar) {
  QPushButton* storeA = pushButton(tr("Set A"), "storeAButton", tr("Remember what you see as A"));
  QPushButton* storeB = pushButton(tr("Set B"), "storeBButton", tr("Remember what you see as B"));
  m_toggle = pushButton(tr("A ⇄ B"), "toggleButton", tr("Turn between A and B (` or, on the canvas, Tab)"));
  m_both =
      pushButton(tr("Side by side"), "sideBySideButton", tr("A at the left, B or the present character at the right"));
  m_take =
      pushButton(tr("Go on from here"), "takeButton", tr("Shape the one you see (undo brings the present one back)"));
  m_walk = pushButton(tr("Walk A → B…"), "walkButton", tr("Save the way from A to B as a film"));
  m_both->setCheckable(true);
  for (QPushButton* button : {storeA, storeB, m_toggle, m_both, m_walk, m_take}) bar.addWidget(button);
  connect(storeA, &QPushButton::clicked, this, [this] { store(0); });
  connect(storeB, &QPushButton::clicked, this, [this] { store(1); });
  connect(m_toggle, &QPushButton::clicked, this, &CreateStage::toggle);
  connect(m_both, &QPushButton::toggled, this, &CreateStage::setSideBySide);
  connect(m_walk, &QPushButton::clicked, this, &CreateStage::walkRequested);
  connect(m_take, &QPushButton::clicked, this, [this] { Q_EMIT takeRequested(CharacterState(shown().state)); });
  auto* backquote = new QShortcut(QKeySequence(Qt::Key_QuoteLeft), this);
  connect(backquote, &QShortcut::activated, this, &CreateStage::toggle);
  m_tab = new QShortcut(QKeySequence(Qt::Key_Tab), m_canvas, {}, {}, Qt::WidgetShortcut);
  connect(m_tab, &QShortcut::activated, this, &CreateStage::toggle);
}

}  // namespace loom
