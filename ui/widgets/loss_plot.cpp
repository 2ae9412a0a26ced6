#include "ui/widgets/loss_plot.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "ui/widgets/curve_readout.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/metric_curve.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kSliderStepsPerDecade = 20;
constexpr int kSliderDecades = 4;
constexpr double kFirstSmoothing = 20;
constexpr int kRefreshMilliseconds = 100;
constexpr double kLeastAcross = 10;             // steps that the axis shows at least
constexpr double kMarkSize = 5;                 // px
constexpr std::ptrdiff_t kRangeSamples = 2048;  // a curve, to find the range from

QIcon colourIcon(const QColor& colour) {
  QPixmap pixmap(10, 10);
  pixmap.fill(colour);
  return QIcon(pixmap);
}

}  // namespace

struct LossPlot::Curves {
  std::vector<MetricCurve> list;
  std::int64_t lastStep = -1;
  PlotTitles titles;

  void append(const MetricRow& row) {
    const auto step = static_cast<double>(row.step);
    if (row.step <= lastStep) {
      for (MetricCurve& curve : list) curve.dropFrom(step);
    }
    for (std::size_t i = 0; i < std::min(list.size(), row.values.size()); ++i) {
      list[i].append(step, static_cast<double>(row.values[i]));
    }
    lastStep = row.step;
  }
  MetricCurve* find(const std::string& name) {
    const auto found = std::ranges::find(list, name, &MetricCurve::name);
    return found == list.end() ? nullptr : &*found;
  }
};

struct LossPlot::Impl {
  struct Line {
    QCPGraph* raw = nullptr;
    QCPGraph* smooth = nullptr;
    QToolButton* chip = nullptr;
  };

  explicit Impl(LossPlot* owner) : widget(owner) {}

  LossPlot* widget;
  QCustomPlot* plot = nullptr;
  QCPAxis* distances = nullptr;
  std::unique_ptr<CurveReadout> readout;
  QLabel* empty = nullptr;
  QWidget* legend = nullptr;
  QSlider* slider = nullptr;
  QLabel* sliderText = nullptr;
  QCheckBox* logarithmic = nullptr;
  QTimer refresh;
  std::shared_ptr<Curves> curves = std::make_shared<Curves>();
  std::vector<Line> lines;
  std::map<std::string, bool> chosen;  // names hidden or shown by hand stay so from run to run
  bool follow = true;                  // until the user zooms or drags

  void buildControls();
  void buildPlot();
  void rebuildLines();
  void restyle();
  void setLineShown(std::size_t index, bool shown);
  void applyLineVisibility();
  void applySmoothing();
  void applyScale();
  void applyMarks();
  void fitAxes();
  void fitValues(QCPAxis& axis, MetricAxis kind, bool log);
  QCPAxis* axisOf(const MetricCurve& curve) const;
  void aim(const QPoint& position, bool zoom);
  std::vector<const MetricCurve*> shownCurves() const;
  bool key(const QKeyEvent& event);
};

LossPlot::LossPlot(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("lossPlot");
  m_impl->buildControls();
  m_impl->buildPlot();
  setSmoothing(kFirstSmoothing);
  m_impl->rebuildLines();
}

LossPlot::~LossPlot() {
  silence(*this, *this);
}

void LossPlot::Impl::buildControls() {
  legend = new QWidget(widget);
  legend->setObjectName("lossPlot.legend");
  auto* flow = new FlowLayout(legend, 4);
  Q_UNUSED(flow);

  slider = new QSlider(Qt::Horizontal, widget);
  slider->setObjectName("lossPlot.smoothing");
  slider->setAccessibleName(tr("Smoothing"));
  slider->setToolTip(
      tr("Over how many steps the strong lines are averaged. The faint lines are the values themselves."));
  slider->setRange(0, kSliderDecades * kSliderStepsPerDecade);
  slider->setFixedWidth(110);
  sliderText = new QLabel(widget);
  sliderText->setMinimumWidth(sliderText->fontMetrics().horizontalAdvance(tr("10,000 steps")));

  logarithmic = new QCheckBox(tr("Log axis"), widget);
  logarithmic->setObjectName("lossPlot.logarithmic");
  logarithmic->setToolTip(tr("Show the losses on a logarithmic axis: small differences near zero become visible."));

  auto* all = new QToolButton(widget);
  all->setObjectName("lossPlot.fit");
  all->setText(tr("Show all"));
  all->setToolTip(tr("Back to all steps, and follow new ones (double click on the plot, or the key 0)."));
  QObject::connect(all, &QToolButton::clicked, widget, &LossPlot::fit);
  QObject::connect(slider, &QSlider::valueChanged, widget, [this] { applySmoothing(); });
  QObject::connect(logarithmic, &QCheckBox::toggled, widget, [this] { applyScale(); });

  auto* controls = new QHBoxLayout;
  controls->addWidget(new QLabel(tr("Smooth over"), widget));
  controls->addWidget(slider);
  controls->addWidget(sliderText);
  controls->addWidget(logarithmic);
  controls->addStretch(1);
  controls->addWidget(all);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(legend);
  plot = new QCustomPlot(widget);
  layout->addWidget(plot, 1);
  layout->addLayout(controls);
}

void LossPlot::Impl::buildPlot() {
  plot->setObjectName("lossPlot.plot");
  plot->setAccessibleName(tr("Curves of the run"));
  plot->setFocusPolicy(Qt::StrongFocus);
  plot->setMinimumSize(220, 120);
  plot->setAutoAddPlottableToLegend(false);
  plot->setNoAntialiasingOnDrag(true);
  plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot->setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom));
  plot->xAxis->setNumberFormat("f");
  plot->xAxis->setNumberPrecision(0);
  plot->xAxis->setLabel(tr("step"));
  plot->yAxis->setLabel(tr("loss"));
  plot->yAxis2->setLabel(tr("probability"));
  plot->yAxis2->setRange(-.02, 1.02);
  plot->yAxis2->grid()->setVisible(false);
  distances = plot->axisRect()->addAxis(QCPAxis::atRight);
  distances->setLayer("axes");
  distances->setLabel(tr("distance"));
  distances->setVisible(false);
  distances->grid()->setVisible(false);
  plot->xAxis->ticker()->setTickStepStrategy(QCPAxisTicker::tssReadability);

  readout = std::make_unique<CurveReadout>(plot, [this] { return shownCurves(); });
  empty = new QLabel(tr("The curves appear here once a run has begun."), plot);
  empty->setAttribute(Qt::WA_TransparentForMouseEvents);
  empty->setAlignment(Qt::AlignCenter);
  plot->installEventFilter(widget);

  refresh.setSingleShot(true);
  refresh.setInterval(kRefreshMilliseconds);
  QObject::connect(&refresh, &QTimer::timeout, widget, [this] {
    if (follow) fitAxes();
    applyMarks();
    plot->replot(QCustomPlot::rpQueuedReplot);
  });
  QObject::connect(plot, &QCustomPlot::mouseDoubleClick, widget, &LossPlot::fit);
  QObject::connect(plot, &QCustomPlot::mouseWheel, widget, [this](QWheelEvent* event) {
    aim(event->position().toPoint(), true);
    follow = false;
  });
  QObject::connect(plot, &QCustomPlot::mousePress, widget, [this](QMouseEvent* event) { aim(event->pos(), false); });
  QObject::connect(plot, &QCustomPlot::mouseMove, widget, [this](QMouseEvent* event) {
    const bool dragged = event->buttons() != Qt::NoButton;
    if (dragged) follow = false;
    const bool inside = plot->axisRect()->rect().contains(event->pos());
    readout->pointAt(inside && !dragged ? std::optional(plot->xAxis->pixelToCoord(event->pos().x())) : std::nullopt);
  });
}

/// The axes that a wheel or a drag at `position` moves: the one it points at, or both of the losses.
void LossPlot::Impl::aim(const QPoint& position, bool zoom) {
  const QRect inner = plot->axisRect()->rect();
  QList<QCPAxis*> axes = {plot->xAxis, plot->yAxis};
  if (position.y() > inner.bottom()) axes = {plot->xAxis};
  if (position.x() < inner.left()) axes = {plot->yAxis};
  if (position.x() > inner.right()) axes = {plot->yAxis2, distances};
  if (zoom) {
    plot->axisRect()->setRangeZoomAxes(axes);
  } else {
    plot->axisRect()->setRangeDragAxes(axes);
  }
}

void LossPlot::Impl::rebuildLines() {
  readout->pointAt({});
  readout->mark({});
  plot->clearGraphs();
  for (const Line& line : lines) {
    line.chip->hide();
    line.chip->deleteLater();  // a click on it may be what brought us here
  }
  lines.clear();
  for (std::size_t i = 0; i < curves->list.size(); ++i) {
    MetricCurve& curve = curves->list[i];
    QCPAxis* valueAxis = axisOf(curve);
    Line line;
    line.raw = plot->addGraph(plot->xAxis, valueAxis);
    line.raw->setData(curve.raw());
    line.smooth = plot->addGraph(plot->xAxis, valueAxis);
    line.smooth->setData(curve.smooth());
    line.chip = new QToolButton(legend);
    line.chip->setObjectName(QString::fromStdString("curve." + curve.name()));
    line.chip->setText(curve.style().title);
    line.chip->setToolTip(curve.style().help + "\n" + tr("Click to hide or show this line."));
    line.chip->setCheckable(true);
    line.chip->setAutoRaise(true);
    line.chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto known = chosen.find(curve.name());
    line.chip->setChecked(known == chosen.end() ? curve.style().shownAtFirst : known->second);
    legend->layout()->addWidget(line.chip);
    line.chip->show();
    QObject::connect(line.chip, &QToolButton::toggled, widget, [this, i](bool on) { setLineShown(i, on); });
    lines.push_back(line);
  }
  plot->xAxis->setLabel(curves->titles.across);
  plot->yAxis->setLabel(curves->titles.up);
  readout->setTitle(curves->titles.point);
  legend->setVisible(!lines.empty());
  legend->updateGeometry();
  follow = true;
  restyle();
  applySmoothing();
  applyScale();
}

void LossPlot::Impl::restyle() {
  const QPalette palette = widget->palette();
  const QColor ground = palette.color(QPalette::Base);
  const QColor text = palette.color(QPalette::Text);
  QColor faint = text;
  faint.setAlpha(38);
  plot->setBackground(QBrush(ground));
  for (QCPAxis* axis : {plot->xAxis, plot->yAxis, plot->yAxis2, distances}) {
    axis->setBasePen(QPen(faint, 1));
    axis->setTickPen(QPen(faint, 1));
    axis->setSubTickPen(QPen(faint, 1));
    axis->setLabelColor(text);
    axis->setTickLabelColor(text);
    axis->setTickLabelFont(widget->font());
    axis->setLabelFont(widget->font());
    axis->grid()->setPen(QPen(faint, 1));
    axis->grid()->setZeroLinePen(QPen(faint, 1));
  }
  readout->takeColours(palette);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const QColor colour = onGround(curves->list[i].style().colour, ground);
    lines[i].smooth->setPen(QPen(colour, 1));
    lines[i].chip->setIcon(colourIcon(colour));
  }
  applyLineVisibility();
}

void LossPlot::Impl::applyLineVisibility() {
  const bool smoothed = widget->smoothing() > 1;
  const QColor ground = widget->palette().color(QPalette::Base);
  bool shares = false;
  bool distance = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool shown = lines[i].chip->isChecked();
    QColor colour = onGround(curves->list[i].style().colour, ground);
    if (smoothed) colour.setAlpha(64);
    lines[i].raw->setPen(QPen(colour, 1));
    lines[i].raw->setVisible(shown);
    lines[i].smooth->setVisible(shown && smoothed);
    shares = shares || (shown && curves->list[i].style().axis == MetricAxis::kShare);
    distance = distance || (shown && curves->list[i].style().axis == MetricAxis::kDistance);
  }
  plot->yAxis2->setVisible(shares);
  distances->setVisible(distance);
  applyMarks();
  empty->setVisible(curves->lastStep < 0);
  plot->replot(QCustomPlot::rpQueuedReplot);
}

/// Where a measure is taken now and then, its values are marked: the line between them is only a guide.
void LossPlot::Impl::applyMarks() {
  const QColor ground = widget->palette().color(QPalette::Base);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool marked = curves->list[i].isSparse();
    const QColor colour = onGround(curves->list[i].style().colour, ground);
    lines[i].raw->setScatterStyle(marked ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, kMarkSize)
                                         : QCPScatterStyle(QCPScatterStyle::ssNone));
  }
}

QCPAxis* LossPlot::Impl::axisOf(const MetricCurve& curve) const {
  if (curve.style().axis == MetricAxis::kShare) return plot->yAxis2;
  return curve.style().axis == MetricAxis::kDistance ? distances : plot->yAxis;
}

void LossPlot::Impl::setLineShown(std::size_t index, bool shown) {
  chosen[curves->list[index].name()] = shown;
  if (follow) fitAxes();
  applyLineVisibility();
}

void LossPlot::Impl::applySmoothing() {
  const double steps = widget->smoothing();
  sliderText->setText(steps > 1 ? tr("%1 steps").arg(plot->locale().toString(static_cast<int>(steps))) : tr("off"));
  for (MetricCurve& curve : curves->list) curve.setWindow(steps);
  applyLineVisibility();
}

void LossPlot::Impl::applyScale() {
  const bool log = logarithmic->isChecked();
  plot->yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  plot->yAxis->setTicker(log ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                             : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  fitAxes();
  plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossPlot::Impl::fitAxes() {
  double first = std::numeric_limits<double>::max();
  double last = -1;
  for (const MetricCurve& curve : curves->list) {
    if (curve.raw()->isEmpty()) continue;
    first = std::min(first, curve.raw()->constBegin()->key);
    last = std::max(last, (curve.raw()->constEnd() - 1)->key);
  }
  plot->xAxis->setRange(std::min(first, std::max(last, 0.)), std::max(last, kLeastAcross));
  fitValues(*plot->yAxis, MetricAxis::kLoss, logarithmic->isChecked());
  fitValues(*distances, MetricAxis::kDistance, false);
}

/// The range in which what is shown against `axis` lies, outliers left out.
void LossPlot::Impl::fitValues(QCPAxis& axis, MetricAxis kind, bool log) {
  std::vector<double> values;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (curves->list[i].style().axis != kind || !lines[i].chip->isChecked()) continue;
    const QCPGraphDataContainer& data = *curves->list[i].raw();
    const std::ptrdiff_t stride = std::max<std::ptrdiff_t>(1, data.size() / kRangeSamples);
    for (std::ptrdiff_t at = 0; at < data.size(); at += stride) {
      const double value = (data.constBegin() + at)->value;
      if (!log || value > 0) values.push_back(value);
    }
  }
  if (log && values.empty()) values = {.1, 1};
  const QCPRange range = robustRange(values);
  if (log) {
    axis.setRange(range.lower / 1.2, range.upper * 1.2);
  } else {
    const double margin = range.size() > 0 ? .06 * range.size() : .5;
    axis.setRange(range.lower - margin, range.upper + margin);
  }
}

std::vector<const MetricCurve*> LossPlot::Impl::shownCurves() const {
  std::vector<const MetricCurve*> shown;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].chip->isChecked()) shown.push_back(&curves->list[i]);
  }
  return shown;
}

bool LossPlot::Impl::key(const QKeyEvent& event) {
  const QCPRange range = plot->xAxis->range();
  const double from = readout->step().value_or(range.upper);
  const double stride = std::max(1., range.size() / 200);
  switch (event.key()) {
    case Qt::Key_Left:
      readout->pointAt(std::max(from - stride, range.lower));
      return true;
    case Qt::Key_Right:
      readout->pointAt(std::min(from + stride, range.upper));
      return true;
    case Qt::Key_0:
      widget->fit();
      return true;
    case Qt::Key_Escape:
      readout->pointAt({});
      return false;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
      follow = false;
      plot->xAxis->scaleRange(event.key() == Qt::Key_Minus ? 1.25 : .8, from);
      plot->replot(QCustomPlot::rpQueuedReplot);
      return true;
    default:
      return false;
  }
}

std::shared_ptr<LossPlot::Curves> LossPlot::prepare(const MetricSeries& series, double window) {
  auto curves = std::make_shared<Curves>();
  for (const std::string& name : series.names) {
    curves->list.emplace_back(name, static_cast<int>(curves->list.size()));
    curves->list.back().setWindow(window);
  }
  for (const MetricRow& row : series.rows) curves->append(row);
  return curves;
}

std::shared_ptr<LossPlot::Curves> LossPlot::prepare(std::vector<MetricCurve> list, const PlotTitles& titles,
                                                    double window) {
  auto curves = std::make_shared<Curves>();
  curves->list = std::move(list);
  curves->titles = titles;
  for (MetricCurve& curve : curves->list) {
    curve.setWindow(window);
    if (!curve.raw()->isEmpty()) curves->lastStep = std::max(curves->lastStep, curve.lastStep());
  }
  return curves;
}

void LossPlot::setCurves(std::shared_ptr<Curves> curves) {
  m_impl->curves = std::move(curves);
  m_impl->rebuildLines();
}

void LossPlot::appendTo(const std::string& name, std::int64_t step, double value) {
  MetricCurve* curve = m_impl->curves->find(name);
  if (curve == nullptr) return;
  curve->dropFrom(static_cast<double>(step));
  curve->append(static_cast<double>(step), value);
  m_impl->curves->lastStep = std::max(m_impl->curves->lastStep, step);
  if (!m_impl->refresh.isActive()) m_impl->refresh.start();
}

void LossPlot::begin(const std::vector<std::string>& names) {
  setCurves(prepare({names, {}}, smoothing()));
}

void LossPlot::clear() {
  begin({});
}

void LossPlot::append(const std::vector<MetricRow>& rows) {
  const bool wasEmpty = m_impl->curves->lastStep < 0;
  for (const MetricRow& row : rows) m_impl->curves->append(row);
  if (wasEmpty) m_impl->applyLineVisibility();
  if (!m_impl->refresh.isActive()) m_impl->refresh.start();
}

double LossPlot::smoothing() const {
  return std::round(std::pow(10., static_cast<double>(m_impl->slider->value()) / kSliderStepsPerDecade));
}

void LossPlot::setSmoothing(double steps) {
  m_impl->slider->setValue(static_cast<int>(std::lround(kSliderStepsPerDecade * std::log10(std::max(1., steps)))));
}

bool LossPlot::isLogarithmic() const {
  return m_impl->logarithmic->isChecked();
}

void LossPlot::setLogarithmic(bool on) {
  m_impl->logarithmic->setChecked(on);
}

void LossPlot::fit() {
  m_impl->follow = true;
  m_impl->plot->yAxis2->setRange(-.02, 1.02);
  m_impl->fitAxes();
  m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

std::vector<std::string> LossPlot::names() const {
  std::vector<std::string> names;
  for (const MetricCurve& curve : m_impl->curves->list) names.push_back(curve.name());
  return names;
}

int LossPlot::pointCount(const std::string& name) const {
  const auto found = std::ranges::find(m_impl->curves->list, name, &MetricCurve::name);
  return found == m_impl->curves->list.end() ? 0 : found->raw()->size();
}

bool LossPlot::isShown(const std::string& name) const {
  const auto* chip = findChild<QToolButton*>(QString::fromStdString("curve." + name));
  return chip != nullptr && chip->isChecked();
}

void LossPlot::setShown(const std::string& name, bool shown) {
  if (auto* chip = findChild<QToolButton*>(QString::fromStdString("curve." + name))) chip->setChecked(shown);
}

std::int64_t LossPlot::lastStep() const {
  return m_impl->curves->lastStep;
}

QString LossPlot::valuesAt(double step) const {
  return m_impl->readout->text(step);
}

void LossPlot::mark(std::int64_t step) {
  m_impl->readout->mark(step < 0 ? std::nullopt : std::optional(static_cast<double>(step)));
}

void LossPlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  const bool colours = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
  if (colours && m_impl && m_impl->plot) m_impl->restyle();
}

bool LossPlot::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_impl->plot) {
    if (event->type() == QEvent::Leave) m_impl->readout->pointAt({});
    if (event->type() == QEvent::Resize) m_impl->empty->setGeometry(m_impl->plot->rect());
    if (event->type() == QEvent::KeyPress && m_impl->key(*static_cast<QKeyEvent*>(event))) return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace loom
