#include "ui/pages/dataset_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "core/studio/studio.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page_parts.h"

namespace loom {
namespace {

constexpr int kShortJobMs = 400;

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  return made;
}

}  // namespace

DatasetPage::DatasetPage(Session& session, QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(session)) {
  setObjectName("datasetPage");
  setAcceptDrops(true);
  m_impl->model.setParent(this);
  build();
  buildActions();
  connectSession();
  connectParts();
  connectSide();
  followProject();
}

DatasetPage::~DatasetPage() {
  QSettings settings;
  settings.setValue("dataset/splitter", m_impl->splitter->saveState());
  settings.setValue("dataset/grouping", static_cast<int>(m_impl->filter->query().grouping));
  settings.setValue("dataset/cell", m_impl->grid->comfortableCell());
  settings.setValue("dataset/side", m_impl->side->currentIndex());
  // The parts refer to the model and the loader, which go with m_impl, before a QWidget's children would.
  delete m_impl->stack;
}

std::vector<SpriteId> DatasetPage::selection() const {
  return m_impl->grid->selection().ids();
}

// Building

void DatasetPage::build() {
  m_impl->grid = new ThumbnailGrid(m_impl->model, m_impl->loader);
  m_impl->grid->setComfortableCell(QSettings().value("dataset/cell", m_impl->grid->comfortableCell()).toInt());
  buildSide();
  m_impl->grid->setMinimumWidth(200);
  m_impl->splitter = new QSplitter;
  m_impl->splitter->setObjectName("datasetSplitter");
  m_impl->splitter->addWidget(buildLooks());
  m_impl->splitter->addWidget(m_impl->side);
  m_impl->splitter->setStretchFactor(0, 1);
  m_impl->splitter->setCollapsible(0, false);
  m_impl->splitter->setSizes({900, 300});
  m_impl->splitter->restoreState(QSettings().value("dataset/splitter").toByteArray());

  auto* content = new QWidget;
  auto* contentLayout = new QVBoxLayout(content);
  contentLayout->setContentsMargins(0, 0, 0, 0);
  contentLayout->addWidget(buildTools());
  contentLayout->addWidget(buildDuplicatesStrip());
  contentLayout->addWidget(buildFindings());
  contentLayout->addWidget(m_impl->splitter, 1);

  m_impl->empty = new EmptyDataset;
  m_impl->empty->setFocusPolicy(Qt::ClickFocus);
  m_impl->stack = new QStackedWidget;
  m_impl->stack->addWidget(m_impl->empty);
  m_impl->stack->addWidget(content);
  m_impl->report = new ImportReportView;
  m_impl->report->hide();

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 12, 12, 8);
  layout->addWidget(m_impl->stack, 1);
  layout->addWidget(m_impl->report);
  layout->addWidget(buildFooter());
  m_impl->overlay = new DropOverlay(this);
}

QWidget* DatasetPage::buildTools() {
  m_impl->filter = new SpriteFilterBar;
  m_impl->filter->setGrouping(static_cast<SpriteGrouping>(
      QSettings().value("dataset/grouping", static_cast<int>(SpriteGrouping::kCharacter)).toInt()));
  auto* folder = button(tr("Import folder…"), "importFolderButton", tr("Adds a folder of sprites (Ctrl+I)"));
  auto* files = button(tr("Import files…"), "importFilesButton",
                       tr("Adds pictures, animations, sheets, CSV tables or ZIP archives (Ctrl+Shift+I)"));
  connect(folder, &QPushButton::clicked, this, &DatasetPage::importFolder);
  connect(files, &QPushButton::clicked, this, &DatasetPage::importFiles);
  buildImportMenu();
  auto* tools = new QWidget;
  auto* layout = new QHBoxLayout(tools);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buildLookBar());
  layout->addSpacing(8);
  layout->addWidget(m_impl->filter, 1);
  layout->addSpacing(8);
  layout->addWidget(folder);
  layout->addWidget(files);
  layout->addWidget(m_impl->more);
  return tools;
}

QWidget* DatasetPage::buildDuplicatesStrip() {
  m_impl->duplicates = new QWidget;
  m_impl->duplicates->setObjectName("duplicatesStrip");
  m_impl->duplicatesText = new QLabel;
  m_impl->duplicatesText->setObjectName("duplicatesText");
  m_impl->excludeTwins = button(tr("Exclude all but one"), "excludeDuplicatesButton",
                                tr("Keeps one of each and leaves the others out of training"));
  connect(m_impl->excludeTwins, &QPushButton::clicked, this, &DatasetPage::excludeDuplicates);
  auto* layout = new QHBoxLayout(m_impl->duplicates);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_impl->duplicatesText);
  layout->addWidget(m_impl->excludeTwins);
  layout->addStretch();
  m_impl->duplicates->hide();
  return m_impl->duplicates;
}

QWidget* DatasetPage::buildFooter() {
  m_impl->counts = new QLabel;
  m_impl->counts->setObjectName("spriteCounts");
  m_impl->selection = new QLabel;
  m_impl->selection->setObjectName("selectionCount");
  m_impl->exclude = button(tr("Exclude"), "excludeButton", tr("Leaves the selected sprites out of training (X)"));
  m_impl->remove =
      button(tr("Delete"), "deleteButton", tr("Deletes the selected sprites; undo brings them back (Del)"));
  auto* train = button(tr("Train →"), "trainButton", tr("Next: teach a model these sprites (Ctrl+3)"));
  train->setProperty("primary", true);
  connect(m_impl->exclude, &QPushButton::clicked, this, &DatasetPage::toggleExcluded);
  connect(m_impl->remove, &QPushButton::clicked, this, &DatasetPage::binSelected);
  connect(train, &QPushButton::clicked, this, [this] { m_impl->session.requestPage(Page::kTrain); });
  m_impl->footer = new QWidget;
  auto* layout = new QHBoxLayout(m_impl->footer);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_impl->counts);
  layout->addStretch();
  m_impl->edit = new QToolButton;
  m_impl->edit->setObjectName("editOutsideButton");
  m_impl->edit->setPopupMode(QToolButton::MenuButtonPopup);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{m_impl->selection, m_impl->edit, m_impl->exclude, m_impl->remove}) {
    layout->addWidget(widget);
  }
  layout->addSpacing(12);
  layout->addWidget(train);
  return m_impl->footer;
}

void DatasetPage::connectSession() {
  Session& session = m_impl->session;
  connect(&session, &Session::projectChanged, this, &DatasetPage::followProject);
  connect(&session, &Session::spritesChanged, &m_impl->model, &SpriteModel::reload);
  connect(&session, &Session::importFinished, this, &DatasetPage::showReport);
  connect(&session.undoStack(), &QUndoStack::indexChanged, this, &DatasetPage::followUndo);
  const auto followJobs = [this] {
    m_impl->empty->setState(m_impl->session.hasProject(), m_impl->session.jobs().busy());
  };
  // Short jobs are over before anyone could read about them.
  connect(&session.jobs(), &JobRunner::started, this,
          [this, followJobs] { QTimer::singleShot(kShortJobMs, this, followJobs); });
  connect(&session.jobs(), &JobRunner::ended, this, followJobs);
}

void DatasetPage::connectParts() {
  m_impl->selectionTimer.setSingleShot(true);
  connect(&m_impl->selectionTimer, &QTimer::timeout, this, &DatasetPage::followSelection);
  const auto later = [this] { m_impl->selectionTimer.start(); };
  connect(m_impl->grid, &ThumbnailGrid::selectionChanged, this, later);
  connect(&m_impl->model, &SpriteModel::modelReset, this, later);
  connect(&m_impl->model, &SpriteModel::dataChanged, this, later);
  connect(&m_impl->model, &SpriteModel::modelReset, this, &DatasetPage::followSprites);
  connect(&m_impl->model, &SpriteModel::loaded, this, &DatasetPage::followLooks);
  connect(&m_impl->model, &SpriteModel::failed, this,
          [this](const ErrorText& error) { m_impl->session.say(tr("The sprites: %1").arg(error.what), error.hint); });

  m_impl->model.setQuery(m_impl->filter->query());
  connect(m_impl->filter, &SpriteFilterBar::queryChanged, this, &DatasetPage::askModel);
  connect(m_impl->filter, &SpriteFilterBar::zoomRequested, m_impl->grid, &ThumbnailGrid::setZoom);
  connect(m_impl->grid, &ThumbnailGrid::zoomChanged, m_impl->filter, &SpriteFilterBar::setZoom);

  connect(m_impl->details, &SpriteDetails::spriteRequested, this, [this](SpriteId id) {
    if (m_impl->model.rowOf(id) < 0)
      m_impl->session.say(tr("The filter hides that view. Clear it to select it."));
    else
      m_impl->grid->selectOnly(m_impl->model.rowOf(id));
  });
  connect(m_impl->details, &SpriteDetails::colourCopied, this,
          [this](const QString& name) { m_impl->session.say(tr("%1 is on the clipboard.").arg(name)); });

  connect(m_impl->empty, &EmptyDataset::folderRequested, this, &DatasetPage::importFolder);
  connect(m_impl->empty, &EmptyDataset::filesRequested, this, &DatasetPage::importFiles);
  connect(m_impl->empty, &EmptyDataset::starterRequested, this, &DatasetPage::useStarterCharacters);
  connect(m_impl->empty, &EmptyDataset::sheetRequested, this, &DatasetPage::askForSheet);
  connect(m_impl->empty, &EmptyDataset::pageRequested, this, [this] { importPage({}); });
  connect(m_impl->empty, &EmptyDataset::composeRequested, this, &DatasetPage::composeCharacters);
  connect(m_impl->empty, &EmptyDataset::projectRequested, this, [this] { m_impl->session.requestPage(Page::kStart); });

  connect(m_impl->report, &ImportReportView::trainRequested, this,
          [this] { m_impl->session.requestPage(Page::kTrain); });
  connect(m_impl->report, &ImportReportView::undoRequested, this, &DatasetPage::undoImport);
  connect(m_impl->report, &ImportReportView::excludeDuplicatesRequested, this, &DatasetPage::excludeDuplicates);
  connect(m_impl->report, &ImportReportView::duplicatesRequested, this, [this] {
    m_impl->filter->reset();
    m_impl->filter->setGrouping(SpriteGrouping::kNone);
    m_impl->filter->setShow(SpriteShow::kDuplicates);
  });
}

// Following the project

void DatasetPage::followProject() {
  const bool project = m_impl->session.hasProject();
  const std::filesystem::path database = project ? m_impl->session.project().database() : std::filesystem::path();
  m_impl->grid->clearSelection();
  m_impl->report->hide();
  m_impl->importCommand = nullptr;
  m_impl->filter->reset();
  m_impl->mapCurrent = m_impl->chartsCurrent = false;
  m_impl->map->setPoints({});
  setFindings({});
  showLook(kGridLook);
  m_impl->loader.setDatabase(database);
  m_impl->model.setDatabase(database);
  m_impl->editor.setProject(project ? std::optional(m_impl->session.project()) : std::nullopt);
  m_impl->preview.ask({.database = {}});  // lets go of the other project's database
  if (!project) m_impl->stack->setCurrentWidget(m_impl->empty);
  m_impl->empty->setState(project, m_impl->session.jobs().busy());
}

void DatasetPage::followSprites() {
  const bool any = !m_impl->model.table().sprites.empty();
  const bool hadFocus = isAncestorOf(QApplication::focusWidget());
  m_impl->stack->setCurrentIndex(any ? 1 : 0);
  setFocusProxy(any ? m_impl->looks->currentWidget() : m_impl->empty);
  if (hadFocus && !isAncestorOf(QApplication::focusWidget())) setFocus();  // so that its keys go on working
  m_impl->footer->setVisible(any);
  m_impl->empty->setState(m_impl->session.hasProject(), m_impl->session.jobs().busy());
  updateCounts();
}

void DatasetPage::updateCounts() {
  const SpriteModel& model = m_impl->model;
  const SpriteTable& table = model.table();
  const auto views = std::ranges::count_if(table.views, [](const std::string& view) { return view != kAnyView; });
  QStringList parts{counted(static_cast<qint64>(table.sprites.size()), tr("sprite"), tr("sprites")),
                    counted(table.characters(), tr("character"), tr("characters")),
                    counted(views, tr("view"), tr("views"))};
  if (model.excludedCount() > 0) parts.append(tr("%1 excluded").arg(QLocale().toString(model.excludedCount())));
  const int duplicates = model.duplicateCount();
  if (duplicates > 0) parts.append(counted(duplicates, tr("duplicate"), tr("duplicates")));
  QString text = parts.join("  ·  ");
  if (model.rowCount() != static_cast<int>(table.sprites.size())) {
    text += tr("  (%1 shown)").arg(QLocale().toString(model.rowCount()));
  }
  m_impl->counts->setText(text);

  const bool shown = model.query().show == SpriteShow::kDuplicates;
  m_impl->duplicates->setVisible(shown);
  if (!shown) return;
  const auto groups = static_cast<qint64>(table.twins.size());
  m_impl->duplicatesText->setText(groups == 0
                                      ? tr("No two sprites have the same picture.")
                                      : tr("%1 more than once; %2 could go.")
                                            .arg(counted(groups, tr("picture is here"), tr("pictures are here")),
                                                 counted(duplicates, tr("sprite"), tr("sprites"))));
  m_impl->excludeTwins->setVisible(groups > 0);
}

void DatasetPage::followSelection() {
  const std::vector<int> indices = m_impl->grid->selection().indices();
  m_impl->details->setSprites(indices);
  followSide();
  updateCounts();
  updateSelectionButtons();
  std::vector<SpriteId> ids;
  ids.reserve(indices.size());
  for (const int index : indices) ids.push_back(m_impl->model.table().ids[static_cast<std::size_t>(index)]);
  if (ids == m_impl->selected) return;
  m_impl->selected = ids;
  m_impl->map->setSelected(ids);
  Q_EMIT selectionChanged(ids);
}

void DatasetPage::updateSelectionButtons() {
  const std::vector<SpriteId> ids = targets();
  const bool allExcluded = !ids.empty() && std::ranges::all_of(ids, [this](SpriteId id) {
    return m_impl->model.excludedAt(m_impl->model.table().indexOf(id));
  });
  const QString verb = allExcluded ? tr("Include") : tr("Exclude");
  m_impl->exclude->setText(verb);
  m_impl->excludeAction->setText(verb);
  m_impl->exclude->setToolTip(allExcluded ? tr("Lets training see the selected sprites again (X)")
                                          : tr("Leaves the selected sprites out of training (X)"));
  const int selected = m_impl->grid->selection().count();
  m_impl->selection->setText(selected > 0 ? tr("%1 selected").arg(QLocale().toString(selected)) : QString());
  m_impl->exclude->setEnabled(!ids.empty());
  m_impl->remove->setEnabled(!ids.empty());
}

}  // namespace loom
