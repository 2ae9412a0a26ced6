#include "ui/widgets/run_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/widgets/silence.h"

namespace loom {

struct RunPanel::Impl {
  RunModel* model = nullptr;
  QTableView* table = nullptr;
  QPushButton* resume = nullptr;
  QSpinBox* total = nullptr;
  QLabel* totalText = nullptr;
  QPushButton* copy = nullptr;
  QLabel* empty = nullptr;
  bool training = false;
  bool quiet = false;  // while we select ourselves

  void updateControls(bool newSelection);
};

RunPanel::RunPanel(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("runPanel");
  m_impl->model = new RunModel(this);
  m_impl->table = new QTableView(this);
  m_impl->table->setObjectName("train.runs");
  m_impl->table->setAccessibleName(tr("Runs"));
  m_impl->table->setModel(m_impl->model);
  m_impl->table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_impl->table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_impl->table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  m_impl->table->setTabKeyNavigation(false);
  m_impl->table->setShowGrid(false);
  m_impl->table->setWordWrap(false);
  m_impl->table->setAlternatingRowColors(true);
  m_impl->table->verticalHeader()->hide();
  m_impl->table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  m_impl->table->horizontalHeader()->setStretchLastSection(true);
  m_impl->table->horizontalHeader()->setHighlightSections(false);
  m_impl->empty = new QLabel(tr("No runs yet. Choose a card and press Start."), m_impl->table->viewport());
  m_impl->empty->setForegroundRole(QPalette::PlaceholderText);
  m_impl->empty->move(12, 10);

  m_impl->resume = new QPushButton(this);
  m_impl->resume->setObjectName("train.resume");
  m_impl->total = new QSpinBox(this);
  m_impl->total->setObjectName("train.resumeTotal");
  m_impl->total->setAccessibleName(tr("Total of steps to resume to"));
  m_impl->total->setToolTip(tr("Where the run shall end, counted from its beginning"));
  m_impl->total->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom));
  m_impl->total->setGroupSeparatorShown(true);
  m_impl->total->setSingleStep(100);
  m_impl->totalText = new QLabel(tr("steps in all"), this);
  m_impl->copy = new QPushButton(tr("Use its settings"), this);
  m_impl->copy->setObjectName("train.copySettings");
  m_impl->copy->setToolTip(tr("Take over preset and settings of this run for a new one"));
  auto* row = new QHBoxLayout;
  row->addWidget(m_impl->resume);
  row->addWidget(m_impl->total);
  row->addWidget(m_impl->totalText);
  row->addStretch(1);
  row->addWidget(m_impl->copy);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_impl->table, 1);
  layout->addLayout(row);

  connect(m_impl->table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    m_impl->updateControls(true);
    if (!m_impl->quiet && selected() > 0) Q_EMIT runSelected(selected());
  });
  connect(m_impl->model, &RunModel::noteEdited, this, &RunPanel::noteEdited);
  connect(m_impl->resume, &QPushButton::clicked, this,
          [this] { Q_EMIT resumeRequested(selected(), m_impl->total->value()); });
  connect(m_impl->copy, &QPushButton::clicked, this, [this] { Q_EMIT settingsWanted(selected()); });
  m_impl->updateControls(true);
}

RunPanel::~RunPanel() {
  silence(*this, *this);
}

void RunPanel::Impl::updateControls(bool newSelection) {
  const QModelIndexList rows = table->selectionModel()->selectedRows();
  const RunModel::Entry* entry = rows.isEmpty() ? nullptr : model->find(model->runAt(rows.front().row()));
  const bool resumable = entry != nullptr && !training && entry->activity == RunActivity::kNone;
  empty->setVisible(model->rowCount() == 0);
  empty->adjustSize();
  copy->setEnabled(entry != nullptr);
  for (QWidget* widget :
       {static_cast<QWidget*>(resume), static_cast<QWidget*>(total), static_cast<QWidget*>(totalText)}) {
    widget->setEnabled(resumable);
  }
  resume->setText(entry != nullptr ? tr("Resume run %1 to").arg(entry->info.number) : tr("Resume to"));
  resume->setToolTip(training ? tr("A run is training. Stop it first.")
                              : tr("Go on exactly where the run was, from its newest checkpoint"));
  if (entry == nullptr || !newSelection) return;
  const RunInfo& run = entry->info;
  const std::int64_t more =
      run.targetSteps > run.steps ? run.targetSteps : run.steps + std::max(run.targetSteps, run.steps);
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  total->setRange(static_cast<int>(std::min(run.steps + 1, kMost)), static_cast<int>(kMost));
  total->setValue(static_cast<int>(std::clamp<std::int64_t>(more, 1, kMost)));
}

void RunPanel::setRuns(std::vector<RunModel::Entry> runs) {
  const int kept = selected();
  const int before = m_impl->model->rowCount();
  m_impl->model->setRuns(std::move(runs));
  if (m_impl->model->rowCount() != before) m_impl->table->resizeColumnsToContents();
  select(kept);
  m_impl->updateControls(true);
}

void RunPanel::setProgress(int run, const TrainingProgress& progress) {
  m_impl->model->setProgress(run, progress);
  constexpr int kCellMargins = 16;
  const int row = m_impl->model->rowOf(run);
  for (int column = RunModel::kSteps; row >= 0 && column <= RunModel::kTime; ++column) {  // figures grow
    const QString text = m_impl->model->index(row, column).data().toString();
    const int needed = m_impl->table->fontMetrics().horizontalAdvance(text) + kCellMargins;
    if (needed > m_impl->table->columnWidth(column)) m_impl->table->setColumnWidth(column, needed);
  }
}

void RunPanel::setTraining(bool training) {
  m_impl->training = training;
  m_impl->updateControls(false);
}

void RunPanel::select(int run) {
  m_impl->quiet = true;
  const int row = m_impl->model->rowOf(run);
  if (row < 0) {
    m_impl->table->clearSelection();
  } else if (row != m_impl->table->currentIndex().row() || selected() != run) {
    m_impl->table->selectRow(row);
  }
  m_impl->quiet = false;
}

int RunPanel::selected() const {
  const QModelIndexList rows = m_impl->table->selectionModel()->selectedRows();
  return rows.isEmpty() ? 0 : m_impl->model->runAt(rows.front().row());
}

const RunModel& RunPanel::model() const {
  return *m_impl->model;
}

}  // namespace loom
