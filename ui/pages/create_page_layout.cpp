// Where everything stands on the create page.
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <limits>

#include "ui/pages/create_directions.h"
#include "ui/pages/create_hand_off.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/create_touch_up.h"
#include "ui/pages/model_chooser.h"
#include "ui/widgets/directions_panel.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/favourites_shelf.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/ramp_panel.h"
#include "ui/widgets/thumbnail_strip.h"

namespace loom {
namespace {

constexpr double kMaxTruncation = 1.5;
constexpr int kHistoryCell = 48;
const char* const kSplitterKey = "create/splitter";

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  return made;
}

}  // namespace

void CreatePage::Impl::build() {
  chooser = new ModelChooser(session, ModelChooser::Offers::kNewSprites, [this](std::shared_ptr<const Model> wanted) {
    session.generator().setModel(std::move(wanted));
  });
  stage = new CreateStage;
  handOff = new CreateHandOff(session, editor, *stage);
  touchUp = new CreateTouchUp(editor, *stage);
  connect(touchUp, &CreateTouchUp::editorRequested, handOff, &CreateHandOff::edit);
  connect(stage, &CreateStage::dragRequested, handOff, &CreateHandOff::drag);
  stage->addTools(touchUp);
  auto* top = new QHBoxLayout;
  top->addWidget(chooser, 1);
  auto* copyButton = button(tr("Copy"), "copyButton", tr("Copy the large picture to the clipboard (Ctrl+C)"));
  auto* exportButton = button(tr("Export →"), "exportButton", tr("Make a sheet of your favourites"));
  auto* findButton =
      button(tr("From a picture…"), "findButton",
             tr("Find the character that comes nearest to a drawing of yours (or drop it here, or Ctrl+V)"));
  connect(findButton, &QPushButton::clicked, &page, [this] { chooseDrawing(); });
  connect(copyButton, &QPushButton::clicked, &page, [this] { handOff->copy(); });
  connect(exportButton, &QPushButton::clicked, &page, [this] { session.requestPage(Page::kExport); });
  touchUpButton = button(tr("Touch up"), "touchUpButton",
                         tr("Pencil, eraser and fill: draw over what the model made, as a layer of its own (D)"));
  touchUpButton->setCheckable(true);
  connect(touchUpButton, &QPushButton::toggled, touchUp, &CreateTouchUp::setActive);
  top->addWidget(touchUpButton);
  top->addWidget(findButton);
  top->addWidget(copyButton);
  top->addWidget(exportButton);

  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->addWidget(buildLeft());
  splitter->addWidget(stage);
  splitter->addWidget(buildRight());
  splitter->setStretchFactor(1, 1);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({300, 640, 230});
  splitter->restoreState(QSettings().value(kSplitterKey).toByteArray());
  connect(splitter, &QSplitter::splitterMoved, splitter,
          [splitter] { QSettings().setValue(kSplitterKey, splitter->saveState()); });

  auto* work = new QWidget;
  auto* layout = new QVBoxLayout(work);
  layout->setContentsMargins(10, 8, 10, 8);
  layout->addLayout(top);
  layout->addWidget(splitter, 1);
  stack = new QStackedWidget;
  stack->addWidget(buildEmpty());
  stack->addWidget(work);
  page.setAcceptDrops(true);
  auto* outer = new QVBoxLayout(&page);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack);
}

QWidget* CreatePage::Impl::buildEmpty() {
  emptyText = new QLabel;
  emptyText->setObjectName("emptyText");
  emptyButton = button({}, "emptyButton", {});
  connect(emptyButton, &QPushButton::clicked, &page, [this] { session.requestPage(emptyTarget); });
  QWidget* empty = emptyPage(tr("Create"), emptyText, emptyButton);
  empty->setObjectName("createEmpty");
  return empty;
}

QWidget* CreatePage::Impl::buildLeft() {
  seed = new QSpinBox;
  seed->setObjectName("seedBox");
  seed->setRange(0, std::numeric_limits<int>::max());
  seed->setKeyboardTracking(false);
  seed->setToolTip(tr("The same seed gives the same character; type one, or press R for another"));
  truncation = new QSlider(Qt::Horizontal);
  truncation->setObjectName("truncationSlider");
  truncation->setAccessibleName(tr("Truncation"));
  truncation->setRange(0, static_cast<int>(kMaxTruncation * kTruncationSteps));
  truncation->setPageStep(kTruncationSteps / 10);
  truncation->setToolTip(tr("Lower: more typical characters; higher: more varied, more often broken"));
  truncationValue = new QDoubleSpinBox;
  truncationValue->setObjectName("truncationBox");
  truncationValue->setAccessibleName(tr("Truncation, value"));
  truncationValue->setRange(0, kMaxTruncation);
  truncationValue->setSingleStep(0.05);
  truncationValue->setKeyboardTracking(false);
  crisp = new QCheckBox(tr("Crisp edges"));
  crisp->setObjectName("crispBox");
  crisp->setToolTip(tr("Every pixel is opaque or not there, as pixel art wants it; off: as the model drew it"));
  mirrorSides = new QCheckBox(tr("Mirror the sides"));
  mirrorSides->setObjectName("mirrorSidesBox");
  mirrorSides->setToolTip(
      tr("Every view to the right becomes the mirror image of the one to the left; off: as the "
         "model drew it"));
  panel = new LatentPanel;
  panel->setObjectName("latentPanel");
  colours = new RampPanel;
  colours->setObjectName("rampPanel");
  tabs = new QTabWidget;
  tabs->setObjectName("shapeTabs");
  tabs->setAccessibleName(tr("Shape and colours"));
  tabs->setDocumentMode(true);
  directionsPanel = new DirectionsPanel;
  directionsPanel->setObjectName("directionsPanel");
  directions = new CreateDirections(session, editor, *directionsPanel);
  tabs->addTab(panel, tr("Sliders"));
  tabs->addTab(directionsPanel, tr("Directions"));
  tabs->addTab(buildColours(), tr("Colours"));
  tabs->addTab(buildPlaces(), tr("Places"));
  tabs->setTabToolTip(0, tr("What the character is: the sliders of its latent"));
  tabs->setTabToolTip(1, tr("What the model has learned to change: one thing a slider"));
  tabs->setTabToolTip(2, tr("What it is coloured in: no pixel moves"));

  tabs->setTabToolTip(3, tr("What lies around it: a map, variations, children of favourites"));

  auto* truncationRow = new QHBoxLayout;
  truncationRow->addWidget(truncation, 1);
  truncationRow->addWidget(truncationValue);
  auto* form = new QFormLayout;
  form->addRow(tr("Seed"), seed);
  form->addRow(tr("Truncation"), truncationRow);
  auto* boxes = new QHBoxLayout;
  boxes->addWidget(crisp);
  boxes->addWidget(mirrorSides);
  boxes->addStretch();
  form->addRow(QString(), boxes);
  auto* left = new QWidget;
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 6, 0);
  layout->addLayout(form);
  layout->addWidget(tabs, 1);
  return left;
}

QWidget* CreatePage::Impl::buildColours() {
  borrowed = new QWidget;
  auto* text = new QLabel(tr("Colours of another character"));
  auto* own = button(tr("Its own"), "ownColoursButton", tr("Draw it in the colours of its own latent again"));
  connect(own, &QPushButton::clicked, &editor, &CharacterEditor::dropColourLatent);
  auto* row = new QHBoxLayout(borrowed);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(text, 1);
  row->addWidget(own);
  borrowed->hide();
  auto* tab = new QWidget;
  auto* layout = new QVBoxLayout(tab);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(borrowed);
  layout->addWidget(colours, 1);
  return tab;
}

QWidget* CreatePage::Impl::buildRight() {
  auto* keepButton = button(tr("Keep as favourite"), "keepButton", tr("Keep what you see, with all its views (F)"));
  keepButton->setProperty("primary", true);
  connect(keepButton, &QPushButton::clicked, &page, [this] { keep(); });
  shelf = new FavouritesShelf;
  tray = &shelf->tray();
  historyStrip = new ThumbnailStrip(kHistoryCell);
  historyStrip->setObjectName("historyStrip");
  historyStrip->setAccessibleName(tr("Last states"));
  historyStrip->setToolTip(tr("The last states, newest first: click to return to one"));
  historyStrip->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  noticeText = new QLabel;
  noticeText->setObjectName("noticeText");
  noticeText->setWordWrap(true);
  noticeButton = button({}, "noticeButton", tr("The character's latent on other weights of the same run"));
  notice = new QWidget;
  auto* noticeLayout = new QVBoxLayout(notice);
  noticeLayout->setContentsMargins(0, 0, 0, 0);
  noticeLayout->addWidget(noticeText);
  noticeLayout->addWidget(noticeButton);
  notice->hide();

  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(6, 0, 0, 0);
  layout->addWidget(keepButton);
  layout->addWidget(shelf, 1);
  layout->addWidget(notice);
  layout->addWidget(new QLabel(tr("Last states")));
  layout->addWidget(historyStrip);
  return right;
}

}  // namespace loom
