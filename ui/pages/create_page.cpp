#include "ui/pages/create_page.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_directions.h"
#include "ui/pages/create_hand_off.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/create_touch_up.h"
#include "ui/pages/model_chooser.h"
#include "ui/pages/walk_dialog.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/places_panel.h"
#include "ui/widgets/ramp_panel.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr int kLane = 0;  ///< of the generator: an artist's hand goes before everything else
constexpr int kMaxHistory = 24;
constexpr int kHistoryPause = 500;                 ///< milliseconds without a change until a state is worth remembering
constexpr std::uint32_t kRandomSeeds = 1'000'000;  ///< short enough to read out

}  // namespace

CreatePage::CreatePage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, session)) {
  m_impl->build();
  m_impl->connectSession();
  m_impl->connectEditing();
  m_impl->connectPlaces();
  m_impl->connectKeeping();
  m_impl->connectFavourites();
  m_impl->addShortcuts();
  m_impl->restart();
}

CreatePage::~CreatePage() = default;

void CreatePage::Impl::connectSession() {
  GeneratorBridge& generator = session.generator();
  connect(
      &generator, &GeneratorBridge::modelReady, &page,
      [this](const std::shared_ptr<const Model>& ready, const std::vector<int>& order) { adoptModel(ready, order); });
  connect(&generator, &GeneratorBridge::resultReady, &page,
          [this](const GenerateResult& result) { takeResult(result); });
  connect(&generator, &GeneratorBridge::failed, &page,
          [this](const ErrorText& error) { session.say(error.what, error.hint); });
  connect(&session, &Session::projectChanged, &page, [this] { restart(); });
  connect(&session, &Session::spritesChanged, &page, [this] { updateStack(); });
  favouritesTimer.setSingleShot(true);
  connect(&session, &Session::favouritesChanged, &favouritesTimer, qOverload<>(&QTimer::start));
  connect(&favouritesTimer, &QTimer::timeout, &page, [this] { reloadFavourites(); });
  connect(chooser, &ModelChooser::changed, &page, [this] {
    updateStack();
    if (!chooser->loading()) request();  // also when weights could not be read: the sliders have moved all the same
  });
}

void CreatePage::Impl::connectEditing() {
  connect(&editor, &CharacterEditor::modelWanted, &page, [this](const ModelChoice& choice) {
    if (choice == chooser->choice()) return;
    chooser->choose(choice);
    awaitingModel = chooser->loading();
  });
  connect(&editor, &CharacterEditor::changed, &page, [this] {
    notice->hide();
    stage->showNow();
    showState();
    if (!std::exchange(awaitingModel, false) && !recolour()) request();
  });
  connect(panel, &LatentPanel::edited, &editor, &CharacterEditor::setValue);
  connect(panel, &LatentPanel::dragChanged, &editor, &CharacterEditor::hold);
  connect(panel, &LatentPanel::randomiseRequested, &page, [this] { randomise(); });
  connect(panel, &LatentPanel::resetRequested, &page, [this] { editor.reset(panel->locks()); });
  connect(colours, &RampPanel::edited, &editor, &CharacterEditor::setColours);
  connect(colours, &RampPanel::dragChanged, &editor, &CharacterEditor::hold);
  connect(seed, &QSpinBox::valueChanged, &page,
          [this](int value) { editor.randomise(static_cast<std::uint64_t>(value), panel->locks()); });
  connect(truncation, &QSlider::valueChanged, &page,
          [this](int value) { editor.setTruncation(static_cast<double>(value) / kTruncationSteps); });
  connect(truncation, &QSlider::sliderPressed, &editor, [this] { editor.hold(true); });
  connect(truncation, &QSlider::sliderReleased, &editor, [this] { editor.hold(false); });
  connect(truncationValue, &QDoubleSpinBox::valueChanged, &editor, &CharacterEditor::setTruncation);
  connect(crisp, &QCheckBox::toggled, &editor, &CharacterEditor::setCrispAlpha);
  connect(mirrorSides, &QCheckBox::toggled, &editor, &CharacterEditor::setMirrorSides);
  connect(touchUp, &CreateTouchUp::said, &session, &Session::say);
  connect(stage, &CreateStage::takeRequested, &page,
          [this](const CharacterState& state) { editor.load(state, tr("go on from a stored character")); });
  connect(stage, &CreateStage::shownChanged, &page, [this] { directions->show(editor.state(), stage->viewName()); });
  connect(stage, &CreateStage::walkRequested, &page, [this] { saveWalk(); });
  connect(tray, &FavouritesTray::loadRequested, &page, [this](qint64 id) { loadFavourite(id); });
  connect(tray, &FavouritesTray::renameRequested, &page, [this](qint64 id, const QString& name) {
    const auto found = std::ranges::find(favourites, id, &Favourite::id);
    if (found != favourites.end()) renameFavourite(session, id, QString::fromStdString(found->name), name);
  });
  connect(tray, &FavouritesTray::removeRequested, &page, [this](const std::vector<qint64>& ids) {
    removeFavourites(session, {ids.begin(), ids.end()});
  });
  connect(noticeButton, &QPushButton::clicked, &page, [this] {
    if (noticeState) editor.load(*noticeState, tr("load favourite"), chooser->choice(), noticeChoice);
  });
  connect(historyStrip, &ThumbnailStrip::chosen, &page, [this](int index) {
    editor.load(CharacterState(history[static_cast<std::size_t>(index)].state), tr("return to an earlier state"));
  });
  historyTimer.setSingleShot(true);
  historyTimer.setInterval(kHistoryPause);
  connect(&historyTimer, &QTimer::timeout, &page, [this] { rememberState(); });
}

void CreatePage::Impl::addShortcuts() {
  const auto add = [this](const QKeySequence& keys, auto action) {
    connect(new QShortcut(keys, &page), &QShortcut::activated, &page, [this, action] {
      if (stack->currentIndex() == 1) action();
    });
  };
  add(Qt::Key_R, [this] { randomise(); });
  add(QKeySequence(Qt::CTRL | Qt::Key_R), [this] { editor.reset(panel->locks()); });
  add(Qt::Key_F, [this] { keep(); });
  add(Qt::Key_W, [this] {
    tabs->setCurrentWidget(places);
    places->toggleWalk();
  });
  add(Qt::Key_D, [this] { touchUpButton->toggle(); });
  add(QKeySequence::Copy, [this] { handOff->copy(); });
  add(QKeySequence(Qt::CTRL | Qt::Key_E), [this] { handOff->edit(); });
  add(QKeySequence::Paste, [this] { paste(); });
}

void CreatePage::Impl::restart() {
  model.reset();
  directions->setModel(nullptr);
  asked.clear();
  now = {};
  drawn.clear();
  colours->setCharacter({});
  history.clear();
  historyTimer.stop();
  historyStrip->setPictures({});
  notice->hide();
  stage->clear();
  CharacterState fresh;
  fresh.seed = random.below(kRandomSeeds);
  beginCharacter(fresh);
  panel->setOrder({});
  reloadFavourites();
  updateStack();
}

void CreatePage::Impl::updateStack() {
  // Favourites can be looked at, and exported, also when no weights are left.
  const bool work = model != nullptr || !favourites.empty();
  stack->setCurrentIndex(work ? 1 : 0);
  if (work) return;
  const bool training = session.training().active();
  emptyButton->setVisible(!chooser->loading());
  emptyTarget = Page::kTrain;
  emptyButton->setText(tr("Train →"));
  if (!session.hasProject()) {
    emptyText->setText(tr("Open a project, or make one, to create characters in it."));
    emptyButton->setText(tr("Start →"));
    emptyTarget = Page::kStart;
  } else if (chooser->loading()) {
    emptyText->setText(tr("Reading the model…"));
  } else if (training) {
    emptyText->setText(tr("Run %1 is in training. The first characters appear here with its first preview; you can "
                          "shape them while it goes on.")
                           .arg(session.training().run()));
    emptyButton->setText(tr("Watch it train →"));
  } else if (session.catalogue().usable() == 0) {
    emptyText->setText(
        tr("Here you shape new characters with a model that has learned from your sprites. Bring some "
           "sprites in first, then train a model on them."));
    emptyButton->setText(tr("Dataset →"));
    emptyTarget = Page::kDataset;
  } else {
    emptyText->setText(
        tr("Here you shape new characters with a model that has learned from your sprites. There is "
           "none yet: train one first. A few minutes are enough for a first look."));
  }
}

void CreatePage::Impl::adoptModel(const std::shared_ptr<const Model>& ready, const std::vector<int>& order) {
  const bool first = model == nullptr;
  if (first || model->run != ready->run || model->preset != ready->preset) places->setDirections({});
  model = ready;
  panel->setOrder(order);
  editor.fitTo(ready->latentSize());
  directions->setModel(ready);
  places->setLayers(latentLayers(*ready).size());
  const auto mirrors = [&](const std::string& view) { return drawnView(view, ready->views) != view; };
  mirrorSides->setVisible(std::ranges::any_of(ready->views, mirrors));
  showState();
  updateStack();
  if (first && page.isVisible()) stage->canvas().setFocus();
  request();
}

void CreatePage::Impl::showState() {
  const CharacterState& state = editor.state();
  const QSignalBlocker seedQuiet(seed), truncationQuiet(truncation), valueQuiet(truncationValue), crispQuiet(crisp),
      mirrorQuiet(mirrorSides);
  panel->setLatent(state.latent);
  seed->setValue(static_cast<int>(std::min<std::uint64_t>(state.seed, std::numeric_limits<int>::max())));
  truncation->setValue(static_cast<int>(std::lround(state.truncation * kTruncationSteps)));
  truncationValue->setValue(state.truncation);
  crisp->setChecked(state.crispAlpha);
  mirrorSides->setChecked(state.mirrorSides);
  colours->setEdits(state.colours);
  borrowed->setVisible(takesApart(state.colourLatent));
  places->setLatent(state.latent);
  directions->show(state, stage->viewName());
}

/// Shows what is drawn already in other colours, touched up or mirrored, where that is all that has changed; nothing
/// else may be under way.
bool CreatePage::Impl::recolour() {
  CharacterState known = editor.state();
  known.colours = now.state.colours;
  known.touchUp = now.state.touchUp;
  known.mirrorSides = now.state.mirrorSides;
  if (now.empty() || !asked.empty() || known != now.state) return false;
  now.state = editor.state();
  now.sprites = finished(drawn, now.views, now.state);
  stage->setNow(now);
  historyTimer.start();
  return true;
}

bool CreatePage::Impl::takesApart(const Latent& colourLatent) const {
  return model != nullptr && latentLayers(*model).size() > 1 &&
         std::cmp_equal(colourLatent.size(), model->latentSize());
}

void CreatePage::Impl::request() {
  const CharacterState& state = editor.state();
  if (model == nullptr || std::cmp_not_equal(state.latent.size(), model->latentSize())) return;
  GenerateRequest wanted;
  wanted.lane = kLane;
  const Latent latent = takesApart(state.colourLatent) ? wholeLatent(state) : state.latent;
  wanted.latents.assign(model->views.size(), latent);
  for (int view = 0; std::cmp_less(view, model->views.size()); ++view) wanted.views.push_back(view);
  wanted.options = {state.truncation, state.crispAlpha};
  asked.emplace(session.generator().request(std::move(wanted)), state);
}

void CreatePage::Impl::takeResult(const GenerateResult& result) {
  if (directions->takeResult(result)) return;
  const auto state = asked.find(result.id);
  if (result.lane != kLane || state == asked.end() || model == nullptr) return;
  now.state = state->second;
  asked.erase(asked.begin(), std::next(state));
  if (result.sprites.size() != model->views.size()) return;  // of a model that has just been replaced
  now.run = result.run;
  now.starter = result.run == 0 ? model->preset : std::string();
  now.step = result.step;
  now.views = model->views;
  drawn = result.sprites;
  now.sprites = finished(drawn, now.views, now.state);
  colours->setCharacter(drawn);
  stage->setNow(now);
  historyTimer.start();
}

void CreatePage::Impl::rememberState() {
  if (now.empty() || (!history.empty() && history.front().state == now.state)) return;
  history.push_front(now);
  if (history.size() > kMaxHistory) history.pop_back();
  std::vector<QImage> pictures;
  for (const CharacterLook& look : history) {
    const auto front = std::ranges::find(look.views, "front");
    const auto index = front != look.views.end() ? static_cast<std::size_t>(front - look.views.begin()) : 0;
    pictures.push_back(toImage(look.sprites[index]));
  }
  historyStrip->setPictures(std::move(pictures));
  historyStrip->setCurrent(0);
}

void CreatePage::Impl::randomise() {
  if (model == nullptr) return;
  const bool drawnOver = !editor.state().touchUp.empty();
  editor.randomise(random.below(kRandomSeeds), panel->locks());
  if (drawnOver) session.say(tr("What you drew by hand went with the character before; Ctrl+Z brings both back."));
}

void CreatePage::Impl::saveWalk() {
  if (!stage->stored(0) || !stage->stored(1)) return;
  try {
    (new WalkDialog(session, {stage->stored(0)->state, stage->stored(1)->state}, &page))->open();
  } catch (const Error& error) {
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

}  // namespace loom
