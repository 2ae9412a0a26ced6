#include "ui/pages/run_comparison.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStringList>
#include <QToolButton>
#include <algorithm>

#include "ui/models/run_title.h"
#include "ui/widgets/loss_plot.h"

namespace loom {
namespace {

QString detailOf(const RunInfo& run, const std::vector<std::string>& differing, bool namesPreset) {
  QStringList parts;
  if (namesPreset) parts += QString::fromStdString(run.preset);
  if (const QString settings = settingsText(run, differing); !settings.isEmpty()) parts += settings;
  if (!run.note.empty()) parts += QString::fromStdString(run.note);
  return parts.join(QString::fromUtf8(" — "));
}

/// How each run differs from the others, and its note.
std::vector<QString> detailsOf(const std::vector<RunInfo>& runs) {
  std::vector<const RunInfo*> all;
  for (const RunInfo& run : runs) all.push_back(&run);
  const std::vector<std::string> differing = differingSettings(all);
  const bool mixed = std::ranges::adjacent_find(runs, std::ranges::not_equal_to(), &RunInfo::preset) != runs.end();
  std::vector<QString> details;
  for (const RunInfo& run : runs) details.push_back(detailOf(run, differing, mixed));
  return details;
}

}  // namespace

RunComparison::RunComparison(Session& session, QWidget* page)
    : QObject(page),
      m_session(session),
      m_bar(new QWidget(page)),
      m_text(new QLabel(m_bar)),
      m_report(new QToolButton(m_bar)),
      m_back(new QPushButton(m_bar)),
      m_overlay(new RunOverlay(page)),
      m_histories(new HistoryCompare(page)) {
  m_bar->setObjectName("compare.bar");
  m_text->setObjectName("compare.text");
  m_report->setObjectName("compare.report");
  m_report->setText(tr("Report…"));
  m_report->setToolTip(tr("How good one of these runs is, measured by sprites that it has not seen"));
  m_report->setPopupMode(QToolButton::InstantPopup);
  m_report->setMenu(new QMenu(m_report));
  m_back->setObjectName("compare.back");
  auto* row = new QHBoxLayout(m_bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_text, 1);
  row->addWidget(m_report);
  row->addWidget(m_back);
  m_bar->hide();
  connect(m_back, &QPushButton::clicked, this, &RunComparison::backRequested);
  connect(m_histories, &HistoryCompare::stepChanged, this, [this](qint64 step) {
    const bool mark = m_overlay->across() == RunOverlay::kSteps && !m_histories->steps().empty() &&
                      step != m_histories->steps().back();
    m_overlay->plot().mark(mark ? step : -1);
  });
}

bool RunComparison::shows(int run) const {
  return std::ranges::find(m_runs, run) != m_runs.end();
}

void RunComparison::offerReports(const std::vector<RunInfo>& runs) {
  m_report->menu()->clear();
  for (const RunInfo& run : runs) {
    QAction* action = m_report->menu()->addAction(runTitle(run));
    action->setEnabled(run.steps > 0);
    connect(action, &QAction::triggered, this, [this, number = run.number] { Q_EMIT reportRequested(number); });
  }
}

void RunComparison::say(const std::vector<RunInfo>& runs, int back) {
  QStringList numbers;
  const std::size_t drawn = std::min<std::size_t>(runs.size(), RunOverlay::kMostRuns);
  for (std::size_t i = 0; i < drawn; ++i) numbers += QString::number(runs[i].number);
  QString text = tr("Comparing runs %1").arg(numbers.join(", "));
  if (runs.size() > drawn) text = tr("Comparing the first %1 of %2 runs").arg(drawn).arg(runs.size());
  if (drawn > HistoryCompare::kMostPanels) text += tr("; pictures of the first %1").arg(HistoryCompare::kMostPanels);
  m_text->setText(text);
  m_back->setText(back > 0 ? tr("Back to run %1").arg(back) : tr("Back"));
  m_back->setToolTip(tr("Show one run alone again (Esc)"));
}

void RunComparison::show(const std::vector<RunInfo>& runs, int back) {
  const std::vector<QString> details = detailsOf(runs);
  std::vector<HistoryCompare::Entry> entries;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    entries.push_back({runs[i].number, runTitle(runs[i]), details[i], RunOverlay::colour(i),
                       m_session.project().runFolder(runs[i]) / "samples"});
  }
  m_histories->setRuns(entries);
  say(runs, back);
  offerReports(runs);
  m_bar->show();
  std::vector<int> numbers;
  for (const RunInfo& run : runs) numbers.push_back(run.number);
  if (numbers == m_runs) return;
  m_runs = std::move(numbers);
  load(runs, details);
}

void RunComparison::load(const std::vector<RunInfo>& runs, const std::vector<QString>& details) {
  m_loading = true;
  std::vector<RunOverlay::Entry> entries;
  for (std::size_t i = 0; i < std::min<std::size_t>(runs.size(), RunOverlay::kMostRuns); ++i) {
    entries.push_back({runs[i], runTitle(runs[i]), details[i], {}});
  }
  m_session.jobs().run(
      tr("Loading the curves of %1 runs").arg(entries.size()), this,
      [project = m_session.project(), entries = std::move(entries)](JobMonitor& monitor) mutable {
        const Catalogue catalogue = project.catalogue();
        for (RunOverlay::Entry& entry : entries) {
          monitor.checkCancelled();
          entry.series = catalogue.metrics(entry.info.number);
        }
        return std::move(entries);
      },
      [this, wanted = m_runs](std::vector<RunOverlay::Entry> loaded) {
        if (wanted != m_runs) return;
        m_loading = false;
        m_overlay->setRuns(std::move(loaded));
        Q_EMIT curvesLoaded();
      });
}

void RunComparison::append(int run, const std::vector<MetricRow>& rows) {
  if (!m_loading && shows(run)) m_overlay->append(run, rows);
}

void RunComparison::clear() {
  m_runs.clear();
  m_loading = false;
  m_bar->hide();
  m_overlay->clear();
  m_histories->setRuns({});
}

}  // namespace loom
