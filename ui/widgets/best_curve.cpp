#include "ui/widgets/best_curve.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/models/parallel_data.h"
#include "ui/widgets/plot_library.h"

namespace loom {
namespace {

constexpr double kDecade = 10;  // a wider span gets a logarithmic axis
constexpr double kSecondsAMinute = 60;

}  // namespace

BestCurve::BestCurve(QWidget* parent) : QWidget(parent) {
  setObjectName("bestCurve");
  setAccessibleName(tr("Best so far"));
  m_plot = new QCustomPlot(this);
  m_dots = m_plot->addGraph();
  m_dots->setLineStyle(QCPGraph::lsNone);
  m_stairs = m_plot->addGraph();
  m_stairs->setLineStyle(QCPGraph::lsStepLeft);
  m_over = new QComboBox(this);
  m_over->setObjectName("bestCurve.over");
  m_over->setAccessibleName(tr("Best so far, over"));
  m_over->addItems({tr("over results"), tr("over training time")});
  m_over->setToolTip(tr("A trial that is judged several times gives several results"));
  connect(m_over, &QComboBox::currentIndexChanged, this, [this] { redraw(); });
  auto* head = new QHBoxLayout;
  head->addWidget(new QLabel("<b>" + tr("Best so far") + "</b>", this), 1);
  head->addWidget(m_over);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(head);
  layout->addWidget(m_plot, 1);
  m_plot->setMinimumHeight(120);
  paintLikeTheWindow();
}

void BestCurve::setSearch(const Search& search) {
  m_search = search;
  redraw();
}

int BestCurve::stairCount() const {
  return m_stairs->dataCount();
}

int BestCurve::dotCount() const {
  return m_dots->dataCount();
}

void BestCurve::redraw() {
  const bool overTime = m_over->currentIndex() == 1;
  const auto across = [overTime](const TrialResult& result) {
    return overTime ? result.seconds / kSecondsAMinute : result.order;
  };
  QVector<double> x, y;
  double end = overTime ? 0 : 1;
  for (const SearchTrial& trial : m_search.trials) {
    for (const TrialResult& result : trial.results) {
      end = std::max(end, across(result));
      if (!std::isfinite(result.objective)) continue;
      x.append(across(result));
      y.append(result.objective);
    }
  }
  m_dots->setData(x, y);
  const auto [least, most] = std::ranges::minmax_element(y);
  const bool logarithmic = !y.isEmpty() && *least > 0 && *most / *least > kDecade;
  QVector<double> stairX, stairY;
  for (const TrialResult& result : bestSoFar(m_search)) {
    stairX.append(across(result));
    stairY.append(result.objective);
  }
  if (!stairX.isEmpty() && stairX.last() < end) {  // on to the newest result
    stairX.append(end);
    stairY.append(stairY.last());
  }
  m_stairs->setData(stairX, stairY);
  m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  QSharedPointer<QCPAxisTicker> ticker(new QCPAxisTicker);
  if (logarithmic) ticker.reset(new QCPAxisTickerLog);
  m_plot->yAxis->setTicker(ticker);
  m_plot->yAxis->setLabel(metricTitle(m_search.plan.objective));
  m_plot->xAxis->setLabel(overTime ? tr("minutes of training") : tr("results"));
  m_plot->xAxis->setRange(overTime ? 0 : .5, overTime ? std::max(end * 1.03, .1) : end + .5);
  if (!y.isEmpty()) {
    const double room = logarithmic ? 1.15 : std::max((*most - *least) * .08, std::abs(*most) * .01 + 1e-9);
    m_plot->yAxis->setRange(logarithmic ? *least / room : *least - room, logarithmic ? *most * room : *most + room);
  }
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void BestCurve::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) paintLikeTheWindow();
}

void BestCurve::paintLikeTheWindow() {
  const QColor text = palette().color(QPalette::Text);
  QColor grid = text;
  grid.setAlpha(40);
  m_plot->setBackground(palette().color(QPalette::Base));
  for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
    axis->setTickLabelColor(text);
    axis->setLabelColor(text);
    axis->setBasePen(QPen(grid));
    axis->setTickPen(QPen(grid));
    axis->setSubTickPen(Qt::NoPen);
    axis->grid()->setPen(QPen(grid));
  }
  m_stairs->setPen(QPen(palette().color(QPalette::Highlight), 1));
  m_dots->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssDisc, palette().color(QPalette::Link), palette().color(QPalette::Link), 4));
  m_plot->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace loom
