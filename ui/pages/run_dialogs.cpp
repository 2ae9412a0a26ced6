#include "ui/pages/run_dialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

#include "core/base/error.h"

namespace loom {
namespace {

/// What they are called in a sentence that begins with it.
QString theRuns(const std::vector<int>& runs) {
  return runs.size() == 1 ? QObject::tr("run %1").arg(runs.front()) : QObject::tr("%1 runs").arg(runs.size());
}

struct Removed {
  std::int64_t bytes = 0;
  QString problem;  ///< why the first that stayed did so
  QString hint;
};

/// One that cannot be deleted does not keep the others.
Removed removeAll(const Project& project, const std::vector<int>& runs, JobMonitor& monitor) {
  Removed removed;
  monitor.begin("Deleting runs", static_cast<std::int64_t>(runs.size()));
  std::int64_t done = 0;
  for (const int run : runs) {
    try {
      removed.bytes += removeRunForGood(project, run);
    } catch (const Error& error) {
      if (removed.problem.isEmpty()) {
        removed.problem = QString::fromUtf8(error.what());
        removed.hint = QString::fromStdString(error.hint());
      }
    }
    try {
      monitor.advance(++done);
    } catch (const Cancelled&) {  // what is gone by now must be told
      break;
    }
  }
  return removed;
}

bool confirmed(const std::vector<int>& runs, std::int64_t bytes, QWidget* page) {
  QMessageBox box(
      QMessageBox::Question, QObject::tr("Delete for good?"),
      QObject::tr("Delete %1 for good? Weights, pictures and curves (%2) are deleted from the disk and cannot "
                  "be restored. Favourites made with them stay.")
          .arg(theRuns(runs), QLocale().formattedDataSize(bytes)),
      QMessageBox::Cancel, page);
  box.setObjectName("runs.confirm");
  const QPushButton* yes = box.addButton(QObject::tr("Delete for good"), QMessageBox::DestructiveRole);
  box.setDefaultButton(QMessageBox::Cancel);
  box.exec();
  return box.clickedButton() == yes;
}

}  // namespace

void removeRunsForGood(Session& session, const std::vector<int>& runs, std::int64_t bytes, QWidget* page) {
  if (runs.empty() || !session.hasProject() || !confirmed(runs, bytes, page)) return;
  session.jobs().run(
      QObject::tr("Deleting %1").arg(theRuns(runs)), page,
      [project = session.project(), runs](JobMonitor& monitor) { return removeAll(project, runs, monitor); },
      [&session, runs](const Removed& removed) {
        session.notifyRunsChanged();
        if (removed.problem.isEmpty()) {
          session.say(QObject::tr("Deleted %1: %2 are free again.")
                          .arg(theRuns(runs), QLocale().formattedDataSize(removed.bytes)));
        } else {
          session.say(removed.problem, removed.hint);
        }
      });
}

void exportMetricsOf(Session& session, const std::vector<int>& runs, QWidget* page) {
  if (runs.empty() || !session.hasProject()) return;
  const QString name = runs.size() == 1 ? QString("run-%1-metrics.csv").arg(runs.front()) : QString("metrics.csv");
  const QString folder = QSettings().value("metricsFolder", QDir::homePath()).toString();
  QFileDialog dialog(page, QObject::tr("Export the metrics of %1").arg(theRuns(runs)), folder,
                     QObject::tr("CSV tables (*.csv)"));
  dialog.setObjectName("runs.exportFile");
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDefaultSuffix("csv");
  dialog.selectFile(name);
  if (dialog.exec() != QDialog::Accepted) return;
  const QString file = dialog.selectedFiles().front();
  QSettings().setValue("metricsFolder", QFileInfo(file).absolutePath());
  session.jobs().run(
      QObject::tr("Exporting the metrics of %1").arg(theRuns(runs)), page,
      [project = session.project(), runs, path = std::filesystem::path(file.toStdString())](JobMonitor& monitor) {
        return exportMetrics(project, runs, path, monitor);
      },
      [&session, file](const MetricsCsvReport& report) {
        session.say(QObject::tr("Wrote %1 rows to %2.")
                        .arg(QLocale(QLocale::English, QLocale::UnitedKingdom).toString(qlonglong(report.rows)),
                             QDir::toNativeSeparators(file)));
      });
}

}  // namespace loom
