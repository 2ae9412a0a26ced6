#include "ui/pages/main_window.h"

#include <QActionGroup>
#include <QApplication>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "ui/models/duration_text.h"
#include "ui/models/undo_kinds.h"
#include "ui/pages/create_page.h"
#include "ui/pages/dataset_page.h"
#include "ui/pages/export_page.h"
#include "ui/pages/start_page.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_menu.h"
#include "ui/pages/turnaround_page.h"
#include "ui/widgets/keyboard_map.h"
#include "ui/widgets/theme.h"

namespace loom {
namespace {

constexpr int kStarterCharacters = 250;

QString projectsFolder() {
  const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  return QSettings().value("projectsFolder", documents.isEmpty() ? QDir::homePath() : documents).toString();
}

}  // namespace

struct MainWindow::Impl {
  Session session;
  QStackedWidget* pages = nullptr;
  QButtonGroup* rail = nullptr;
  QMenu* recentMenu = nullptr;
  QList<QAction*> projectActions;  // need an open project
  QFrame* messageBar = nullptr;
  QLabel* message = nullptr;
  QLabel* jobLabel = nullptr;
  QProgressBar* jobBar = nullptr;
  QPushButton* cancelButton = nullptr;
  QLabel* trainingLabel = nullptr;
  QLabel* deviceLabel = nullptr;
  TrainPage* train = nullptr;
  std::unique_ptr<TrainingMenu> trainingMenu;  // before the session goes
};

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("mainWindow");
  addUndoKinds(m_impl->session);
  setAcceptDrops(true);
  resize(1360, 860);
  buildRail();
  buildMenus();
  buildStatusBar();
  connectSession();
  updateForProject();
  QSettings settings;
  restoreGeometry(settings.value("window/geometry").toByteArray());
  showPage(Page::kStart);
}

MainWindow::~MainWindow() {
  delete takeCentralWidget();  // the pages go before the session that they use
}

Session& MainWindow::session() {
  return m_impl->session;
}

void MainWindow::buildRail() {
  auto* central = new QWidget;
  auto* rail = new QWidget;
  rail->setObjectName("rail");
  rail->setAttribute(Qt::WA_StyledBackground);
  auto* railLayout = new QVBoxLayout(rail);
  railLayout->setContentsMargins(0, 8, 0, 8);
  railLayout->setSpacing(2);
  m_impl->pages = new QStackedWidget;
  m_impl->rail = new QButtonGroup(this);

  auto* start = new StartPage(m_impl->session);
  auto* dataset = new DatasetPage(m_impl->session);
  auto* exportPage = new ExportPage(m_impl->session);
  m_impl->train = new TrainPage(m_impl->session);
  connect(start, &StartPage::newRequested, this, &MainWindow::newProject);
  connect(start, &StartPage::openRequested, this, &MainWindow::askForProject);
  connect(start, &StartPage::openRecentRequested, this, &MainWindow::openProject);
  connect(start, &StartPage::tryRequested, this, &MainWindow::tryNow);
  connect(dataset, &DatasetPage::selectionChanged, exportPage, &ExportPage::setSelection);

  struct Entry {
    QWidget* page;
    QString title, icon, tip;
  };
  const Entry entries[] = {
      {start, tr("Start"), "start", tr("Projects (Ctrl+1)")},
      {dataset, tr("Dataset"), "dataset", tr("Import, look at and choose sprites (Ctrl+2)")},
      {m_impl->train, tr("Train"), "train", tr("Teach a model your sprites (Ctrl+3)")},
      {new CreatePage(m_impl->session), tr("Create"), "create", tr("Shape new characters (Ctrl+4)")},
      {new TurnaroundPage(m_impl->session), tr("Turnaround"), "turnaround",
       tr("Draw the missing views of a character (Ctrl+5)")},
      {exportPage, tr("Export"), "export", tr("Write sprite sheets (Ctrl+6)")},
  };
  for (int i = 0; i < static_cast<int>(std::size(entries)); ++i) {
    auto* button = new QToolButton;
    button->setObjectName("rail" + entries[i].title);
    button->setText(entries[i].title);
    button->setIcon(themedIcon(entries[i].icon));
    button->setIconSize(QSize(24, 24));
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setCheckable(true);
    button->setToolTip(entries[i].tip);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_impl->rail->addButton(button, i);
    railLayout->addWidget(button);
    m_impl->pages->addWidget(entries[i].page);
  }
  railLayout->addStretch();
  connect(m_impl->rail, &QButtonGroup::idClicked, this, [this](int id) { showPage(static_cast<Page>(id)); });

  m_impl->messageBar = new QFrame;
  m_impl->messageBar->setObjectName("messageBar");
  m_impl->message = new QLabel;
  m_impl->message->setObjectName("message");
  m_impl->message->setWordWrap(true);
  m_impl->message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* dismiss = new QToolButton;
  dismiss->setText("×");
  dismiss->setAccessibleName(tr("Dismiss the message"));
  dismiss->setToolTip(tr("Dismiss"));
  connect(dismiss, &QToolButton::clicked, m_impl->messageBar, &QWidget::hide);
  auto* messageLayout = new QHBoxLayout(m_impl->messageBar);
  messageLayout->setContentsMargins(12, 6, 8, 6);
  messageLayout->addWidget(m_impl->message, 1);
  messageLayout->addWidget(dismiss, 0, Qt::AlignTop);
  m_impl->messageBar->hide();

  auto* right = new QVBoxLayout;
  right->setContentsMargins(0, 0, 0, 0);
  right->setSpacing(0);
  right->addWidget(m_impl->pages, 1);
  right->addWidget(m_impl->messageBar);
  auto* layout = new QHBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(rail);
  layout->addLayout(right, 1);
  setCentralWidget(central);
}

void MainWindow::buildMenus() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  file->addAction(tr("&New project…"), QKeySequence::New, this, &MainWindow::newProject);
  file->addAction(tr("&Open project…"), QKeySequence::Open, this, &MainWindow::askForProject);
  m_impl->recentMenu = file->addMenu(tr("Open &recent"));
  connect(m_impl->recentMenu, &QMenu::aboutToShow, this, &MainWindow::offerRecent);
  QAction* saveAs = file->addAction(tr("Save &as…"), QKeySequence::SaveAs, this, &MainWindow::saveProjectAs);
  QAction* close = file->addAction(tr("&Close project"), QKeySequence::Close, this, [this] {
    m_impl->session.closeProject();
    showPage(Page::kStart);
  });
  m_impl->projectActions = {saveAs, close};
  file->addSeparator();
  file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QUndoStack& undo = m_impl->session.undoStack();
  QAction* undoAction = undo.createUndoAction(this, tr("&Undo"));
  undoAction->setShortcut(QKeySequence::Undo);
  QAction* redoAction = undo.createRedoAction(this, tr("&Redo"));
  redoAction->setShortcuts({QKeySequence::Redo, QKeySequence(Qt::CTRL | Qt::Key_Y)});
  edit->addActions({undoAction, redoAction});

  QMenu* view = menuBar()->addMenu(tr("&View"));
  for (int i = 0; i < m_impl->pages->count(); ++i) {
    view->addAction(m_impl->rail->button(i)->text(), QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)), this,
                    [this, i] { showPage(static_cast<Page>(i)); });
  }
  view->addSeparator();
  auto* themes = new QActionGroup(this);
  for (const auto& [text, theme] : {std::pair{tr("&Dark"), Theme::kDark}, std::pair{tr("&Light"), Theme::kLight}}) {
    QAction* action = view->addAction(text, this, [this, theme = theme] {
      QSettings().setValue("light", theme == Theme::kLight);
      applyTheme(*qApp, theme);
      const QStringList icons = {"start", "dataset", "train", "create", "turnaround", "export"};
      for (int i = 0; i < icons.size(); ++i) m_impl->rail->button(i)->setIcon(themedIcon(icons[i]));
    });
    action->setCheckable(true);
    action->setChecked(QSettings().value("light", false).toBool() == (theme == Theme::kLight));
    themes->addAction(action);
  }

  m_impl->trainingMenu = std::make_unique<TrainingMenu>(m_impl->session, *this);
  connect(m_impl->trainingMenu.get(), &TrainingMenu::searchRequested, this, [this] {
    showPage(Page::kTrain);
    m_impl->train->showSearch();
  });

  QMenu* help = menuBar()->addMenu(tr("&Help"));
  help->addAction(tr("&Keyboard"), QKeySequence(Qt::Key_F1), this, [this] {
    // Another one is brought to the front where it is open already.
    if (auto* open = findChild<KeyboardMapDialog*>()) return open->raise();
    (new KeyboardMapDialog(m_impl->rail->button(m_impl->pages->currentIndex())->text(), this))->show();
  });
  help->addAction(tr("&About Spriteloom"), this, [this] {
    QMessageBox::about(this, tr("About Spriteloom"),
                       tr("<b>Spriteloom %1</b><br>Qt %2, on %3<br><br>Free software under the GNU General Public "
                          "License, version 3 or later.")
                           .arg(SPRITELOOM_VERSION, qVersion(), QSysInfo::prettyProductName()));
  });
}

void MainWindow::buildStatusBar() {
  m_impl->jobLabel = new QLabel;
  m_impl->jobLabel->setObjectName("jobLabel");
  m_impl->jobBar = new QProgressBar;
  m_impl->jobBar->setObjectName("jobBar");
  m_impl->jobBar->setFixedWidth(180);
  m_impl->jobBar->setTextVisible(false);
  m_impl->cancelButton = new QPushButton(tr("Cancel"));
  m_impl->cancelButton->setObjectName("cancelJobButton");
  m_impl->cancelButton->setToolTip(tr("Stop this job; nothing half-done is kept"));
  connect(m_impl->cancelButton, &QPushButton::clicked, this, [this] { m_impl->session.jobs().cancel(); });
  m_impl->trainingLabel = new QLabel(tr("Nothing is training"));
  m_impl->trainingLabel->setObjectName("trainingLabel");
  const auto sayAboutSleep = [this] { m_impl->trainingLabel->setToolTip(m_impl->trainingMenu->sleepText()); };
  connect(m_impl->trainingMenu.get(), &TrainingMenu::sleepChanged, this, sayAboutSleep);
  sayAboutSleep();
  m_impl->deviceLabel = new QLabel;
  m_impl->deviceLabel->setObjectName("deviceLabel");
  m_impl->deviceLabel->setToolTip(tr("Where training runs"));
  m_impl->session.jobs().run(
      tr("Looking for a GPU"), this, [](JobMonitor&) { return deviceName(); },
      [this](const std::string& name) { m_impl->deviceLabel->setText(QString::fromStdString(name)); });
  for (QWidget* widget : {static_cast<QWidget*>(m_impl->jobLabel), static_cast<QWidget*>(m_impl->jobBar),
                          static_cast<QWidget*>(m_impl->cancelButton)}) {
    statusBar()->addWidget(widget);
    widget->hide();
  }
  statusBar()->addPermanentWidget(m_impl->trainingLabel);
  statusBar()->addPermanentWidget(m_impl->deviceLabel);
}

void MainWindow::connectSession() {
  Session& session = m_impl->session;
  connect(&session, &Session::projectChanged, this, &MainWindow::updateForProject);
  connect(&session, &Session::pageRequested, this, &MainWindow::showPage);
  connect(&session, &Session::trainingRequested, this, [this](const std::string& preset) {
    m_impl->train->choosePreset(preset);
    showPage(Page::kTrain);
  });
  connect(&session, &Session::turnaroundRequested, this, [this] { showPage(Page::kTurnaround); });
  connect(&session, &Session::messaged, this, &MainWindow::showMessage);
  connect(&session.jobs(), &JobRunner::progressed, this, &MainWindow::showJob);
  connect(&session.jobs(), &JobRunner::ended, this, [this] {
    for (QWidget* widget : {static_cast<QWidget*>(m_impl->jobLabel), static_cast<QWidget*>(m_impl->jobBar),
                            static_cast<QWidget*>(m_impl->cancelButton)}) {
      widget->hide();
    }
  });
  TrainingBridge& training = session.training();
  connect(&training, &TrainingBridge::progressChanged, this, &MainWindow::showTraining);
  connect(&training, &TrainingBridge::finished, this, &MainWindow::showTraining);
  const TuningBridge* tuning = &session.tuning();
  connect(tuning, &TuningBridge::started, this, &MainWindow::showTraining);
  connect(tuning, &TuningBridge::progressChanged, this, &MainWindow::showTraining);
  connect(tuning, &TuningBridge::finished, this, &MainWindow::showTraining);
  connect(tuning, &TuningBridge::failed, this, [this](int, const ErrorText& error) {
    showTraining();
    showMessage(tr("The search stopped: %1").arg(error.what), error.hint);
  });
  connect(&training, &TrainingBridge::failed, this, [this](int run, const ErrorText& error) {
    showTraining();
    showMessage(run == 0 ? tr("The training could not start: %1").arg(error.what)
                         : tr("Run %1 stopped: %2").arg(run).arg(error.what),
                error.hint);
  });
}

void MainWindow::showPage(Page page) {
  const bool allowed = page == Page::kStart || m_impl->session.hasProject();
  const int index = static_cast<int>(allowed ? page : Page::kStart);
  m_impl->pages->setCurrentIndex(index);
  m_impl->rail->button(index)->setChecked(true);
  m_impl->pages->currentWidget()->setFocus();
}

Page MainWindow::currentPage() const {
  return static_cast<Page>(m_impl->pages->currentIndex());
}

template <class Action>
bool MainWindow::guarded(Action action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    QMessageBox box(QMessageBox::Warning, tr("Spriteloom"), QString::fromUtf8(error.what()), QMessageBox::Ok, this);
    box.setInformativeText(QString::fromStdString(error.hint()));
    box.exec();
    return false;
  }
}

void MainWindow::newProject() {
  QFileDialog dialog(this, tr("New project: its folder"), projectsFolder());
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix("loom");
  dialog.selectFile(tr("My sprites.loom"));
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  const QString folder = dialog.selectedFiles().front();
  QSettings().setValue("projectsFolder", QFileInfo(folder).absolutePath());
  if (guarded([&] { m_impl->session.createProject(folder.toStdString()); })) showPage(Page::kDataset);
}

void MainWindow::askForProject() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a project (.loom folder)"), projectsFolder());
  if (!folder.isEmpty()) openProject(folder);
}

void MainWindow::openProject(const QString& folder) {
  if (!guarded([&] { m_impl->session.openProject(folder.toStdString()); })) return;
  QSettings().setValue("projectsFolder", QFileInfo(folder).absolutePath());
  showPage(Page::kDataset);
}

void MainWindow::saveProjectAs() {
  QFileDialog dialog(this, tr("Save the project as"), projectsFolder());
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setFileMode(QFileDialog::AnyFile);
  dialog.setDefaultSuffix("loom");
  dialog.selectFile(QString::fromStdString(m_impl->session.project().name()) + tr(" copy.loom"));
  if (dialog.exec() != QDialog::Accepted || dialog.selectedFiles().isEmpty()) return;
  const std::filesystem::path target = dialog.selectedFiles().front().toStdString();
  m_impl->session.jobs().run(
      tr("Saving the project"), this,
      [project = m_impl->session.project(), target](JobMonitor& monitor) {
        project.saveAs(target, monitor);
        return target;
      },
      [this](const std::filesystem::path& saved) {
        openProject(QString::fromStdString(saved.string()));
        showMessage(tr("Saved; you now work in %1").arg(QString::fromStdString(saved.string())), {});
      });
}

void MainWindow::tryNow() {
  const std::filesystem::path wanted = std::filesystem::path(projectsFolder().toStdString()) / "Try it now.loom";
  const bool made = guarded([&] {
    std::filesystem::create_directories(wanted.parent_path());
    m_impl->session.createProject(freeName(wanted));
  });
  if (!made) return;
  // Where weights come with the program, the first thing is a character to shape.
  const auto draws = [](const StarterWeights& starter) { return drawsNewSprites(starter.preset); };
  showPage(std::ranges::any_of(starterWeights(), draws) ? Page::kCreate : Page::kDataset);
  m_impl->session.addStarterSet(kStarterCharacters, 1);
}

void MainWindow::offerRecent() {
  m_impl->recentMenu->clear();
  const QStringList folders = m_impl->session.recentProjects();
  for (const QString& folder : folders) {
    m_impl->recentMenu->addAction(QDir::toNativeSeparators(folder), this, [this, folder] { openProject(folder); });
  }
  if (folders.isEmpty()) m_impl->recentMenu->addAction(tr("none yet"))->setEnabled(false);
}

void MainWindow::updateForProject() {
  const bool open = m_impl->session.hasProject();
  for (int i = 1; i < m_impl->pages->count(); ++i) m_impl->rail->button(i)->setEnabled(open);
  for (QAction* action : std::as_const(m_impl->projectActions)) action->setEnabled(open);
  setWindowTitle(open ? tr("%1 — Spriteloom").arg(QString::fromStdString(m_impl->session.project().name()))
                      : tr("Spriteloom"));
  if (!open) showPage(Page::kStart);
}

void MainWindow::showMessage(const QString& text, const QString& hint) {
  m_impl->message->setText(hint.isEmpty() ? text : text + "\n" + hint);
  m_impl->messageBar->show();
}

void MainWindow::showJob(const QString& title, const Progress& progress) {
  // A job that ends at once never flickers through the status bar: its first report arrives with its end behind it.
  if (!m_impl->session.jobs().busy()) return;
  QString text = title + "  ·  " + QString::fromStdString(progress.stage);
  if (progress.secondsLeft >= 1) text += tr("  ·  %1 left").arg(durationText(progress.secondsLeft));
  m_impl->jobLabel->setText(text);
  m_impl->jobBar->setRange(0, progress.total > 0 ? 1000 : 0);
  if (progress.total > 0) m_impl->jobBar->setValue(static_cast<int>(1000 * progress.done / progress.total));
  m_impl->jobLabel->show();
  m_impl->jobBar->show();
  m_impl->cancelButton->show();
}

void MainWindow::showTraining() {
  const TrainingBridge& training = m_impl->session.training();
  if (const TuningBridge& tuning = m_impl->session.tuning(); tuning.active()) {
    const TuningProgress now = tuning.progress();
    QString text = tr("Search %1: trial %2 of %3").arg(tuning.search()).arg(now.task.trial).arg(now.trials);
    if (now.trials == 0) text = tr("A search is being prepared");
    if (tuning.stopping()) text += tr("  ·  stopping");
    if (!tuning.stopping() && now.secondsLeft >= 0) text += tr("  ·  %1 left").arg(durationText(now.secondsLeft));
    m_impl->trainingLabel->setText(text);
    return;
  }
  if (!training.active()) {
    m_impl->trainingLabel->setText(tr("Nothing is training"));
    return;
  }
  const TrainingProgress now = training.progress();
  QString text = tr("Run %1: step %2").arg(training.run()).arg(QLocale().toString(static_cast<qlonglong>(now.step)));
  if (now.targetSteps > 0) text += tr(" of %1").arg(QLocale().toString(static_cast<qlonglong>(now.targetSteps)));
  if (now.state == TrainingState::kPreparing) text = tr("Run %1: preparing").arg(training.run());
  if (now.state == TrainingState::kPaused) text += tr("  ·  paused");
  if (now.state == TrainingState::kStopping) text += tr("  ·  stopping");
  if (now.state == TrainingState::kRunning && now.secondsLeft >= 0) {
    text += tr("  ·  %1 left").arg(durationText(now.secondsLeft));
  }
  m_impl->trainingLabel->setText(text);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  QSettings().setValue("window/geometry", saveGeometry());
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->source() != nullptr) return;  // a sheet on its way out is no import
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  std::vector<std::filesystem::path> sources;
  const QList<QUrl> urls = event->mimeData()->urls();
  for (const QUrl& url : urls) {
    if (url.isLocalFile()) sources.emplace_back(url.toLocalFile().toStdString());
  }
  if (sources.empty()) return;
  event->acceptProposedAction();
  if (sources.size() == 1 && Project::isProject(sources.front())) {
    openProject(QString::fromStdString(sources.front().string()));
    return;
  }
  if (!m_impl->session.hasProject()) newProject();
  if (!m_impl->session.hasProject()) return;
  showPage(Page::kDataset);
  m_impl->session.importSprites(sources);
}

}  // namespace loom
