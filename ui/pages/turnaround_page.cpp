#include "ui/pages/turnaround_page.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/pages/model_chooser.h"
#include "ui/pages/turnaround_page_impl.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr int kLane = 0;           ///< of the service: what is drawn goes before what else it could be
constexpr int kPauseToSave = 500;  ///< milliseconds

}  // namespace

TurnaroundPage::TurnaroundPage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, session)) {
  setObjectName("turnaroundPage");
  setAcceptDrops(true);
  m_impl->build();
  m_impl->connectSession();
  m_impl->connectEditing();
  m_impl->addShortcuts();
  m_impl->restart();
}

TurnaroundPage::~TurnaroundPage() {
  if (m_impl->saving.isActive()) m_impl->save();
  silence(*this, *this);
}

void TurnaroundPage::dragEnterEvent(QDragEnterEvent* event) {
  if (m_impl->model == nullptr) return;
  if (!localPaths(*event->mimeData()).empty() || event->mimeData()->hasImage()) event->acceptProposedAction();
}

void TurnaroundPage::dropEvent(QDropEvent* event) {
  const std::vector<std::filesystem::path> files = localPaths(*event->mimeData());
  event->acceptProposedAction();
  if (!files.empty()) {
    m_impl->giveFiles({}, files);
  } else {
    m_impl->givePicture({}, qvariant_cast<QImage>(event->mimeData()->imageData()));
  }
}

void TurnaroundPage::Impl::connectSession() {
  editor.addKinds(session.history());
  connect(&bridge, &TurnaroundBridge::modelReady, &page,
          [this](const std::shared_ptr<const Model>& ready) { adoptModel(ready); });
  connect(&bridge, &TurnaroundBridge::resultReady, &page, [this](const TurnResult& result) { takeResult(result); });
  connect(&bridge, &TurnaroundBridge::failed, &page,
          [this](const ErrorText& error) { session.say(error.what, error.hint); });
  connect(&session, &Session::projectChanged, &page, [this] { restart(); });
  connect(&session, &Session::projectClosing, &page, [this] {
    if (saving.isActive()) save();
  });
  connect(&session, &Session::importFinished, &page, [this](const ImportReport& report) {
    if (!std::exchange(adding, false) || report.sprites.empty()) return;
    session.say(tr("The character is in the data set, with %1 views.").arg(report.sprites.size()),
                tr("Ctrl+Z takes it out again."));
  });
  connect(&session, &Session::turnaroundRequested, &page, [this](const std::vector<SpriteId>& sprites) {
    awaited = sprites;
    giveAwaited();
  });
  connect(chooser, &ModelChooser::changed, &page, [this] { updateStack(); });
}

void TurnaroundPage::Impl::connectEditing() {
  connect(&editor, &TurnaroundEditor::changed, &page, [this] { draftChanged(); });
  connect(name, &QLineEdit::editingFinished, &page, [this] { editor.rename(name->text().trimmed()); });
  connect(tools, &DrawingBar::recolourRequested, &page, [this](Rgba from, Rgba to) { editor.recolour({from, to}); });
  connect(confidence, &QToolButton::toggled, &page, [this](bool shown) {
    for (ViewPanel* panel : panels) panel->setConfidenceShown(shown);
  });
  connect(likeliest, &QToolButton::toggled, &editor, &TurnaroundEditor::setLikeliest);
  connect(startOverButton, &QToolButton::clicked, &page, [this] { editor.startOver(); });
  connect(addButton, &QPushButton::clicked, &page, [this] { addToDataSet(); });
  connect(keepButton, &QPushButton::clicked, &page, [this] { keep(); });
  connect(saveButton, &QPushButton::clicked, &page, [this] { savePictures(); });
  saving.setSingleShot(true);
  saving.setInterval(kPauseToSave);
  connect(&saving, &QTimer::timeout, &page, [this] {
    // An import holds the catalogue's only pen, and the window must not wait for it.
    session.jobs().busy() ? saving.start() : save();
  });
}

void TurnaroundPage::Impl::restart() {
  model.reset();
  made.clear();
  awaited.clear();
  adding = false;
  forgetAlternatives();
  load();
  updateStack();
}

void TurnaroundPage::Impl::updateStack() {
  const bool work = model != nullptr && bridge.model() != nullptr;
  stack->setCurrentIndex(work ? 1 : 0);
  if (work) return;
  const bool reading = chooser->loading() || bridge.model() != nullptr;
  emptyButton->setVisible(!reading);
  emptyButton->setText(tr("Train a turnaround →"));
  emptyDeed = [this] { session.requestTraining("turnaround"); };
  if (!session.hasProject()) {
    emptyText->setText(tr("Open a project, or make one, to turn its characters round."));
    emptyButton->setText(tr("Start →"));
    emptyDeed = [this] { session.requestPage(Page::kStart); };
  } else if (reading) {
    emptyText->setText(tr("Reading the model…"));
  } else if (chooser->anyRun()) {
    emptyText->setText(
        tr("A turnaround is in training. The views that you give are drawn round with its first preview."));
    emptyButton->setText(tr("Watch it train →"));
    emptyDeed = [this] { session.requestPage(Page::kTrain); };
  } else {
    emptyText->setText(
        tr("Here you give one view of a character, and a model draws the others in the same colours. There is no such "
           "model in this project yet: train the preset Turnaround on characters that have several views. Some "
           "minutes are enough for a first look."));
  }
}

void TurnaroundPage::Impl::adoptModel(const std::shared_ptr<const Model>& ready) {
  const bool sameViews = model != nullptr && model->views == ready->views;
  model = ready;
  if (!sameViews) {
    made.clear();
    buildPanels();
  }
  updateStack();
  draftChanged();
  giveAwaited();
}

bool TurnaroundPage::Impl::anyGiven() const {
  return model != nullptr &&
         std::ranges::any_of(model->views, [this](const std::string& view) { return editor.draft().isGiven(view); });
}

void TurnaroundPage::Impl::draftChanged() {
  const QSignalBlocker nameQuiet(name), likeliestQuiet(likeliest);
  name->setText(QString::fromStdString(editor.draft().name));
  likeliest->setChecked(editor.draft().likeliest);
  tools->setColours(editor.draft().colours());
  forgetAlternatives();
  saving.start();
  request();
  refresh();
}

void TurnaroundPage::Impl::request() {
  if (!anyGiven()) {
    made.clear();
    return;
  }
  TurnRequest wanted;
  wanted.lane = kLane;
  wanted.views = editor.draft().seen(model->views);
  wanted.ways = {wayNow()};
  bridge.request(std::move(wanted));
}

/// How the draft wants the missing views drawn. Made sprites have the size of the first one seen, as the model sees it.
TurnaroundOptions TurnaroundPage::Impl::wayNow() const {
  const auto seen = editor.draft().seen(model->views);
  const auto first = std::ranges::find_if(seen, [](const auto& view) { return view.has_value(); });
  if (first == seen.end()) return {};
  const Sprite fitted = fittedToModel(**first, model->side());
  return editor.draft().options(model->views, fitted.width(), fitted.height());
}

void TurnaroundPage::Impl::takeResult(const TurnResult& result) {
  if (model == nullptr) return;
  if (result.lane != kLane) return takeAlternatives(result);
  if (!anyGiven()) return;  // what it was drawn from has been taken away since
  made = result.ways.front();
  milliseconds = result.milliseconds;
  refresh();
}

const TurnedView* TurnaroundPage::Impl::drawn(int view) const {
  if (editor.draft().isGiven(model->views[static_cast<std::size_t>(view)])) return nullptr;
  const auto found = std::ranges::find(made, view, &TurnedView::view);
  return found != made.end() ? &*found : nullptr;
}

ViewLook TurnaroundPage::Impl::lookOf(int view) const {
  const TurnaroundDraft& draft = editor.draft();
  const std::string& viewName = model->views[static_cast<std::size_t>(view)];
  ViewLook look;
  if (const auto given = draft.given.find(viewName); given != draft.given.end()) {
    look.kind = given->second.accepted ? ViewLook::Kind::kAccepted : ViewLook::Kind::kGiven;
    look.sprite = given->second.sprite;
    return look;
  }
  const TurnedView* turned = drawn(view);
  if (turned == nullptr) return look;
  look.kind = ViewLook::Kind::kDrawn;
  look.sprite = turned->sprite;
  look.confidence = turned->confidence;
  if (const auto decided = draft.decided.find(viewName); decided != draft.decided.end()) {
    look.sprite = withLayer(look.sprite, decided->second);  // a pencil is faster than a network
    for (const auto& [place, colour] : decided->second) look.decided.push_back({place.second, place.first});
  }
  return look;
}

void TurnaroundPage::Impl::refresh() {
  if (model == nullptr) return;
  std::vector<ViewLook> looks;
  for (int view = 0; std::cmp_less(view, model->views.size()); ++view) looks.push_back(lookOf(view));
  int pictures = 0;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const std::string opposite = mirroredView(model->views[i]);
    const auto other = std::ranges::find(model->views, opposite);
    looks[i].oppositeThere = opposite != model->views[i] && other != model->views.end() &&
                             !looks[static_cast<std::size_t>(other - model->views.begin())].sprite.empty();
    panels[i]->setLook(looks[i]);
    pictures += looks[i].sprite.empty() ? 0 : 1;
  }
  const bool allGiven =
      std::ranges::all_of(model->views, [this](const auto& view) { return editor.draft().isGiven(view); });
  status->setText(!anyGiven()    ? tr("Give one view: drop a picture anywhere on this page.")
                  : allGiven     ? tr("All views are given.")
                  : made.empty() ? tr("drawing…")
                                 : tr("drawn in %1 ms").arg(std::lround(milliseconds)));
  for (QPushButton* button : {addButton, keepButton, saveButton}) button->setEnabled(pictures > 0);
  startOverButton->setEnabled(!editor.draft().given.empty() || !editor.draft().decided.empty());
}

void TurnaroundPage::Impl::say(const Error& error) {
  session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
}

}  // namespace loom
