#include "ui/widgets/run_panel.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "ui/models/run_filter.h"
#include "ui/models/run_title.h"
#include "ui/widgets/run_columns.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kWidestColumn = 220;  // px, that a text opens a column to
constexpr int kRowsForWidths = 50;  // rows looked at, beside those in sight

}  // namespace

struct RunPanel::Impl {
  explicit Impl(RunPanel* owner) : panel(owner) {}

  RunPanel* panel;
  RunModel* model = nullptr;
  RunFilter* filter = nullptr;
  RunColumns* columns = nullptr;
  QTableView* table = nullptr;
  QLineEdit* search = nullptr;
  QComboBox* presets = nullptr;
  QLabel* count = nullptr;
  QToolButton* binButton = nullptr;
  QLabel* empty = nullptr;
  QWidget* runBar = nullptr;
  QWidget* binBar = nullptr;
  QPushButton* resume = nullptr;
  QSpinBox* total = nullptr;
  QLabel* totalText = nullptr;
  QPushButton* copy = nullptr;
  QPushButton* restore = nullptr;
  QPushButton* remove = nullptr;
  QAction* rename = nullptr;
  QAction* annotate = nullptr;
  QAction* copySettings = nullptr;
  QAction* fromWeights = nullptr;
  QAction* report = nullptr;
  QAction* exportCsv = nullptr;
  QAction* removeAction = nullptr;

  std::vector<RunModel::Entry> runs, binned;
  bool showsBin = false;
  QString busy;        ///< why no run can be resumed
  bool quiet = false;  // while we select ourselves
  int widths = -1;     // columns that were there when they were last made wide enough

  void buildTable();
  QLayout* buildHead();
  void buildBars(QVBoxLayout& layout);
  void buildActions();
  void connectParts();
  void openMenu(const QPoint& at);
  void edit(RunModel::Column column);
  void showEntries();
  void fillPresets();
  void fitColumns();
  void updateColumns(const std::vector<int>& selected);
  void updateControls(bool newSelection);
  void selectionChanged();
  const RunModel::Entry* current() const { return model->find(panel->selected()); }
};

RunPanel::RunPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("runPanel");
  m_impl->model = new RunModel(this);
  m_impl->filter = new RunFilter(*m_impl->model, this);
  m_impl->buildTable();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(m_impl->buildHead());
  layout->addWidget(m_impl->table, 1);
  m_impl->buildActions();
  m_impl->buildBars(*layout);
  m_impl->connectParts();
  m_impl->updateColumns({});
}

RunPanel::~RunPanel() {
  silence(*this, *this);
}

void RunPanel::Impl::buildTable() {
  table = new QTableView(panel);
  table->setObjectName("train.runs");
  table->setAccessibleName(tr("Runs"));
  table->setModel(filter);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table->setEditTriggers(QAbstractItemView::DoubleClicked);
  table->setContextMenuPolicy(Qt::CustomContextMenu);
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->setTabKeyNavigation(false);
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setAlternatingRowColors(true);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(panel->fontMetrics().height() + 8);
  table->horizontalHeader()->setStretchLastSection(true);
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setResizeContentsPrecision(kRowsForWidths);
  columns = new RunColumns(table->horizontalHeader(), *model, panel);
  table->setSortingEnabled(true);  // sorts by what the header says already
  empty = new QLabel(table->viewport());
  empty->setForegroundRole(QPalette::PlaceholderText);
  empty->move(12, 10);
}

QLayout* RunPanel::Impl::buildHead() {
  search = new QLineEdit(panel);
  search->setObjectName("runs.search");
  search->setPlaceholderText(tr("Find runs"));
  search->setAccessibleName(tr("Find runs"));
  search->setToolTip(tr("Words in a run's number, name, preset, status or note"));
  search->setClearButtonEnabled(true);
  presets = new QComboBox(panel);
  presets->setObjectName("runs.preset");
  presets->setAccessibleName(tr("Runs of which preset"));
  presets->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  count = new QLabel(panel);
  count->setObjectName("runs.count");
  count->setForegroundRole(QPalette::PlaceholderText);
  auto* chooser = new QToolButton(panel);
  chooser->setObjectName("runs.columns");
  chooser->setText(tr("Columns"));
  chooser->setToolTip(tr("Which columns are shown. Settings in which the shown runs differ get one each."));
  chooser->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(chooser);
  chooser->setMenu(menu);
  QObject::connect(menu, &QMenu::aboutToShow, panel, [this, menu] {
    menu->clear();
    columns->fill(*menu);
  });
  binButton = new QToolButton(panel);
  binButton->setObjectName("runs.bin");
  binButton->setCheckable(true);
  binButton->setToolTip(tr("Deleted runs: restore them, or delete them for good"));
  auto* head = new QHBoxLayout;
  head->addWidget(search, 1);
  head->addWidget(presets);
  head->addWidget(count);
  head->addWidget(chooser);
  head->addWidget(binButton);
  return head;
}

void RunPanel::Impl::buildActions() {
  const auto make = [this](const char* name, const QString& text, const QKeySequence& key, const QString& tip) {
    auto* action = new QAction(text, panel);
    action->setObjectName(name);
    action->setToolTip(tip);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    table->addAction(action);
    return action;
  };
  rename = make("runs.rename", tr("Rename"), Qt::Key_F2, tr("Give the run a name"));
  annotate = make("runs.annotate", tr("Write a note"), {}, tr("Keep a remark with the run"));
  copySettings = make("runs.clone", tr("Clone with changes"), {},
                      tr("Put the settings of this run into the form; what you change is told there"));
  fromWeights = make("runs.fromWeights", tr("Start from its weights"), {},
                     tr("A new run with its settings that begins with what it has learned"));
  report = make("runs.report", tr("Report…"), QKeySequence("Ctrl+R"),
                tr("How good the run is, measured by sprites that it has not seen"));
  exportCsv = make("runs.export", tr("Export metrics…"), {}, tr("Every loss and measure as a CSV file"));
  removeAction = make("runs.delete", tr("Delete"), QKeySequence::Delete, tr("Deleted runs can be restored"));
  QObject::connect(rename, &QAction::triggered, panel, [this] { edit(RunModel::kName); });
  QObject::connect(annotate, &QAction::triggered, panel, [this] { edit(RunModel::kNote); });
  QObject::connect(copySettings, &QAction::triggered, panel,
                   [this] { Q_EMIT panel->settingsWanted(panel->selected()); });
  QObject::connect(fromWeights, &QAction::triggered, panel, [this] { Q_EMIT panel->weightsWanted(panel->selected()); });
  QObject::connect(report, &QAction::triggered, panel, [this] { Q_EMIT panel->reportRequested(panel->selected()); });
  QObject::connect(exportCsv, &QAction::triggered, panel,
                   [this] { Q_EMIT panel->exportRequested(panel->selectedRuns()); });
  QObject::connect(removeAction, &QAction::triggered, panel, [this] {
    const std::vector<int> chosen = panel->selectedRuns();
    if (showsBin) {
      Q_EMIT panel->removeRequested(chosen);
    } else {
      Q_EMIT panel->deleteRequested(chosen);
    }
  });
}

void RunPanel::Impl::buildBars(QVBoxLayout& layout) {
  runBar = new QWidget(panel);
  resume = new QPushButton(runBar);
  resume->setObjectName("train.resume");
  total = new QSpinBox(runBar);
  total->setObjectName("train.resumeTotal");
  total->setAccessibleName(tr("Total of steps to resume to"));
  total->setToolTip(tr("Where the run shall end, counted from its beginning"));
  total->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom));
  total->setGroupSeparatorShown(true);
  total->setSingleStep(100);
  totalText = new QLabel(tr("steps in all"), runBar);
  copy = new QPushButton(tr("Clone"), runBar);
  copy->setObjectName("train.copySettings");
  copy->setToolTip(tr("Put the settings of this run into the form above, to change some of them"));
  auto* more = new QToolButton(runBar);
  more->setObjectName("runs.more");
  more->setText(tr("More"));
  more->setPopupMode(QToolButton::InstantPopup);
  more->setToolTip(tr("Rename, note, report, export, delete (also with the right mouse button on a run)"));
  auto* menu = new QMenu(more);
  menu->addActions({rename, annotate, fromWeights, report, exportCsv, removeAction});
  menu->setToolTipsVisible(true);
  more->setMenu(menu);
  auto* row = new QHBoxLayout(runBar);
  row->setContentsMargins(0, 0, 0, 0);
  for (QWidget* widget :
       {static_cast<QWidget*>(resume), static_cast<QWidget*>(total), static_cast<QWidget*>(totalText)}) {
    row->addWidget(widget);
  }
  row->addStretch(1);
  row->addWidget(copy);
  row->addWidget(more);

  binBar = new QWidget(panel);
  restore = new QPushButton(tr("Restore"), binBar);
  restore->setObjectName("runs.restore");
  restore->setToolTip(tr("Put the selected runs back among the others"));
  remove = new QPushButton(tr("Delete for good…"), binBar);
  remove->setObjectName("runs.remove");
  remove->setToolTip(tr("Delete their weights, pictures and curves from the disk"));
  auto* back = new QPushButton(tr("Back to the runs"), binBar);
  back->setObjectName("runs.leaveBin");
  QObject::connect(back, &QPushButton::clicked, panel, [this] { panel->setShowsBin(false); });
  auto* binRow = new QHBoxLayout(binBar);
  binRow->setContentsMargins(0, 0, 0, 0);
  binRow->addWidget(restore);
  binRow->addWidget(remove);
  binRow->addStretch(1);
  binRow->addWidget(back);
  binBar->hide();
  layout.addWidget(runBar);
  layout.addWidget(binBar);
}

void RunPanel::Impl::connectParts() {
  QObject::connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, panel,
                   [this] { selectionChanged(); });
  QObject::connect(table, &QTableView::customContextMenuRequested, panel, [this](const QPoint& at) { openMenu(at); });
  QObject::connect(model, &RunModel::noteEdited, panel, &RunPanel::noteEdited);
  QObject::connect(model, &RunModel::nameEdited, panel, &RunPanel::nameEdited);
  QObject::connect(search, &QLineEdit::textChanged, panel, [this](const QString& text) {
    const std::vector<int> kept = panel->selectedRuns();
    filter->setText(text);
    updateColumns(kept);
  });
  QObject::connect(presets, &QComboBox::currentIndexChanged, panel, [this] {
    const std::vector<int> kept = panel->selectedRuns();
    filter->setPreset(presets->currentData().toString());
    updateColumns(kept);
  });
  QObject::connect(binButton, &QToolButton::toggled, panel, &RunPanel::setShowsBin);
  QObject::connect(resume, &QPushButton::clicked, panel,
                   [this] { Q_EMIT panel->resumeRequested(panel->selected(), total->value()); });
  QObject::connect(copy, &QPushButton::clicked, copySettings, &QAction::trigger);
  QObject::connect(restore, &QPushButton::clicked, panel,
                   [this] { Q_EMIT panel->restoreRequested(panel->selectedRuns()); });
  QObject::connect(remove, &QPushButton::clicked, removeAction, &QAction::trigger);
}

void RunPanel::Impl::openMenu(const QPoint& at) {
  if (!table->indexAt(at).isValid()) return;
  QMenu menu;
  menu.setToolTipsVisible(true);
  if (!showsBin) {
    menu.addActions({rename, annotate, copySettings, fromWeights});
    menu.addSeparator();
    menu.addAction(report);
  }
  menu.addActions({exportCsv, removeAction});
  menu.exec(table->viewport()->mapToGlobal(at));
}

/// A hidden column has no place to write in: it is shown for that.
void RunPanel::Impl::edit(RunModel::Column column) {
  const int row = filter->rowOf(panel->selected());
  if (row < 0) return;
  if (table->isColumnHidden(column)) columns->setShown(column, true);
  const QModelIndex cell = filter->index(row, column);
  table->scrollTo(cell);
  table->edit(cell);
}

void RunPanel::Impl::selectionChanged() {
  updateControls(true);
  if (quiet || showsBin) return;
  const std::vector<int> chosen = panel->selectedRuns();
  if (chosen.size() == 1) Q_EMIT panel->runSelected(chosen.front());
  if (chosen.size() > 1) Q_EMIT panel->runsSelected(chosen);
}

/// A row counts as selected with all its columns, so new ones ask for a new selection.
void RunPanel::Impl::updateColumns(const std::vector<int>& selected) {
  const bool before = std::exchange(quiet, true);
  model->setExtraColumns(differingSettings(filter->shown()), model->measures());
  columns->apply();
  fitColumns();
  QItemSelection selection;
  for (const int run : selected) {
    if (const int row = filter->rowOf(run); row >= 0) {
      selection.select(filter->index(row, 0), filter->index(row, filter->columnCount() - 1));
    }
  }
  table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
  quiet = before;
  updateControls(true);
}

void RunPanel::Impl::fitColumns() {
  const int now = model->columnCount() * 10'000 + filter->rowCount();
  if (now == std::exchange(widths, now)) return;
  table->resizeColumnsToContents();
  for (int column = 0; column < model->columnCount(); ++column) {
    if (table->columnWidth(column) > kWidestColumn) table->setColumnWidth(column, kWidestColumn);
  }
}

void RunPanel::Impl::updateControls(bool newSelection) {
  const std::vector<int> chosen = panel->selectedRuns();
  const RunModel::Entry* entry = chosen.empty() ? nullptr : model->find(chosen.front());
  const bool one = chosen.size() == 1;
  const bool idle =
      std::ranges::all_of(chosen, [this](int run) { return model->find(run)->activity == RunActivity::kNone; });
  const bool resumable = one && busy.isEmpty() && idle;
  empty->setText(model->rowCount() > 0 ? tr("No run is like that.")
                 : showsBin            ? tr("No deleted runs.")
                                       : tr("No runs yet. Choose a card and press Start."));
  empty->setVisible(filter->rowCount() == 0);
  empty->adjustSize();
  for (QAction* action : {rename, annotate, copySettings}) action->setEnabled(one && !showsBin);
  fromWeights->setEnabled(one && !showsBin && entry->info.steps > 0);
  report->setEnabled(fromWeights->isEnabled());
  exportCsv->setEnabled(!chosen.empty());
  removeAction->setEnabled(!chosen.empty() && idle);
  removeAction->setText(showsBin ? tr("Delete for good…") : tr("Delete"));
  removeAction->setToolTip(idle ? tr("Deleted runs can be restored") : tr("A run in training cannot be deleted."));
  restore->setEnabled(!chosen.empty());
  remove->setEnabled(removeAction->isEnabled());
  copy->setEnabled(copySettings->isEnabled());
  for (QWidget* widget :
       {static_cast<QWidget*>(resume), static_cast<QWidget*>(total), static_cast<QWidget*>(totalText)}) {
    widget->setEnabled(resumable);
  }
  binButton->setText(tr("Deleted (%1)").arg(binned.size()));
  binButton->setVisible(!binned.empty() || showsBin);
  const int all = model->rowCount();
  count->setText(chosen.size() > 1           ? tr("%1 of %2 selected").arg(chosen.size()).arg(all)
                 : filter->rowCount() == all ? QString()
                                             : tr("%1 of %2").arg(filter->rowCount()).arg(all));
  resume->setText(one ? tr("Resume run %1 to").arg(entry->info.number) : tr("Resume to"));
  const bool elsewhere = one && entry->activity == RunActivity::kElsewhere;
  resume->setToolTip(!busy.isEmpty() ? busy
                     : elsewhere     ? tr("Another program trains it. Stop it there first.")
                                     : tr("Go on exactly where the run was, from its newest checkpoint"));
  if (!one || !newSelection) return;
  const RunInfo& run = entry->info;
  const std::int64_t more =
      run.targetSteps > run.steps ? run.targetSteps : run.steps + std::max(run.targetSteps, run.steps);
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  total->setRange(static_cast<int>(std::min(run.steps + 1, kMost)), static_cast<int>(kMost));
  total->setValue(static_cast<int>(std::clamp<std::int64_t>(more, 1, kMost)));
}

void RunPanel::Impl::fillPresets() {
  std::set<QString> names;
  for (const RunModel::Entry& entry : model->entries()) names.insert(QString::fromStdString(entry.info.preset));
  const QString kept = presets->currentData().toString();
  {
    const QSignalBlocker silent(presets);
    presets->clear();
    presets->addItem(tr("all presets"), QString());
    for (const QString& name : names) presets->addItem(name, name);
    presets->setCurrentIndex(std::max(0, presets->findData(kept)));
  }
  presets->setVisible(names.size() > 1);
  filter->setPreset(presets->currentData().toString());
}

/// What was selected stays so, as far as it is still there.
void RunPanel::Impl::showEntries() {
  const std::vector<int> kept = panel->selectedRuns();
  quiet = true;
  model->setRuns(showsBin ? binned : runs);
  fillPresets();
  updateColumns(kept);
  quiet = false;
  runBar->setVisible(!showsBin);
  binBar->setVisible(showsBin);
}

void RunPanel::setRuns(std::vector<RunModel::Entry> runs, std::vector<RunModel::Entry> binned) {
  m_impl->runs = std::move(runs);
  m_impl->binned = std::move(binned);
  if (m_impl->binned.empty() && m_impl->showsBin) {
    setShowsBin(false);
  } else {
    m_impl->showEntries();
  }
}

void RunPanel::setShowsBin(bool on) {
  m_impl->binButton->setChecked(on);
  if (m_impl->showsBin == on) return;
  m_impl->showsBin = on;
  m_impl->showEntries();
}

bool RunPanel::showsBin() const {
  return m_impl->showsBin;
}

void RunPanel::setProgress(int run, const TrainingProgress& progress) {
  m_impl->model->setProgress(run, progress);
  constexpr int kCellMargins = 16;
  const int row = m_impl->model->rowOf(run);
  for (const int column : {RunModel::kSteps, RunModel::kSpeed, RunModel::kTime}) {  // figures grow
    if (row < 0 || m_impl->table->isColumnHidden(column)) continue;
    const QString text = m_impl->model->index(row, column).data().toString();
    const int needed = m_impl->table->fontMetrics().horizontalAdvance(text) + kCellMargins;
    if (needed > m_impl->table->columnWidth(column)) m_impl->table->setColumnWidth(column, needed);
  }
}

void RunPanel::setSizes(const std::map<int, std::int64_t>& sizes) {
  m_impl->model->setSizes(sizes);
  if (!m_impl->table->isColumnHidden(RunModel::kSize)) m_impl->table->resizeColumnToContents(RunModel::kSize);
}

void RunPanel::setBusy(const QString& why) {
  m_impl->busy = why;
  m_impl->updateControls(false);
}

void RunPanel::select(int run) {
  m_impl->quiet = true;
  const int row = m_impl->filter->rowOf(run);
  if (row < 0) {
    m_impl->table->clearSelection();
  } else if (selectedRuns() != std::vector<int>{run}) {
    m_impl->table->selectRow(row);
  }
  m_impl->quiet = false;
}

int RunPanel::selected() const {
  const std::vector<int> chosen = selectedRuns();
  return chosen.empty() ? 0 : chosen.front();
}

std::vector<int> RunPanel::selectedRuns() const {
  QModelIndexList rows = m_impl->table->selectionModel()->selectedRows();
  std::ranges::sort(rows, {}, &QModelIndex::row);
  std::vector<int> chosen;
  for (const QModelIndex& row : rows) chosen.push_back(m_impl->filter->runAt(row.row()));
  return chosen;
}

const RunModel& RunPanel::model() const {
  return *m_impl->model;
}

const RunFilter& RunPanel::filter() const {
  return *m_impl->filter;
}

}  // namespace loom
