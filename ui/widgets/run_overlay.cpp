#include "ui/widgets/run_overlay.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/bridge/aside.h"
#include "ui/widgets/loss_plot.h"
#include "ui/widgets/metric_curve.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

const std::array<QColor, RunOverlay::kMostRuns> kColours = {
    QColor(0x58, 0xa6, 0xff), QColor(0xf2, 0x9e, 0x4c), QColor(0x7b, 0xd8, 0x8f), QColor(0xff, 0x7e, 0xb6),
    QColor(0xe5, 0xc5, 0x58), QColor(0xc7, 0x92, 0xea), QColor(0x4d, 0xd0, 0xc8), QColor(0xff, 0x8a, 0x65),
    QColor(0xb0, 0xbe, 0xc5), QColor(0xa5, 0xd6, 0x5f), QColor(0x9f, 0xa8, 0xff), QColor(0xd9, 0xa0, 0x66)};

using Entry = RunOverlay::Entry;
using Entries = std::vector<Entry>;

/// What a step is on the axis: itself, the sprites shown by then, or its share of the run's length.
double perStep(const RunInfo& run, RunOverlay::Across across) {
  if (across == RunOverlay::kSprites) {
    const auto count = [&run](const char* name) {
      const auto found = run.settings.find(name);
      return found != run.settings.end() && found->is_number() ? std::max(1., found->get<double>()) : 1.;
    };
    return count("batch") * count("accumulate");
  }
  const std::int64_t length = std::max(run.targetSteps, run.steps);
  return across == RunOverlay::kProgress && length > 0 ? 100. / static_cast<double>(length) : 1.;
}

PlotTitles titlesFor(const QString& metric, RunOverlay::Across across) {
  switch (across) {
    case RunOverlay::kSprites:
      return {QObject::tr("sprites seen"), metric, QObject::tr("%1 sprites seen")};
    case RunOverlay::kProgress:
      return {QObject::tr("% of the run's length"), metric, QObject::tr("%1 % of its length")};
    default:
      return {QObject::tr("step"), metric, QObject::tr("Step %1")};
  }
}

MetricStyle styleOf(const Entry& entry, std::size_t place) {
  return {entry.title, entry.detail.isEmpty() ? entry.title : entry.title + "\n" + entry.detail,
          RunOverlay::colour(place)};
}

std::size_t placeOf(const MetricSeries& series, const std::string& metric) {
  return static_cast<std::size_t>(std::ranges::find(series.names, metric) - series.names.begin());
}

std::vector<MetricCurve> curvesOf(const Entries& entries, const std::string& metric, RunOverlay::Across across) {
  std::vector<MetricCurve> curves;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    const std::size_t place = placeOf(entry.series, metric);
    if (place == entry.series.names.size()) continue;
    MetricCurve curve(RunOverlay::curveName(entry.info.number), styleOf(entry, i), perStep(entry.info, across));
    for (const MetricRow& row : entry.series.rows) {
      if (place < row.values.size())
        curve.append(static_cast<double>(row.step), static_cast<double>(row.values[place]));
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

}  // namespace

struct RunOverlay::Impl {
  QComboBox* metric = nullptr;
  QComboBox* across = nullptr;
  QLabel* lacking = nullptr;
  LossPlot* plot = nullptr;
  std::shared_ptr<Entries> entries = std::make_shared<Entries>();
  std::vector<std::pair<int, MetricRow>> late;  // rows that came while curves were being made
  bool making = false;
  Aside maker;

  void fillMetrics();
  void make();
  void take(int run, const MetricRow& row);
  void sayWhoLacks(const std::string& name);
};

RunOverlay::RunOverlay(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("runOverlay");
  m_impl->metric = new QComboBox(this);
  m_impl->metric->setObjectName("overlay.metric");
  m_impl->metric->setAccessibleName(tr("Measure to compare"));
  m_impl->metric->setToolTip(tr("What is drawn of every run"));
  m_impl->metric->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_impl->across = new QComboBox(this);
  m_impl->across->setObjectName("overlay.across");
  m_impl->across->setAccessibleName(tr("What the runs are lined up by"));
  m_impl->across->addItems({tr("by step"), tr("by sprites seen"), tr("by progress")});
  m_impl->across->setToolTip(
      tr("By step; by sprites seen, which is fair to runs of different batch sizes; or by share of the run's length"));
  m_impl->lacking = new QLabel(this);
  m_impl->lacking->setObjectName("overlay.lacking");
  m_impl->lacking->setForegroundRole(QPalette::PlaceholderText);
  m_impl->plot = new LossPlot(this);
  m_impl->plot->setObjectName("overlay.plot");
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Compare"), this));
  row->addWidget(m_impl->metric);
  row->addWidget(m_impl->across);
  row->addWidget(m_impl->lacking, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(row);
  layout->addWidget(m_impl->plot, 1);
  connect(m_impl->metric, &QComboBox::currentIndexChanged, this, [this] { m_impl->make(); });
  connect(m_impl->across, &QComboBox::currentIndexChanged, this, [this] { m_impl->make(); });
}

RunOverlay::~RunOverlay() {
  silence(*this, *this);
}

QColor RunOverlay::colour(std::size_t place) {
  return kColours[place % kColours.size()];
}

void RunOverlay::Impl::fillMetrics() {
  const QString kept = metric->currentData().toString();
  std::vector<std::pair<std::string, int>> found;  // and how many runs have it
  for (const Entry& entry : *entries) {
    for (const std::string& name : entry.series.names) {
      const auto known = std::ranges::find(found, name, &std::pair<std::string, int>::first);
      if (known == found.end()) {
        found.emplace_back(name, 1);
      } else {
        ++known->second;
      }
    }
  }
  const auto everywhere = [this](const auto& one) { return one.second == static_cast<int>(entries->size()); };
  std::ranges::stable_partition(found, everywhere);
  const QSignalBlocker quiet(metric);
  metric->clear();
  int index = 0;
  for (const auto& [name, count] : found) {
    const QString title = metricStyle(name, index++).title;
    const QString some = count == 1 ? tr("%1 (1 run)").arg(title) : tr("%1 (%2 runs)").arg(title).arg(count);
    metric->addItem(count == static_cast<int>(entries->size()) ? title : some, QString::fromStdString(name));
  }
  metric->setCurrentIndex(std::max(0, metric->findData(kept)));
  metric->setEnabled(metric->count() > 1);
}

void RunOverlay::Impl::sayWhoLacks(const std::string& name) {
  QStringList without;
  for (const Entry& entry : *entries) {
    if (placeOf(entry.series, name) == entry.series.names.size()) without += QString::number(entry.info.number);
  }
  lacking->setText(without.isEmpty() ? QString() : tr("not measured in run %1").arg(without.join(", ")));
}

/// Long runs have a hundred thousand rows, which is more than a frame's work.
void RunOverlay::Impl::make() {
  const std::string name = metric->currentData().toString().toStdString();
  const auto by = static_cast<Across>(across->currentIndex());
  const QString title = metric->currentIndex() < 0 ? QString() : metricStyle(name, 0).title;
  sayWhoLacks(name);
  making = true;
  maker.ask(
      [shared = std::shared_ptr<const Entries>(entries), name, by, title, window = plot->smoothing()] {
        return LossPlot::prepare(curvesOf(*shared, name, by), titlesFor(title, by), window);
      },
      [this](std::shared_ptr<LossPlot::Curves> curves) {
        making = false;
        plot->setCurves(std::move(curves));
        for (const auto& [run, row] : std::exchange(late, {})) take(run, row);
      });
}

/// Only while no curves are made from the entries.
void RunOverlay::Impl::take(int run, const MetricRow& row) {
  const auto entry = std::ranges::find(*entries, run, [](const Entry& one) { return one.info.number; });
  if (entry == entries->end()) return;
  std::vector<MetricRow>& rows = entry->series.rows;
  while (!rows.empty() && rows.back().step >= row.step) rows.pop_back();
  rows.push_back(row);
  const std::size_t place = placeOf(entry->series, metric->currentData().toString().toStdString());
  if (place >= row.values.size()) return;
  plot->appendTo(curveName(run), row.step, static_cast<double>(row.values[place]));
}

void RunOverlay::setRuns(std::vector<Entry> entries) {
  if (entries.size() > kMostRuns) entries.resize(kMostRuns);
  m_impl->entries = std::make_shared<Entries>(std::move(entries));
  m_impl->late.clear();
  m_impl->fillMetrics();
  m_impl->make();
}

void RunOverlay::append(int run, const std::vector<MetricRow>& rows) {
  for (const MetricRow& row : rows) {
    if (m_impl->making) {
      m_impl->late.emplace_back(run, row);
    } else {
      m_impl->take(run, row);
    }
  }
}

void RunOverlay::clear() {
  setRuns({});
}

std::vector<std::string> RunOverlay::metrics() const {
  std::vector<std::string> names;
  for (int i = 0; i < m_impl->metric->count(); ++i) {
    names.push_back(m_impl->metric->itemData(i).toString().toStdString());
  }
  return names;
}

std::string RunOverlay::metric() const {
  return m_impl->metric->currentData().toString().toStdString();
}

void RunOverlay::setMetric(const std::string& name) {
  m_impl->metric->setCurrentIndex(m_impl->metric->findData(QString::fromStdString(name)));
}

RunOverlay::Across RunOverlay::across() const {
  return static_cast<Across>(m_impl->across->currentIndex());
}

void RunOverlay::setAcross(Across across) {
  m_impl->across->setCurrentIndex(across);
}

LossPlot& RunOverlay::plot() {
  return *m_impl->plot;
}

}  // namespace loom
