#include "ui/pages/train_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "ui/bridge/aside.h"
#include "ui/models/duration_text.h"
#include "ui/models/run_commands.h"
#include "ui/pages/report_dialog.h"
#include "ui/pages/run_comparison.h"
#include "ui/pages/run_dialogs.h"
#include "ui/pages/search_dialog.h"
#include "ui/pages/timelapse_dialog.h"
#include "ui/widgets/loss_plot.h"
#include "ui/widgets/preview_scrubber.h"
#include "ui/widgets/run_panel.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/training_setup.h"
#include "ui/widgets/training_status.h"

namespace loom {
namespace {

constexpr std::size_t kRecentRows = 20'000;  // live rows kept, for a run that is shown again before they are recorded

QString count(std::int64_t number) {
  return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(static_cast<qlonglong>(number));
}

}  // namespace

struct TrainPage::Impl {
  Impl(TrainPage* owner, Session& shared) : page(owner), session(shared) {}

  TrainPage* page;
  Session& session;
  TrainingSetup* setup = nullptr;
  QPushButton* start = nullptr;
  QPushButton* pause = nullptr;
  QPushButton* stop = nullptr;
  QPushButton* checkpoint = nullptr;
  QPushButton* search = nullptr;
  SearchDialog* searchDialog = nullptr;  // made when it is first asked for
  QAction* startAction = nullptr;
  QAction* pauseAction = nullptr;
  QAction* stopAction = nullptr;
  QAction* checkpointAction = nullptr;
  LossPlot* plot = nullptr;
  PreviewScrubber* preview = nullptr;
  TrainingStatus* status = nullptr;
  RunPanel* runs = nullptr;
  RunComparison* comparison = nullptr;
  QStackedWidget* curves = nullptr;    // of the run that is shown, or of those compared
  QStackedWidget* pictures = nullptr;  // likewise
  QShortcut* back = nullptr;
  Aside sizes;

  CatalogueCounts counts;
  int shownRun = 0;
  std::filesystem::path liveFolder;  // of the project whose run is in training
  std::deque<MetricRow> recent;      // of the run in training
  bool stopping = false;
  bool checkpointAsked = false;
  bool searchSaid = false;  // the status tells that a search is under way

  TrainingBridge& training() { return session.training(); }
  bool live() const;
  bool showsLive() const { return live() && shownRun == session.training().run(); }

  QPushButton* makeButton(const QString& text, const char* name, const QKeySequence& key, const QString& tip,
                          QAction*& action);
  QWidget* buildLeft();
  QWidget* buildRight();
  void connectRuns();
  void connectSession();
  void connectTraining();
  void connectTuning();

  void projectChanged();
  void countSprites();
  void reloadRuns();
  void updateState();
  void sayIdle();
  void sayAboutSearch(bool searching);
  void sayRun(const RunInfo& run);
  void startRun();
  void resumeRun(int run, std::int64_t total);
  void togglePause();
  void stopRun();
  void saveNote(int run, const QString& note);
  void clone(int run, bool withWeights);
  void showReport(int run);
  void show(int run);
  void compare(const std::vector<int>& numbers);
  void leaveComparison();
  void backToRun();
  void followLists(const std::vector<RunInfo>& infos);
  void measureSizes(std::vector<RunInfo> infos);
  void loadCurves(int run);
  void runStarted(int run);
  void metricsArrived(const std::vector<MetricRow>& rows);
  bool runEnded(int run);  ///< false: it was not of the project that is open
};

TrainPage::TrainPage(Session& session, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(this, session)) {
  setObjectName("trainPage");
  auto* both = new QSplitter(Qt::Horizontal, this);
  both->setObjectName("train.columns");
  both->addWidget(m_impl->buildLeft());
  both->addWidget(m_impl->buildRight());
  both->setSizes({600, 640});
  both->setChildrenCollapsible(false);
  both->setStretchFactor(0, 10);
  both->setStretchFactor(1, 11);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 8);
  layout->addWidget(both);
  for (QSplitter* splitter : findChildren<QSplitter*>()) {
    splitter->restoreState(QSettings().value("splitters/" + splitter->objectName()).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this,
            [splitter] { QSettings().setValue("splitters/" + splitter->objectName(), splitter->saveState()); });
  }
  m_impl->connectSession();
  m_impl->connectTraining();
  m_impl->connectTuning();
  m_impl->projectChanged();
}

TrainPage::~TrainPage() {
  silence(*this, *this);
}

QPushButton* TrainPage::Impl::makeButton(const QString& text, const char* name, const QKeySequence& key,
                                         const QString& tip, QAction*& action) {
  auto* button = new QPushButton(text, page);
  button->setObjectName(name);
  button->setToolTip(tr("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
  action = new QAction(text, page);
  action->setShortcut(key);
  page->addAction(action);
  QObject::connect(action, &QAction::triggered, button, &QPushButton::click);
  return button;
}

QWidget* TrainPage::Impl::buildLeft() {
  setup = new TrainingSetup(page);
  start = makeButton(tr("&Start"), "train.start", Qt::Key_F5, tr("Train a new run with these settings"), startAction);
  start->setProperty("primary", true);
  pause = makeButton(tr("&Pause"), "train.pause", Qt::Key_F6, tr("Hold the training, or let it go on"), pauseAction);
  stop = makeButton(tr("St&op"), "train.stop", Qt::Key_F7,
                    tr("End this run; a checkpoint is written first, so that it can be resumed"), stopAction);
  checkpoint = makeButton(tr("Chec&kpoint"), "train.checkpoint", Qt::Key_F8, tr("Save the state of the run now"),
                          checkpointAction);
  QObject::connect(start, &QPushButton::clicked, page, [this] { startRun(); });
  QObject::connect(pause, &QPushButton::clicked, page, [this] { togglePause(); });
  QObject::connect(stop, &QPushButton::clicked, page, [this] { stopRun(); });
  QObject::connect(checkpoint, &QPushButton::clicked, page, [this] {
    checkpointAsked = true;
    training().checkpoint();
  });
  search = new QPushButton(tr("Search for settings…"), page);
  search->setObjectName("train.search");
  search->setToolTip(tr("Try many settings in short runs and keep the best"));
  QObject::connect(search, &QPushButton::clicked, page, &TrainPage::showSearch);
  plot = new LossPlot(page);
  comparison = new RunComparison(session, page);
  curves = new QStackedWidget(page);
  curves->addWidget(plot);
  curves->addWidget(comparison->overlay());

  auto* buttons = new QHBoxLayout;
  for (QPushButton* button : {start, pause, stop, checkpoint}) buttons->addWidget(button);
  buttons->addStretch(1);
  buttons->addWidget(search);
  auto* upper = new QWidget(page);
  auto* upperLayout = new QVBoxLayout(upper);
  upperLayout->setContentsMargins(0, 0, 0, 4);
  upperLayout->addWidget(setup, 1);
  upperLayout->addLayout(buttons);
  auto* left = new QSplitter(Qt::Vertical, page);
  left->setObjectName("train.left");
  left->addWidget(upper);
  left->addWidget(curves);
  left->setSizes({540, 270});
  left->setChildrenCollapsible(false);
  left->setStretchFactor(0, 1);
  left->setStretchFactor(1, 1);
  return left;
}

QWidget* TrainPage::Impl::buildRight() {
  preview = new PreviewScrubber(page);
  status = new TrainingStatus(page);
  runs = new RunPanel(page);
  QObject::connect(preview, &PreviewScrubber::shownChanged, page,
                   [this](qint64 step) { plot->mark(preview->atEnd() ? -1 : step); });
  QObject::connect(preview, &PreviewScrubber::filmRequested, page,
                   [this] { (new TimelapseDialog(session, shownRun, page))->open(); });
  QObject::connect(status, &TrainingStatus::nextClicked, page,
                   [this] { session.requestPage(counts.sprites > 0 ? Page::kCreate : Page::kDataset); });
  connectRuns();
  pictures = new QStackedWidget(page);
  pictures->addWidget(preview);
  pictures->addWidget(comparison->histories());
  auto* upper = new QWidget(page);
  auto* upperLayout = new QVBoxLayout(upper);
  upperLayout->setContentsMargins(0, 0, 0, 0);
  upperLayout->addWidget(comparison->bar());
  upperLayout->addWidget(pictures, 1);
  upperLayout->addWidget(status);
  auto* right = new QSplitter(Qt::Vertical, page);
  right->setObjectName("train.right");
  right->addWidget(upper);
  right->addWidget(runs);
  right->setSizes({560, 250});
  right->setChildrenCollapsible(false);
  right->setStretchFactor(0, 3);
  right->setStretchFactor(1, 1);
  return right;
}

void TrainPage::Impl::connectRuns() {
  QObject::connect(runs, &RunPanel::runSelected, page, [this](int run) { show(run); });
  QObject::connect(runs, &RunPanel::runsSelected, page, [this](const std::vector<int>& chosen) { compare(chosen); });
  QObject::connect(runs, &RunPanel::resumeRequested, page, [this](int run, qint64 total) { resumeRun(run, total); });
  QObject::connect(runs, &RunPanel::noteEdited, page, [this](int run, const QString& note) { saveNote(run, note); });
  QObject::connect(runs, &RunPanel::nameEdited, page,
                   [this](int run, const QString& name) { renameRun(session, run, name); });
  QObject::connect(runs, &RunPanel::settingsWanted, page, [this](int run) { clone(run, false); });
  QObject::connect(runs, &RunPanel::weightsWanted, page, [this](int run) { clone(run, true); });
  QObject::connect(runs, &RunPanel::reportRequested, page, [this](int run) { showReport(run); });
  QObject::connect(comparison, &RunComparison::reportRequested, page, [this](int run) { showReport(run); });
  QObject::connect(runs, &RunPanel::exportRequested, page,
                   [this](const std::vector<int>& chosen) { exportMetricsOf(session, chosen, page); });
  QObject::connect(runs, &RunPanel::deleteRequested, page,
                   [this](const std::vector<int>& chosen) { deleteRuns(session, chosen); });
  QObject::connect(runs, &RunPanel::restoreRequested, page,
                   [this](const std::vector<int>& chosen) { restoreRuns(session, chosen); });
  QObject::connect(runs, &RunPanel::removeRequested, page, [this](const std::vector<int>& chosen) {
    removeRunsForGood(session, chosen, runs->model().sizeOf(chosen), page);
  });
  QObject::connect(comparison, &RunComparison::backRequested, page, [this] { backToRun(); });
  QObject::connect(comparison, &RunComparison::curvesLoaded, page, [this] {
    if (live()) comparison->append(training().run(), {recent.begin(), recent.end()});
  });
  back = new QShortcut(Qt::Key_Escape, page);
  back->setContext(Qt::WidgetWithChildrenShortcut);
  back->setEnabled(false);
  QObject::connect(back, &QShortcut::activated, page, [this] { backToRun(); });
}

void TrainPage::Impl::connectSession() {
  QObject::connect(&session, &Session::projectChanged, page, [this] { projectChanged(); });
  QObject::connect(&session, &Session::spritesChanged, page, [this] { countSprites(); });
  QObject::connect(&session, &Session::runsChanged, page, [this] { reloadRuns(); });
}

void TrainPage::Impl::connectTraining() {
  TrainingBridge* bridge = &training();
  QObject::connect(bridge, &TrainingBridge::started, page, [this](int run) { runStarted(run); });
  QObject::connect(bridge, &TrainingBridge::progressChanged, page, [this](const TrainingProgress& progress) {
    if (!live()) return;
    status->setProgress(progress);
    runs->setProgress(training().run(), progress);
    updateState();
  });
  QObject::connect(bridge, &TrainingBridge::metricsArrived, page,
                   [this](int, const std::vector<MetricRow>& rows) { metricsArrived(rows); });
  QObject::connect(bridge, &TrainingBridge::previewArrived, page, [this](int, const Preview& picture) {
    if (!live()) return;
    status->offer(tr("Create →"), tr("Shape characters with the newest weights while the training goes on"));
    if (showsLive()) preview->addPreview(picture);
    comparison->addPreview(training().run(), picture);
  });
  QObject::connect(bridge, &TrainingBridge::healthChanged, page, [this](const Health& health) {
    if (live() && !stopping) status->say(moodOf(health.level), QString::fromStdString(health.text));
  });
  QObject::connect(bridge, &TrainingBridge::checkpointWritten, page, [this](int run, qint64 step) {
    if (!std::exchange(checkpointAsked, false)) return;  // those by the clock need no word
    session.say(tr("Run %1: checkpoint at step %2 written.").arg(run).arg(count(step)));
  });
  QObject::connect(bridge, &TrainingBridge::finished, page, [this](int run, const TrainingResult& result) {
    if (!runEnded(run)) return;
    status->say(
        Mood::kGood,
        result.reachedTarget
            ? tr("Run %1 is finished: %2 steps in %3. Meet what it draws on the Create page.")
                  .arg(run)
                  .arg(count(result.steps), durationText(result.seconds))
            : tr("Run %1 is stopped at step %2. It can be resumed below any time.").arg(run).arg(count(result.steps)));
    status->offer(tr("Create →"), tr("Shape characters with what was learned"));
  });
  QObject::connect(bridge, &TrainingBridge::failed, page, [this](int run, const ErrorText& error) {
    const bool cancelled = stopping && run == 0;
    if (!runEnded(run)) return;
    QString what = run > 0 ? tr("Run %1 ended: %2").arg(run).arg(error.what) : error.what;
    if (!what.isEmpty()) what[0] = what[0].toUpper();
    status->say(cancelled ? Mood::kNeutral : Mood::kBad, what, error.hint);
  });
}

void TrainPage::showSearch() {
  if (!m_impl->session.hasProject()) return;
  SearchDialog*& dialog = m_impl->searchDialog;
  if (dialog == nullptr) {
    dialog = new SearchDialog(m_impl->session, this);
    connect(dialog, &SearchDialog::settingsWanted, this, [this](const RunInfo& like) {
      try {
        m_impl->setup->useSettings(like.preset, like.settings);
        m_impl->session.requestPage(Page::kTrain);
      } catch (const Error& error) {  // a search of an older version
        m_impl->session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
      }
    });
    connect(dialog, &SearchDialog::runWanted, this, [this](int run) {
      m_impl->session.requestPage(Page::kTrain);
      m_impl->show(run);
    });
  }
  dialog->setBase(m_impl->setup->request());
  dialog->show();
  dialog->raise();
  dialog->activateWindow();
}

void TrainPage::choosePreset(const std::string& preset) {
  m_impl->setup->useSettings(preset, Json::object());
}

void TrainPage::Impl::connectTuning() {
  TuningBridge* bridge = &session.tuning();
  const auto look = [this] { updateState(); };
  QObject::connect(bridge, &TuningBridge::started, page, look);
  QObject::connect(bridge, &TuningBridge::finished, page, look);
  QObject::connect(bridge, &TuningBridge::failed, page, look);
}

/// Whether the run in training, if any, is one of the project that is open.
bool TrainPage::Impl::live() const {
  return session.hasProject() && session.training().run() > 0 && liveFolder == session.project().folder();
}

void TrainPage::Impl::projectChanged() {
  counts = {};
  shownRun = 0;
  leaveComparison();
  runs->setShowsBin(false);
  plot->clear();
  preview->clear();
  status->hideProgress();
  status->offer({}, {});
  setup->setData(counts);
  setup->startOver();
  page->setEnabled(session.hasProject());
  reloadRuns();
  countSprites();
  sayIdle();
  if (const int newest = runs->model().runAt(0); newest > 0) show(newest);
}

void TrainPage::Impl::countSprites() {
  if (!session.hasProject()) return;
  session.jobs().run(
      tr("Counting sprites"), page, [project = session.project()](JobMonitor&) { return project.catalogue().counts(); },
      [this, folder = session.project().folder()](const CatalogueCounts& now) {
        if (!session.hasProject() || session.project().folder() != folder) return;
        counts = now;
        setup->setData(counts);
        if (!training().active()) sayIdle();
        updateState();
      });
}

void TrainPage::Impl::reloadRuns() {
  const auto entryOf = [this](const RunInfo& info) {
    RunActivity activity = RunActivity::kNone;
    const bool open = info.status == RunStatus::kRunning || info.status == RunStatus::kPaused;
    if ((live() && info.number == training().run()) || info.number == session.tuning().progress().run) {
      activity = RunActivity::kHere;
    } else if (open && RunLock::isHeld(session.project().runFolder(info))) {
      activity = RunActivity::kElsewhere;
    }
    return RunModel::Entry{info, activity};
  };
  std::vector<RunModel::Entry> entries;
  std::vector<RunModel::Entry> binned;
  std::vector<RunInfo> infos;
  if (session.hasProject()) {
    infos = session.catalogue().runs();
    for (const RunInfo& info : session.catalogue().binnedRuns()) binned.push_back({info, RunActivity::kNone});
  }
  for (const RunInfo& info : infos) entries.push_back(entryOf(info));
  std::vector<RunInfo> measured = infos;
  for (const RunModel::Entry& entry : binned) measured.push_back(entry.info);
  setup->setRuns(infos);
  runs->setRuns(std::move(entries), std::move(binned));
  followLists(infos);
  measureSizes(std::move(measured));
  updateState();
}

/// What is shown may have been renamed, deleted, or restored.
void TrainPage::Impl::followLists(const std::vector<RunInfo>& infos) {
  const auto listed = [&infos](int run) { return std::ranges::find(infos, run, &RunInfo::number) != infos.end(); };
  if (!comparison->runs().empty()) {
    std::vector<int> left = comparison->runs();
    std::erase_if(left, [&listed](int run) { return !listed(run); });
    if (left.size() > 1) return compare(left);
    leaveComparison();
  }
  if (shownRun > 0 && !listed(shownRun)) {
    shownRun = 0;
    plot->clear();
    preview->clear();
    if (!infos.empty()) return show(infos.back().number);
    sayIdle();
  }
  if (shownRun > 0 && !runs->showsBin()) runs->select(shownRun);
}

void TrainPage::Impl::measureSizes(std::vector<RunInfo> infos) {
  if (!session.hasProject()) return;
  sizes.ask(
      [project = session.project(), infos = std::move(infos)] {
        std::map<int, std::int64_t> bytes;
        for (const RunInfo& info : infos) bytes[info.number] = runStorage(project, info).total();
        return bytes;
      },
      [this](const std::map<int, std::int64_t>& bytes) { runs->setSizes(bytes); });
}

void TrainPage::Impl::updateState() {
  const bool searching = session.tuning().active();
  const bool active = training().active();
  const TrainingState state = training().progress().state;
  const bool running = live() && !stopping && state != TrainingState::kStopping && state != TrainingState::kEnded;
  const bool paused = running && state == TrainingState::kPaused;
  start->setEnabled(!active && !searching && counts.sprites - counts.excluded > 0);
  pause->setEnabled(running);
  pause->setText(paused ? tr("&Continue") : tr("&Pause"));
  stop->setEnabled(active && !stopping);
  checkpoint->setEnabled(running);
  runs->setBusy(searching ? tr("A search for settings is under way. Stop it first; it can go on later.")
                : active  ? tr("A run is training. Stop it first.")
                          : QString());
  sayAboutSearch(searching);
  for (const auto& [action, button] : {std::pair{startAction, start}, std::pair{pauseAction, pause},
                                       std::pair{stopAction, stop}, std::pair{checkpointAction, checkpoint}}) {
    action->setEnabled(button->isEnabled());
  }
}

void TrainPage::Impl::sayIdle() {
  if (!session.hasProject()) {
    status->say(Mood::kNeutral, tr("Open or make a project first."));
  } else if (counts.sprites - counts.excluded <= 0) {
    status->say(Mood::kNeutral, tr("There are no sprites to learn from yet. Import some on the Dataset page."));
    status->offer(tr("Dataset →"), tr("Import sprites"));
  } else if (const RunModel::Entry* entry = runs->model().find(shownRun)) {
    sayRun(entry->info);
  } else {
    status->say(Mood::kNeutral, tr("Ready to learn from %1 sprites of %2 characters. Press Start.")
                                    .arg(count(counts.sprites - counts.excluded), count(counts.characters)));
    status->offer({}, {});
  }
}

/// Why Start does nothing while a search is under way.
void TrainPage::Impl::sayAboutSearch(bool searching) {
  if (searching == searchSaid) return;
  searchSaid = searching;
  if (searching) {
    status->say(Mood::kNeutral, tr("A search for settings is under way. Stop it, or wait, before you start a run."));
  } else if (!training().active()) {
    sayIdle();
  }
}

void TrainPage::Impl::sayRun(const RunInfo& run) {
  const RunModel::Entry* entry = runs->model().find(run.number);
  const QString steps = tr("%1 steps in %2").arg(count(run.steps), durationText(run.seconds));
  if (entry != nullptr && RunModel::interrupted(*entry)) {
    status->say(Mood::kWarning,
                tr("Run %1 was interrupted. Resume it below; it goes on from its last checkpoint.").arg(run.number));
  } else if (run.status == RunStatus::kFailed) {
    status->say(Mood::kBad, tr("Run %1 failed at step %2.").arg(run.number).arg(count(run.steps)),
                tr("Its last good checkpoint was kept: resume it, or start a new run with a lower learning rate."));
  } else if (entry != nullptr && entry->activity == RunActivity::kElsewhere) {
    status->say(Mood::kNeutral, tr("Run %1 trains in another program: %2 so far.").arg(run.number).arg(steps));
  } else {
    status->say(Mood::kNeutral, tr("Run %1 is %2: %3.").arg(run.number).arg(RunModel::statusText({run, {}}), steps));
  }
  status->offer(run.steps > 0 ? tr("Create →") : QString(), tr("Shape characters with what was learned"));
}

void TrainPage::Impl::startRun() {
  if (!session.hasProject() || training().active()) return;
  stopping = false;
  liveFolder = session.project().folder();
  status->say(Mood::kNeutral, tr("Preparing the sprites…"));
  status->offer({}, {});
  training().start(session.project(), setup->request());
  updateState();
}

void TrainPage::Impl::resumeRun(int run, std::int64_t total) {
  if (!session.hasProject() || training().active() || run <= 0) return;
  stopping = false;
  liveFolder = session.project().folder();
  status->say(Mood::kNeutral, tr("Reading the last checkpoint of run %1…").arg(run));
  training().resume(session.project(), {.run = run, .steps = total, .epochs = {}, .minutes = {}});
  updateState();
}

void TrainPage::Impl::togglePause() {
  if (training().progress().state == TrainingState::kPaused) {
    training().proceed();
  } else {
    training().pause();
  }
}

void TrainPage::Impl::stopRun() {
  stopping = true;
  status->say(Mood::kNeutral, tr("Stopping; a checkpoint is written first…"));
  training().stop();
  updateState();
}

void TrainPage::Impl::saveNote(int run, const QString& note) {
  try {
    Catalogue::Transaction together(session.catalogue());  // the training writes to the same record
    RunInfo info = session.catalogue().run(run);
    info.note = note.toStdString();
    session.catalogue().updateRun(info);
    together.commit();
  } catch (const Error& error) {
    session.say(tr("The note could not be saved: %1").arg(error.what()), QString::fromStdString(error.hint()));
  }
}

void TrainPage::Impl::clone(int run, bool withWeights) {
  const RunModel::Entry* entry = runs->model().find(run);
  if (entry == nullptr) return;
  try {
    setup->copyFrom(entry->info, withWeights);
  } catch (const Error& error) {  // of a preset that this version does not have, or with a value it does not allow
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void TrainPage::Impl::showReport(int run) {
  const RunModel::Entry* entry = runs->model().find(run);
  if (entry != nullptr) (new ReportDialog(session, entry->info, page))->open();
}

void TrainPage::Impl::compare(const std::vector<int>& numbers) {
  std::vector<RunInfo> chosen;
  for (const int number : numbers) {
    if (const RunModel::Entry* entry = runs->model().find(number)) chosen.push_back(entry->info);
  }
  if (chosen.size() < 2) return;
  comparison->show(chosen, shownRun);
  curves->setCurrentWidget(comparison->overlay());
  pictures->setCurrentWidget(comparison->histories());
  back->setEnabled(true);
}

void TrainPage::Impl::leaveComparison() {
  comparison->clear();
  curves->setCurrentWidget(plot);
  pictures->setCurrentWidget(preview);
  back->setEnabled(false);
}

void TrainPage::Impl::backToRun() {
  leaveComparison();
  runs->select(shownRun);
}

void TrainPage::Impl::show(int run) {
  if (!comparison->runs().empty()) leaveComparison();
  const RunModel::Entry* entry = runs->model().find(run);
  if (entry == nullptr) return;
  shownRun = run;
  runs->select(run);
  preview->setHistory(session.project().runFolder(entry->info) / "samples");
  loadCurves(run);
  if (!training().active()) sayRun(entry->info);
}

void TrainPage::Impl::loadCurves(int run) {
  session.jobs().run(
      tr("Loading the curves of run %1").arg(run), page,
      [project = session.project(), run, window = plot->smoothing()](JobMonitor&) {
        return LossPlot::prepare(project.catalogue().metrics(run), window);
      },
      [this, run, folder = session.project().folder()](std::shared_ptr<LossPlot::Curves> curves) {
        if (shownRun != run || !session.hasProject() || session.project().folder() != folder) return;
        plot->setCurves(std::move(curves));
        if (!showsLive()) return;
        const std::int64_t recorded = plot->lastStep();
        const auto news = std::ranges::upper_bound(recent, recorded, {}, &MetricRow::step);
        plot->append({news, recent.end()});
      });
}

void TrainPage::Impl::runStarted(int run) {
  if (!live()) return;
  recent.clear();
  leaveComparison();
  runs->setShowsBin(false);
  reloadRuns();
  status->say(Mood::kGood, tr("Run %1 is training.").arg(run));
  const RunModel::Entry* entry = runs->model().find(run);
  if (entry != nullptr && entry->info.steps > 0) {
    show(run);
  } else {  // nothing is recorded yet: no need to wait for a job
    shownRun = run;
    runs->select(run);
    plot->begin(training().metricNames());
    preview->clear();
    if (entry != nullptr) preview->setHistory(session.project().runFolder(entry->info) / "samples");
  }
  updateState();
}

void TrainPage::Impl::metricsArrived(const std::vector<MetricRow>& rows) {
  if (!live()) return;
  recent.insert(recent.end(), rows.begin(), rows.end());
  if (recent.size() > kRecentRows) {
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(kRecentRows));
  }
  if (showsLive()) plot->append(rows);
  comparison->append(training().run(), rows);
}

bool TrainPage::Impl::runEnded(int run) {
  stopping = false;
  recent.clear();
  reloadRuns();
  if (!session.hasProject() || liveFolder != session.project().folder()) return false;
  status->hideProgress();
  if (const RunModel::Entry* entry = runs->model().find(run)) rememberSpeed(entry->info);
  return true;
}

}  // namespace loom
