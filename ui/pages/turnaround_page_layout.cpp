// Where everything stands on the turnaround page.
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/model_chooser.h"
#include "ui/pages/turnaround_page_impl.h"
#include "ui/widgets/confidence_map.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/thumbnail_strip.h"
#include "ui/widgets/toggle_button.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr int kMostInRow = 4;
constexpr int kAlternativeCell = 132;

QPushButton* pushButton(const QString& text, const char* name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  return made;
}

QLabel* label(const char* name, const QString& accessibleName) {
  auto* made = new QLabel;
  made->setObjectName(name);
  made->setAccessibleName(accessibleName);
  return made;
}

}  // namespace

void TurnaroundPage::Impl::build() {
  auto* work = new QWidget;
  auto* layout = new QVBoxLayout(work);
  layout->setContentsMargins(10, 8, 10, 8);
  layout->addLayout(buildTop());
  layout->addLayout(buildTools());
  panelGrid = new QGridLayout;
  panelGrid->setSpacing(8);
  layout->addLayout(panelGrid, 1);
  layout->addWidget(buildBottom());
  stack = new QStackedWidget;
  stack->addWidget(buildEmpty());
  stack->addWidget(work);
  auto* outer = new QVBoxLayout(&page);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack);
}

QWidget* TurnaroundPage::Impl::buildEmpty() {
  emptyText = new QLabel;
  emptyText->setObjectName("turnaroundEmptyText");
  emptyButton = pushButton({}, "turnaroundEmptyButton", {});
  connect(emptyButton, &QPushButton::clicked, &page, [this] { emptyDeed(); });
  emptyText->setMinimumHeight(5 * emptyText->fontMetrics().lineSpacing());  // centred, it is given too little
  QWidget* empty = emptyPage(tr("Turnaround"), emptyText, emptyButton);
  empty->setObjectName("turnaroundEmpty");
  return empty;
}

QHBoxLayout* TurnaroundPage::Impl::buildTop() {
  chooser = new ModelChooser(session, ModelChooser::Offers::kMissingViews,
                             [this](std::shared_ptr<const Model> wanted) { bridge.setModel(std::move(wanted)); });
  name = new QLineEdit;
  name->setObjectName("characterName");
  name->setAccessibleName(tr("Name of the character"));
  name->setPlaceholderText(tr("Name"));
  name->setToolTip(tr("What the character is called in the data set, among the favourites and as files"));
  name->setMaximumWidth(180);
  addButton = pushButton(tr("Add to data set"), "addCharacterButton",
                         tr("All views become sprites of one character, with the tags and credits of what they were "
                            "made from; a character of the data set gets the views that it lacks (Ctrl+Return)"));
  addButton->setShortcut(Qt::CTRL | Qt::Key_Return);
  addButton->setProperty("primary", true);
  keepButton = pushButton(tr("Keep as favourite"), "keepTurnaroundButton",
                          tr("Keep the pictures of all views among the favourites, for sheets (F)"));
  keepButton->setShortcut(Qt::Key_F);
  saveButton = pushButton(tr("Save pictures…"), "saveViewsButton",
                          tr("Write VIEW/NAME.png for every view, and who must be named for them (Ctrl+E)"));
  saveButton->setShortcut(Qt::CTRL | Qt::Key_E);
  auto* top = new QHBoxLayout;
  top->addWidget(chooser, 1);
  top->addWidget(name);
  for (QPushButton* button : {saveButton, keepButton, addButton}) top->addWidget(button);
  return top;
}

QHBoxLayout* TurnaroundPage::Impl::buildTools() {
  tools = new DrawingBar;
  confidence = toggleButton(tr("Confidence"), "confidenceButton", Qt::Key_C,
                            tr("Show how sure the model is of each pixel that it drew"));
  likeliest =
      toggleButton(tr("Sharper"), "likeliestButton", Qt::Key_L,
                   tr("Take the likeliest colour of every pixel: sharper, and a little further off on average"));
  startOverButton = new QToolButton;
  startOverButton->setText(tr("Start over"));
  startOverButton->setObjectName("startOverButton");
  startOverButton->setToolTip(tr("Take all views away (Ctrl+Z gives them back)"));
  auto* row = new QHBoxLayout;
  row->addWidget(tools, 1);
  for (QToolButton* button : {confidence, likeliest, startOverButton}) row->addWidget(button);
  return row;
}

QWidget* TurnaroundPage::Impl::buildBottom() {
  legend = new ConfidenceLegend;
  status = label("turnaroundStatus", tr("What was drawn last"));
  pixelText = label("turnaroundPixel", tr("Pixel under the pointer"));
  pixelText->setMinimumWidth(260);
  alternativesText = label("alternativesText", tr("Alternatives"));
  alternativesText->setWordWrap(true);
  alternativesStrip = new ThumbnailStrip(kAlternativeCell);
  alternativesStrip->setObjectName("alternativesStrip");
  alternativesStrip->setAccessibleName(tr("What else the pixels could be"));
  alternativesStrip->setToolTip(
      tr("The view as it becomes when the pixels take their likeliest colour, the next "
         "likely one and so on: click one to keep it"));
  connect(alternativesStrip, &ThumbnailStrip::chosen, &page, [this](int index) { chooseAlternative(index); });

  auto* left = new QVBoxLayout;
  left->addWidget(status);
  left->addWidget(pixelText);
  left->addStretch();
  left->addWidget(new QLabel(tr("How sure the model is of a pixel")));
  left->addWidget(legend);
  auto* right = new QVBoxLayout;
  right->addWidget(alternativesText);
  right->addStretch();
  right->addWidget(alternativesStrip);
  auto* bottom = new QWidget;
  auto* row = new QHBoxLayout(bottom);
  row->setContentsMargins(0, 4, 0, 0);
  row->setSpacing(24);
  row->addLayout(left);
  row->addLayout(right, 1);
  // Pictures come and go here; what stands above must not move for them.
  bottom->setFixedHeight(kAlternativeCell + 3 * bottom->fontMetrics().height() + 24);
  return bottom;
}

void TurnaroundPage::Impl::buildPanels() {
  for (ViewPanel* panel : panels) delete panel;
  panels.clear();
  const auto has = [this](const std::string& view) {
    return std::ranges::find(model->views, view) != model->views.end();
  };
  for (const std::string& view : model->views) {
    const std::string opposite = mirroredView(view);
    const bool mirrors = opposite != view && has(opposite);
    auto* panel = new ViewPanel(view, mirrors ? opposite : std::string());
    const int place = static_cast<int>(panels.size());
    panelGrid->addWidget(panel, place / kMostInRow, place % kMostInRow);
    panel->setConfidenceShown(confidence->isChecked());
    panels.push_back(panel);
  }
  for (ViewPanel* panel : panels) connectPanel(*panel);
}

void TurnaroundPage::Impl::connectPanel(ViewPanel& panel) {
  const int view = static_cast<int>(std::ranges::find(panels, &panel) - panels.begin());
  const std::string viewName = panel.view();
  ViewCanvas& canvas = panel.canvas();
  connect(&panel, &ViewPanel::asked, &page, [this, viewName](ViewPanel::Deed deed) { perform(viewName, deed); });
  connect(&panel, &ViewPanel::filesDropped, &page,
          [this, viewName](const std::vector<std::filesystem::path>& files) { giveFiles(viewName, files); });
  connect(&panel, &ViewPanel::pictureDropped, &page,
          [this, viewName](const QImage& picture) { givePicture(viewName, picture); });
  connect(&canvas, &ViewCanvas::strokeBegan, &page,
          [this, view](QPoint pixel, Qt::KeyboardModifiers modifiers) { beginStroke(view, pixel, modifiers); });
  connect(&canvas, &ViewCanvas::strokeWent, &page,
          [this, view](const std::vector<PixelPlace>& pixels) { goOn(view, pixels); });
  connect(&canvas, &ViewCanvas::strokeEnded, &page, [this] {
    painting = false;
    editor.hold(false);
  });
  connect(&canvas, &ViewCanvas::asked, &page, [this, view](QPoint pixel) { askAlternatives(view, pixel); });
  connect(&canvas, &SpriteCanvas::hovered, &page,
          [this, view](QPoint pixel, const QColor& colour) { showHovered(view, pixel, colour); });
  connect(&canvas, &SpriteCanvas::hoverEnded, pixelText, &QLabel::clear);
  connect(&canvas, &SpriteCanvas::viewChanged, &page, [this, &canvas] {
    for (ViewPanel* other : panels) {
      if (other->canvas().image().size() == canvas.image().size()) other->canvas().followView(canvas);
    }
  });
}

void TurnaroundPage::Impl::addShortcuts() {
  const auto add = [this](const QKeySequence& keys, auto action) {
    connect(new QShortcut(keys, &page), &QShortcut::activated, &page, [this, action] {
      if (model != nullptr) action();
    });
  };
  for (int i = 0; std::cmp_less(i, kLikelyColours); ++i) {
    add(QKeySequence(static_cast<Qt::Key>(Qt::Key_1 + i)), [this, i] { chooseAlternative(i); });
  }
  add(Qt::Key_Escape, [this] { forgetAlternatives(); });
  add(QKeySequence::Paste, [this] { paste({}); });
}

}  // namespace loom
