#include "ui/pages/report_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSpinBox>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "ui/bridge/aside.h"
#include "ui/bridge/stoppable.h"
#include "ui/models/run_title.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/example_grid.h"
#include "ui/widgets/job_strip.h"
#include "ui/widgets/measure_table.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kFewestSprites = 16, kMostSprites = 10'000;

/// A report and how much the run has learned since.
struct Kept {
  std::optional<RunReport> report;
  std::int64_t stepsSince = 0;
};

QString timeText(const std::string& taken) {
  const QDateTime time = QDateTime::fromString(QString::fromStdString(taken), Qt::ISODate);
  return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(time.toLocalTime(), QLocale::ShortFormat);
}

}  // namespace

struct ReportDialog::Impl {
  Impl(ReportDialog* owner, Session& shared, RunInfo of) : dialog(owner), session(shared), run(std::move(of)) {}

  ReportDialog* dialog;
  Session& session;
  RunInfo run;
  std::optional<RunReport> report;
  bool measuring = false;
  QLabel *summary = nullptr, *state = nullptr;
  QLineEdit* against = nullptr;
  QSpinBox* count = nullptr;
  QPushButton *browse = nullptr, *measure = nullptr, *copy = nullptr, *save = nullptr;
  MeasureTable* table = nullptr;
  ExampleGrid* pictures = nullptr;
  Aside aside;

  QString jobTitle() const { return tr("Measuring run %1").arg(run.number); }
  void build();
  QLayout* buildHead();
  QWidget* buildBody();
  QLayout* buildFoot();
  void read();
  void show(Kept kept);
  void updateState();
  void chooseSource();
  void start();
  void stopped(const QString& text);
  void saveHtml();
};

ReportDialog::ReportDialog(Session& session, const RunInfo& run, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(this, session, run)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setObjectName("reportDialog");
  setWindowTitle(tr("Report: %1").arg(runTitle(run)));
  m_impl->build();
  m_impl->read();
}

ReportDialog::~ReportDialog() {
  silence(*this, *this);
}

void ReportDialog::Impl::build() {
  auto* layout = new QVBoxLayout(dialog);
  layout->addLayout(buildHead());
  layout->addWidget(buildBody(), 1);
  layout->addLayout(buildFoot());
  dialog->resize(1240, 760);
  updateState();
}

QLayout* ReportDialog::Impl::buildHead() {
  summary = new QLabel(tr("Looking for a report…"));
  summary->setObjectName("report.summary");
  summary->setWordWrap(true);
  state = new QLabel;
  state->setObjectName("report.state");
  state->setWordWrap(true);
  against = new QLineEdit;
  against->setObjectName("report.against");
  against->setPlaceholderText(tr("the project's characters that it was not trained on"));
  against->setToolTip(
      tr("A folder or archive of sprites that the run has not seen; empty: characters of this project"));
  against->setClearButtonEnabled(true);
  browse = dialogButton(tr("Choose…"), "report.browse", tr("Measure by the sprites of a folder"));
  count = new QSpinBox;
  count->setObjectName("report.count");
  count->setAccessibleName(tr("Sprites at most"));
  count->setRange(kFewestSprites, kMostSprites);
  count->setValue(QSettings().value("report/count", EvaluateOptions{}.count).toInt());
  count->setToolTip(tr("More make the intervals narrower and take longer"));
  measure = dialogButton(tr("Measure"), "report.measure", tr("Measure the newest weights of the run (Return)"));
  measure->setProperty("primary", true);
  measure->setDefault(true);
  auto* label = new QLabel(tr("&By"));
  label->setBuddy(against);
  auto* row = new QHBoxLayout;
  row->addWidget(label);
  row->addWidget(against, 1);
  row->addWidget(browse);
  row->addWidget(new QLabel(tr("at most")));
  row->addWidget(count);
  row->addWidget(new QLabel(tr("sprites")));
  row->addWidget(measure);
  QObject::connect(browse, &QPushButton::clicked, dialog, [this] { chooseSource(); });
  QObject::connect(measure, &QPushButton::clicked, dialog, [this] { start(); });
  auto* head = new QVBoxLayout;
  head->addLayout(row);
  head->addWidget(summary);
  head->addWidget(state);
  return head;
}

QWidget* ReportDialog::Impl::buildBody() {
  table = new MeasureTable;
  table->setObjectName("report.measures");
  pictures = new ExampleGrid;
  pictures->setObjectName("report.pictures");
  auto* scroll = new QScrollArea;
  scroll->setWidget(pictures);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* body = new QSplitter(Qt::Horizontal);
  body->addWidget(table);
  body->addWidget(scroll);
  body->setSizes({780, 460});
  body->setChildrenCollapsible(false);
  return body;
}

QLayout* ReportDialog::Impl::buildFoot() {
  copy = dialogButton(tr("Copy as table"), "report.copy", tr("Put the figures on the clipboard, for a spreadsheet"));
  save = dialogButton(tr("Save as HTML…"), "report.save", tr("One page with the figures and the pictures"));
  auto* close = dialogButton(tr("Close"), "report.close", tr("Close this window (Esc)"));
  QObject::connect(copy, &QPushButton::clicked, dialog, [this] {
    QApplication::clipboard()->setText(QString::fromStdString(reportAsTable(*report)));
    state->setText(tr("The figures are on the clipboard."));
  });
  QObject::connect(save, &QPushButton::clicked, dialog, [this] { saveHtml(); });
  QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::reject);
  auto* foot = new QHBoxLayout;
  foot->addWidget(new JobStrip(session.jobs()), 1);
  for (QPushButton* button : {copy, save, close}) foot->addWidget(button);
  return foot;
}

void ReportDialog::Impl::read() {
  aside.ask(
      [project = session.project(), of = run]() -> Kept {
        Kept kept{loadReport(project, of), 0};
        if (kept.report) kept.stepsSince = stepsSince(project, of, *kept.report);
        return kept;
      },
      [this](Kept kept) {
        if (measuring) return;
        if (kept.report) return show(std::move(kept));
        summary->setText(
            tr("This run has not been measured yet. Measuring draws as many sprites as are held out and "
               "takes some seconds to some minutes."));
        updateState();
      });
}

void ReportDialog::Impl::show(Kept kept) {
  report = std::move(kept.report);
  QString text = QString::fromStdString(reportSummary(*report));
  summary->setText(tr("%1 Taken %2.").arg(text, timeText(report->taken)));
  state->setText(kept.stepsSince > 0
                     ? tr("The run has learned for %1 more since: measure again for its newest weights.")
                           .arg(counted(kept.stepsSince, tr("step"), tr("steps")))
                     : QString());
  table->setMeasures(report->evaluation.measures);
  pictures->setExamples(report->evaluation);
  updateState();
}

void ReportDialog::Impl::updateState() {
  for (QWidget* widget : {static_cast<QWidget*>(against), static_cast<QWidget*>(browse), static_cast<QWidget*>(count),
                          static_cast<QWidget*>(measure)}) {
    widget->setEnabled(!measuring);
  }
  measure->setText(report ? tr("Measure again") : tr("Measure"));
  copy->setEnabled(report.has_value());
  save->setEnabled(report.has_value());
}

void ReportDialog::Impl::chooseSource() {
  const QString folder = QSettings().value("report/against", QDir::homePath()).toString();
  QFileDialog chooser(dialog, tr("Sprites to measure by"), folder);
  chooser.setObjectName("report.chooser");
  chooser.setFileMode(QFileDialog::Directory);
  if (chooser.exec() != QDialog::Accepted) return;
  against->setText(QDir::toNativeSeparators(chooser.selectedFiles().front()));
  QSettings().setValue("report/against", chooser.selectedFiles().front());
}

void ReportDialog::Impl::start() {
  if (measuring || !session.hasProject()) return;
  QSettings().setValue("report/count", count->value());
  EvaluateOptions options{.count = count->value()};
  if (const QString source = against->text().trimmed(); !source.isEmpty()) options.against = source.toStdString();
  if (session.training().active()) options.threads = 1;
  measuring = true;
  state->setText(tr("Measuring…"));
  updateState();
  session.jobs().run(
      jobTitle(), dialog, stoppable([project = session.project(), of = run, options](JobMonitor& monitor) {
        RunReport made = makeReport(project, of, options, monitor);
        saveReport(project, of, made);
        return made;
      }),
      [this](std::optional<RunReport> made) {
        if (!made) return stopped(tr("Stopped; nothing was changed."));
        measuring = false;
        show({std::move(made), 0});
      },
      [this](const std::exception_ptr& error) { stopped(told(errorText(error))); });
}

void ReportDialog::Impl::stopped(const QString& text) {
  measuring = false;
  updateState();
  state->setText(text);
}

void ReportDialog::Impl::saveHtml() {
  const QString folder = QSettings().value("report/folder", QDir::homePath()).toString();
  QFileDialog chooser(dialog, tr("Save the report"), folder, tr("Web pages (*.html)"));
  chooser.setObjectName("report.file");
  chooser.setAcceptMode(QFileDialog::AcceptSave);
  chooser.setDefaultSuffix("html");
  chooser.selectFile(tr("run-%1-report.html").arg(run.number));
  if (chooser.exec() != QDialog::Accepted) return;
  const QString file = chooser.selectedFiles().front();
  QSettings().setValue("report/folder", QFileInfo(file).absolutePath());
  const QString title = tr("Report: %1, %2").arg(runTitle(run), QString::fromStdString(run.preset));
  try {
    writeFileAtomically(file.toStdString(), reportAsHtml(*report, title.toStdString()));
    state->setText(tr("Written to %1.").arg(QDir::toNativeSeparators(file)));
  } catch (const std::exception&) {
    state->setText(told(errorText(std::current_exception())));
  }
}

void ReportDialog::reject() {
  JobRunner& jobs = m_impl->session.jobs();
  if (m_impl->measuring && jobs.currentTitle() == m_impl->jobTitle()) jobs.cancel();
  QDialog::reject();
}

}  // namespace loom
