#include "ui/pages/disk_use_dialog.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/bridge/aside.h"
#include "ui/models/disk_use.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

enum Column { kRun, kCheckpoints, kSamples, kOther, kTotal, kFrees, kColumns };
constexpr int kMostKept = 100;

QString bytesText(std::int64_t bytes) {
  return QLocale(QLocale::English).formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

/// Shows a size, and sorts by it.
class SizeItem : public QTableWidgetItem {
 public:
  SizeItem(std::int64_t bytes, const QString& tip, bool quietZero = false)
      : QTableWidgetItem(quietZero && bytes == 0 ? QString() : bytesText(bytes)), m_bytes(bytes) {
    setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setToolTip(tip);
  }
  bool operator<(const QTableWidgetItem& other) const override {
    return m_bytes < static_cast<const SizeItem&>(other).m_bytes;
  }

 private:
  std::int64_t m_bytes;
};

/// Shows which run, and sorts by its number.
class RunItem : public QTableWidgetItem {
 public:
  RunItem(const QString& text, int number) : QTableWidgetItem(text), m_number(number) {}
  bool operator<(const QTableWidgetItem& other) const override {
    return m_number < static_cast<const RunItem&>(other).m_number;
  }

 private:
  int m_number;
};

QString runText(const RunUse& use) {
  QString text = QObject::tr("Run %1, %2").arg(use.run.number).arg(QString::fromStdString(use.run.preset));
  if (!use.run.name.empty()) text += ": " + QString::fromStdString(use.run.name);
  if (use.run.binned) text += QObject::tr("  (in the bin)");
  if (use.inTraining) text += QObject::tr("  (training)");
  return text;
}

struct Reading {
  DiskUse use;
  std::optional<ErrorText> error;
};

}  // namespace

struct DiskUseDialog::Impl {
  Impl(DiskUseDialog* owner, Session& shared) : dialog(owner), session(shared) {}

  DiskUseDialog* dialog;
  Session& session;
  QLabel* summary = nullptr;
  QTableWidget* table = nullptr;
  QSpinBox* newest = nullptr;
  QCheckBox* best = nullptr;
  QLabel* frees = nullptr;
  QPushButton* cleanUp = nullptr;
  DiskUse use;
  bool cleaning = false;
  Aside aside;

  KeepRule rule() const { return {newest->value(), best->isChecked()}; }
  void build();
  QLayout* buildRule();
  void read();
  void show();
  void showRun(int row, const RunUse& one);
  void confirm();
  void clean();
  void cleaned(const CleanUpReport& report);
};

DiskUseDialog::DiskUseDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(this, session)) {
  m_impl->build();
  connect(&session, &Session::projectChanged, this, &QDialog::reject);
  connect(&session, &Session::runsChanged, this, [this] { m_impl->read(); });
  m_impl->read();
}

DiskUseDialog::~DiskUseDialog() {
  silence(*this, *this);
}

void DiskUseDialog::Impl::build() {
  dialog->setObjectName("diskUseDialog");
  dialog->setWindowTitle(tr("Disk use"));
  dialog->resize(820, 520);
  summary = new QLabel(tr("Looking…"), dialog);
  summary->setObjectName("diskUse.summary");
  table = new QTableWidget(0, kColumns, dialog);
  table->setObjectName("diskUse.runs");
  table->setAccessibleName(tr("Runs by what they take"));
  table->setHorizontalHeaderLabels(
      {tr("Run"), tr("Checkpoints"), tr("Samples"), tr("Other"), tr("Total"), tr("Clean-up frees")});
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setTabKeyNavigation(false);
  table->setShowGrid(false);
  table->setAlternatingRowColors(true);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(kRun, QHeaderView::Stretch);
  table->sortByColumn(kTotal, Qt::DescendingOrder);
  auto* close = dialogButton(tr("Close"), "diskUse.close", tr("Close this window"));
  connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
  auto* strip = new JobStrip(session.jobs(), dialog);
  auto* last = new QHBoxLayout;
  last->addWidget(strip, 1);
  last->addWidget(close);
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(summary);
  layout->addWidget(table, 1);
  layout->addLayout(buildRule());
  layout->addLayout(last);
}

QLayout* DiskUseDialog::Impl::buildRule() {
  newest = new QSpinBox(dialog);
  newest->setObjectName("diskUse.newest");
  newest->setAccessibleName(tr("Newest checkpoints kept of each run"));
  newest->setToolTip(tr("A run goes on from its newest checkpoint; older ones only serve to go back"));
  newest->setRange(1, kMostKept);
  best = new QCheckBox(tr("and the best one"), dialog);
  best->setObjectName("diskUse.best");
  best->setToolTip(tr("The checkpoint nearest to the step at which the run's measure was lowest"));
  best->setChecked(true);
  frees = new QLabel(dialog);
  frees->setObjectName("diskUse.frees");
  frees->setWordWrap(true);
  cleanUp = dialogButton(tr("Clean up…"), "diskUse.cleanUp", tr("Remove the other checkpoints of all runs"));
  connect(newest, &QSpinBox::valueChanged, dialog, [this] { read(); });
  connect(best, &QCheckBox::toggled, dialog, [this] { read(); });
  connect(cleanUp, &QPushButton::clicked, dialog, [this] { confirm(); });
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Of each run keep the newest"), dialog));
  row->addWidget(newest);
  row->addWidget(new QLabel(tr("checkpoints"), dialog));
  row->addWidget(best);
  row->addWidget(frees, 1);
  row->addWidget(cleanUp);
  return row;
}

void DiskUseDialog::Impl::read() {
  if (!session.hasProject()) return;
  aside.ask(
      [project = session.project(), keep = rule()]() -> Reading {
        try {
          return {readDiskUse(project, keep), {}};
        } catch (...) {
          return {{}, errorText(std::current_exception())};
        }
      },
      [this](Reading reading) {
        use = std::move(reading.use);
        show();
        if (reading.error) summary->setText(told(*reading.error));
      });
}

void DiskUseDialog::Impl::showRun(int row, const RunUse& one) {
  const auto files = [](int count) { return tr("%1 files").arg(count); };
  table->setItem(row, kRun, new RunItem(runText(one), one.run.number));
  table->setItem(row, kCheckpoints, new SizeItem(one.storage.checkpoints, files(one.storage.checkpointFiles)));
  table->setItem(row, kSamples, new SizeItem(one.storage.samples, files(one.storage.sampleFiles)));
  table->setItem(row, kOther, new SizeItem(one.storage.other, tr("Its recipe, list of sprites and log")));
  table->setItem(row, kTotal, new SizeItem(one.storage.total(), {}));
  table->setItem(row, kFrees,
                 new SizeItem(one.removable.bytes,
                              one.inTraining ? tr("It is in training: nothing of it is touched")
                                             : files(static_cast<int>(one.removable.checkpoints.size())),
                              true));
}

void DiskUseDialog::Impl::show() {
  table->setSortingEnabled(false);
  table->setRowCount(static_cast<int>(use.runs.size()));
  std::int64_t binned = 0;
  for (std::size_t i = 0; i < use.runs.size(); ++i) {
    showRun(static_cast<int>(i), use.runs[i]);
    if (use.runs[i].run.binned) binned += use.runs[i].storage.total();
  }
  table->setSortingEnabled(true);
  QString text = tr("%1 in all: %2 for the database with all sprites, %3 for %4 runs.")
                     .arg(bytesText(use.total()), bytesText(use.database), bytesText(use.total() - use.database))
                     .arg(use.runs.size());
  if (binned > 0) text += " " + tr("%1 of it lie in the bin.").arg(bytesText(binned));
  summary->setText(text);
  const int files = use.removableFiles();
  frees->setText(files == 0 ? tr("frees nothing")
                            : tr("frees %1: %2 checkpoints of %3 runs")
                                  .arg(bytesText(use.removableBytes()))
                                  .arg(files)
                                  .arg(use.removableRuns()));
  cleanUp->setEnabled(files > 0 && !cleaning);
}

void DiskUseDialog::Impl::confirm() {
  QMessageBox box(QMessageBox::Question, tr("Clean up"),
                  tr("Remove %1 old checkpoints of %2 runs, and free %3?")
                      .arg(use.removableFiles())
                      .arg(use.removableRuns())
                      .arg(bytesText(use.removableBytes())),
                  QMessageBox::Cancel, dialog);
  box.setObjectName("diskUse.confirm");
  box.setInformativeText(
      tr("They are gone for good then. Every run can still be resumed and drawn with, and its sample "
         "pictures and curves stay."));
  const auto* yes = box.addButton(tr("Remove them"), QMessageBox::AcceptRole);
  box.exec();
  if (box.clickedButton() == yes) clean();
}

void DiskUseDialog::Impl::clean() {
  if (!session.hasProject()) return;
  cleaning = true;
  cleanUp->setEnabled(false);
  session.jobs().run(
      tr("Removing old checkpoints"), dialog,
      [project = session.project(), keep = rule()](JobMonitor& monitor) {
        return cleanUpCheckpoints(project, keep, monitor);
      },
      [this](const CleanUpReport& report) { cleaned(report); },
      [this](const std::exception_ptr& error) {
        cleaning = false;
        read();
        session.say(tr("The clean-up stopped: %1").arg(errorText(error).what), errorText(error).hint);
      });
}

void DiskUseDialog::Impl::cleaned(const CleanUpReport& report) {
  cleaning = false;
  QStringList skipped;
  for (const std::string& one : report.skipped) skipped += QString::fromStdString(one);
  session.say(tr("%1 checkpoints removed, %2 freed.").arg(report.files).arg(bytesText(report.bytes)),
              skipped.isEmpty() ? QString() : tr("Left alone: %1").arg(skipped.join("; ")));
  read();
}

}  // namespace loom
