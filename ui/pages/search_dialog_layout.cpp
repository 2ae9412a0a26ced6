#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/pages/search_dialog_impl.h"
#include "ui/widgets/dialog_button.h"

namespace loom {

void SearchDialog::Impl::build() {
  dialog->setObjectName("searchDialog");
  dialog->setWindowTitle(tr("Search for settings"));
  dialog->resize(1240, 780);
  auto* both = new QSplitter(Qt::Horizontal, dialog);
  both->addWidget(buildLeft());
  both->addWidget(buildResults());
  both->setSizes({390, 850});
  both->setChildrenCollapsible(false);
  both->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(dialog);
  layout->setContentsMargins(12, 12, 12, 10);
  layout->addWidget(both, 1);
  layout->addLayout(buildBottom());
}

QWidget* SearchDialog::Impl::buildLeft() {
  which = new QComboBox(dialog);
  which->setObjectName("search.which");
  which->setAccessibleName(tr("Search"));
  which->setToolTip(tr("A new search, or an earlier one of this project"));
  which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  remove = new QToolButton(dialog);
  remove->setObjectName("search.remove");
  remove->setText(QString::fromUtf8("×"));
  remove->setToolTip(tr("Forget this search; its runs stay"));
  remove->setAccessibleName(tr("Forget this search"));
  form = new SearchForm(dialog);
  start = dialogButton(tr("Start the search"), "search.start", {});
  start->setProperty("primary", true);
  stop = dialogButton(tr("Stop"), "search.stop", tr("Stop after a checkpoint; the search can go on later"));
  auto* head = new QHBoxLayout;
  head->addWidget(which, 1);
  head->addWidget(remove);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(start, 1);
  buttons->addWidget(stop);
  auto* left = new QWidget(dialog);
  left->setMinimumWidth(330);
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 6, 0);
  layout->addLayout(head);
  layout->addWidget(form, 1);
  layout->addLayout(buttons);
  return left;
}

QWidget* SearchDialog::Impl::buildResults() {
  plot = new ParallelPlot(dialog);
  marks = new QLabel(dialog);
  marks->setObjectName("search.marks");
  marks->setForegroundRole(QPalette::PlaceholderText);
  curve = new BestCurve(dialog);
  auto* upper = new QWidget(dialog);
  auto* upperLayout = new QVBoxLayout(upper);
  upperLayout->setContentsMargins(0, 0, 0, 0);
  upperLayout->setSpacing(4);
  upperLayout->addWidget(plot, 1);
  upperLayout->addWidget(marks);
  auto* lower = new QSplitter(Qt::Horizontal, dialog);
  lower->addWidget(buildTable());
  lower->addWidget(curve);
  lower->setSizes({520, 330});
  lower->setChildrenCollapsible(false);
  auto* column = new QSplitter(Qt::Vertical, dialog);
  column->addWidget(upper);
  column->addWidget(lower);
  column->setSizes({370, 330});
  column->setChildrenCollapsible(false);
  results = column;
  empty = new QLabel(dialog);
  empty->setObjectName("search.empty");
  empty->setAlignment(Qt::AlignCenter);
  empty->setWordWrap(true);
  empty->setForegroundRole(QPalette::PlaceholderText);
  empty->setText(
      tr("A search trains many short runs with different settings and keeps the best.\n\nChoose on the left "
         "what may differ, and start. Trials are ordinary runs: look at them, resume them, or shape "
         "characters with them on the Create page."));
  auto* right = new QWidget(dialog);
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(6, 0, 0, 0);
  layout->addWidget(results, 1);
  layout->addWidget(empty, 1);
  return right;
}

QWidget* SearchDialog::Impl::buildTable() {
  trials = new TrialModel(dialog);
  order = new TrialOrder(*trials, dialog);
  table = new QTableView(dialog);
  table->setObjectName("search.trials");
  table->setAccessibleName(tr("Trials"));
  table->setModel(order);
  table->setSortingEnabled(true);
  table->sortByColumn(0, Qt::AscendingOrder);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setTabKeyNavigation(false);
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setAlternatingRowColors(true);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(dialog->fontMetrics().height() + 8);
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setStretchLastSection(true);
  return table;
}

QLayout* SearchDialog::Impl::buildBottom() {
  state = new QLabel(dialog);
  state->setObjectName("search.state");
  state->setWordWrap(true);
  bar = new QProgressBar(dialog);
  bar->setObjectName("search.bar");
  bar->setFixedWidth(140);
  bar->setTextVisible(false);
  bar->setRange(0, 1000);
  bar->hide();
  use = dialogButton(tr("Use these settings"), "search.use", {});
  open = dialogButton(tr("Open run"), "search.open", tr("Show the run of this trial on the Train page"));
  removeLosers = dialogButton(tr("Remove losing trials…"), "search.removeLosers",
                              tr("Put the runs of all trials but the best into the project's bin"));
  auto* close = dialogButton(tr("Close"), "search.close", tr("The search goes on"));
  connect(close, &QPushButton::clicked, dialog, &QDialog::close);
  auto* row = new QHBoxLayout;
  row->addWidget(state, 1);
  row->addWidget(bar);
  row->addSpacing(8);
  for (QPushButton* button : {use, open, removeLosers, close}) row->addWidget(button);
  return row;
}

}  // namespace loom
