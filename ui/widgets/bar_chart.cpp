#include "ui/widgets/bar_chart.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/widgets/plot_library.h"

namespace loom {
namespace {

constexpr int kBarPx = 22;
constexpr int kAxisPx = 46;
constexpr int kLabelLetters = 28;
constexpr double kLeastRange = 4;  // no axis with parts of sprites

}  // namespace

struct BarChart::Impl {
  std::vector<Bar> shown;
  int current = -1;
  QLabel* title = nullptr;
  QCustomPlot* plot = nullptr;
  QCPBars* bars = nullptr;
  QCPBars* marked = nullptr;  // the current one, over the others
};

BarChart::BarChart(const QString& title, const QString& name, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName(name);
  setAccessibleName(title);
  setFocusPolicy(Qt::StrongFocus);
  m_impl->title = new QLabel(title);
  m_impl->plot = new QCustomPlot;
  m_impl->plot->setFocusPolicy(Qt::NoFocus);
  m_impl->plot->installEventFilter(this);
  for (QCPBars** bars : {&m_impl->bars, &m_impl->marked}) {
    *bars = new QCPBars(m_impl->plot->yAxis, m_impl->plot->xAxis);
    (*bars)->setWidth(.7);
    (*bars)->setPen(Qt::NoPen);
  }
  m_impl->plot->yAxis->setRangeReversed(true);
  m_impl->plot->yAxis->setTickLength(0, 0);
  m_impl->plot->yAxis->grid()->setVisible(false);
  m_impl->plot->xAxis->ticker()->setTickCount(4);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_impl->title);
  layout->addWidget(m_impl->plot);
  setBars({});
}

BarChart::~BarChart() {
  m_impl->plot->removeEventFilter(this);
}

void BarChart::setBars(std::vector<Bar> bars) {
  const std::size_t all = bars.size();
  if (all > kMostBars) bars.resize(kMostBars);
  m_impl->shown = std::move(bars);
  QVector<double> at, counts;
  const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  double most = 1;
  for (std::size_t i = 0; i < m_impl->shown.size(); ++i) {
    const Bar& bar = m_impl->shown[i];
    at.append(static_cast<double>(i));
    counts.append(bar.count);
    most = std::max(most, bar.count);
    const QString label = bar.label.isEmpty() ? tr("(none)") : bar.label;
    ticker->addTick(static_cast<double>(i),
                    tr("%1  %2").arg(label.left(kLabelLetters), QLocale().toString(qint64(bar.count))));
  }
  m_impl->plot->yAxis->setTicker(ticker);
  m_impl->bars->setData(at, counts, true);
  m_impl->plot->xAxis->setRange(0, std::max(most * 1.05, kLeastRange));
  m_impl->plot->yAxis->setRange(-.6, static_cast<double>(m_impl->shown.size()) - .4);
  m_impl->plot->setFixedHeight(kAxisPx + kBarPx * std::max(1, static_cast<int>(m_impl->shown.size())));
  const QString title = accessibleName();
  m_impl->title->setText(all > kMostBars ? tr("%1 (the %2 most frequent of %3)").arg(title).arg(kMostBars).arg(all)
                                         : title);
  const bool leads = std::ranges::any_of(m_impl->shown, [](const Bar& bar) { return !bar.filter.isEmpty(); });
  setToolTip(leads ? tr("A click on a bar shows its sprites (also with the arrow keys and Enter)") : QString());
  setCurrent(-1);
  paintLikeTheWindow();
}

const std::vector<Bar>& BarChart::bars() const {
  return m_impl->shown;
}

QRect BarChart::barArea(int bar) const {
  const QCPAxis& axis = *m_impl->plot->yAxis;
  const QRect inner = m_impl->plot->axisRect()->rect();
  const int top = qRound(axis.coordToPixel(bar - .35)), bottom = qRound(axis.coordToPixel(bar + .35));
  return {m_impl->plot->mapTo(this, QPoint(inner.left(), top)), QSize(inner.width(), bottom - top)};
}

void BarChart::setCurrent(int bar) {
  m_impl->current = bar;
  QVector<double> at, counts;
  if (bar >= 0) {
    at.append(bar);
    counts.append(m_impl->shown[static_cast<std::size_t>(bar)].count);
  }
  m_impl->marked->setData(at, counts, true);
  if (bar >= 0) setAccessibleDescription(m_impl->shown[static_cast<std::size_t>(bar)].label);
  m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void BarChart::choose(int bar) {
  if (bar < 0 || bar >= static_cast<int>(m_impl->shown.size())) return;
  setCurrent(bar);
  const QString filter = m_impl->shown[static_cast<std::size_t>(bar)].filter;
  if (!filter.isEmpty()) Q_EMIT chosen(filter);
}

void BarChart::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(m_impl->shown.size()) - 1;
  switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
      return setCurrent(std::clamp(m_impl->current + (event->key() == Qt::Key_Up ? -1 : 1), std::min(0, last), last));
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return choose(m_impl->current);
    default:
      QWidget::keyPressEvent(event);
  }
}

/// The plot would keep the wheel, which scrolls the page, to itself.
bool BarChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_impl->plot) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::Wheel) {
    event->ignore();
    return true;
  }
  if (event->type() == QEvent::MouseButtonPress) {
    const QPoint position = static_cast<QMouseEvent*>(event)->pos();
    setFocus(Qt::MouseFocusReason);
    choose(static_cast<int>(std::lround(m_impl->plot->yAxis->pixelToCoord(position.y()))));
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

void BarChart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) paintLikeTheWindow();
}

void BarChart::paintLikeTheWindow() {
  const QColor text = palette().color(QPalette::Text);
  QColor grid = text;
  grid.setAlpha(40);
  m_impl->plot->setBackground(palette().color(QPalette::Base));
  for (QCPAxis* axis : {m_impl->plot->xAxis, m_impl->plot->yAxis}) {
    axis->setTickLabelColor(text);
    axis->setBasePen(QPen(grid));
    axis->setTickPen(QPen(grid));
    axis->setSubTickPen(Qt::NoPen);
    axis->grid()->setPen(QPen(grid));
  }
  m_impl->bars->setBrush(palette().color(QPalette::Highlight));
  m_impl->marked->setBrush(palette().color(QPalette::Link));
  m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace loom
