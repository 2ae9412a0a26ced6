#include "ui/widgets/parallel_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <map>

#include "ui/widgets/parallel_colours.h"

namespace loom {
namespace {

constexpr double kMarginX = 56, kMarginTop = 40, kMarginBottom = 14;
constexpr double kGrip = 12;     // px beside an axis where it is taken hold of
constexpr double kReach = 6;     // px from a line at which it is pointed at
constexpr double kMarkHalf = 5;  // px, half the width of a mark
constexpr double kLeastMark = .01;
constexpr std::size_t kSmoothLines = 500;  // more are drawn without smoothing

double distanceToSegment(QPointF point, QPointF a, QPointF b) {
  const QPointF along = b - a, to = point - a;
  const double length = QPointF::dotProduct(along, along);
  const double share = length > 0 ? std::clamp(QPointF::dotProduct(to, along) / length, 0., 1.) : 0.;
  const QPointF off = to - share * along;
  return std::hypot(off.x(), off.y());
}

}  // namespace

struct ParallelPlot::Impl {
  explicit Impl(ParallelPlot* widget) : plot(widget) {}

  struct Mark {
    double from = 0;
    double to = 1;
  };

  ParallelPlot* plot;
  ParallelData data;
  std::map<int, Mark> marks;  // by axis
  int selected = 0;
  int lit = 0;
  int dragged = -1;  // the axis on which a mark is drawn
  double dragStart = 0;
  QPixmap under;  // all lines but those that are lit; null: to be drawn anew

  int axes() const { return static_cast<int>(data.axes.size()); }
  const ParallelLine* find(int id) const;
  bool passes(const ParallelLine& line) const;
  int axisNear(QPointF position) const;
  int lineNear(QPointF position) const;
  double heightAt(double y) const;
  void light(int id);
  void choose(int id);
  void step(int by);

  void drawLine(QPainter& painter, const ParallelLine& line, const QPen& pen) const;
  void drawLines(QPainter& painter) const;
  void drawAxes(QPainter& painter) const;
  void drawTicks(QPainter& painter, int axis) const;
  void redraw() {
    under = {};
    plot->update();
  }
};

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("parallelPlot");
  setAccessibleName(tr("Trials over their settings"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

ParallelPlot::~ParallelPlot() = default;

const ParallelLine* ParallelPlot::Impl::find(int id) const {
  const auto found = std::ranges::find(data.lines, id, &ParallelLine::id);
  return found == data.lines.end() ? nullptr : &*found;
}

bool ParallelPlot::Impl::passes(const ParallelLine& line) const {
  return std::ranges::all_of(marks, [&](const auto& mark) {
    const double at = line.at[static_cast<std::size_t>(mark.first)];
    return at >= mark.second.from - 1e-9 && at <= mark.second.to + 1e-9;  // NaN is in no mark
  });
}

QPointF ParallelPlot::pointAt(int axis, double height) const {
  const double wide = width() - 2 * kMarginX, high = this->height() - kMarginTop - kMarginBottom;
  const int gaps = std::max(1, m_impl->axes() - 1);
  return {kMarginX + wide * axis / gaps, kMarginTop + high * (1 - height)};
}

double ParallelPlot::Impl::heightAt(double y) const {
  const double top = plot->pointAt(0, 1).y(), bottom = plot->pointAt(0, 0).y();
  return std::clamp((bottom - y) / std::max(1., bottom - top), 0., 1.);
}

int ParallelPlot::Impl::axisNear(QPointF position) const {
  for (int axis = 0; axis < axes(); ++axis) {
    if (std::abs(plot->pointAt(axis, 0).x() - position.x()) <= kGrip) return axis;
  }
  return -1;
}

/// The line pointed at among those through all marks; 0: none.
int ParallelPlot::Impl::lineNear(QPointF position) const {
  int nearest = 0;
  double least = kReach;
  for (const ParallelLine& line : data.lines) {
    if (!passes(line)) continue;
    for (int axis = 0; axis + 1 < axes(); ++axis) {
      const double from = line.at[static_cast<std::size_t>(axis)], to = line.at[static_cast<std::size_t>(axis + 1)];
      if (!std::isfinite(from) || !std::isfinite(to)) continue;
      const double away = distanceToSegment(position, plot->pointAt(axis, from), plot->pointAt(axis + 1, to));
      if (away < least) {
        least = away;
        nearest = line.id;
      }
    }
  }
  return nearest;
}

void ParallelPlot::setData(ParallelData data) {
  const bool sameAxes =
      std::ranges::equal(data.axes, m_impl->data.axes, {}, &ParallelAxis::title, &ParallelAxis::title);
  const bool hadMarks = !m_impl->marks.empty();
  if (!sameAxes) {
    m_impl->marks.clear();
    m_impl->dragged = -1;
    m_impl->lit = m_impl->selected = 0;
  }
  m_impl->data = std::move(data);
  m_impl->redraw();
  if (hadMarks) Q_EMIT marksChanged();  // also: other lines may pass now
}

void ParallelPlot::setSelected(int id) {
  m_impl->selected = id;
  update();
}

void ParallelPlot::setLit(int id) {
  m_impl->lit = id;
  update();
}

int ParallelPlot::selected() const {
  return m_impl->selected;
}

int ParallelPlot::lit() const {
  return m_impl->lit;
}

std::optional<std::set<int>> ParallelPlot::marked() const {
  if (m_impl->marks.empty()) return {};
  std::set<int> passing;
  for (const ParallelLine& line : m_impl->data.lines) {
    if (m_impl->passes(line)) passing.insert(line.id);
  }
  return passing;
}

void ParallelPlot::mark(int axis, double from, double to) {
  m_impl->marks[axis] = {std::min(from, to), std::max(from, to)};
  m_impl->redraw();
  Q_EMIT marksChanged();
}

void ParallelPlot::clearMarks() {
  if (m_impl->marks.empty()) return;
  m_impl->marks.clear();
  m_impl->redraw();
  Q_EMIT marksChanged();
}

void ParallelPlot::Impl::light(int id) {
  if (id == lit) return;
  lit = id;
  plot->update();
  Q_EMIT plot->pointed(id);
}

void ParallelPlot::Impl::choose(int id) {
  selected = id;
  plot->update();
  Q_EMIT plot->chosen(id);
}

/// Goes through the lines that are lit, from the best to the worst.
void ParallelPlot::Impl::step(int by) {
  std::vector<const ParallelLine*> order;
  for (const ParallelLine& line : data.lines) {
    if (passes(line)) order.push_back(&line);
  }
  if (order.empty()) return;
  std::ranges::stable_sort(order, {},
                           [](const ParallelLine* line) { return std::isfinite(line->shade) ? line->shade : 2.; });
  const auto now = std::ranges::find(order, selected, &ParallelLine::id);
  const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
  const std::ptrdiff_t at = now == order.end() ? (by > 0 ? -1 : last + 1) : now - order.begin();
  choose(order[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + by, 0, last))]->id);
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  m_impl->dragged = m_impl->axisNear(event->position());
  m_impl->dragStart = m_impl->heightAt(event->position().y());
  if (m_impl->dragged < 0) m_impl->choose(m_impl->lineNear(event->position()));
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
  if (m_impl->dragged >= 0) {
    const double height = m_impl->heightAt(event->position().y());
    if (std::abs(height - m_impl->dragStart) >= kLeastMark) mark(m_impl->dragged, m_impl->dragStart, height);
    return;
  }
  const bool onAxis = m_impl->axisNear(event->position()) >= 0;
  setCursor(onAxis ? Qt::SplitVCursor : Qt::ArrowCursor);
  m_impl->light(onAxis ? 0 : m_impl->lineNear(event->position()));
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_impl->dragged < 0) return;
  const int axis = std::exchange(m_impl->dragged, -1);
  const bool clicked = std::abs(m_impl->heightAt(event->position().y()) - m_impl->dragStart) < kLeastMark;
  if (!clicked || m_impl->marks.erase(axis) == 0) return;
  m_impl->redraw();
  Q_EMIT marksChanged();
}

void ParallelPlot::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  clearMarks();
}

void ParallelPlot::leaveEvent(QEvent* /*event*/) {
  m_impl->light(0);
}

void ParallelPlot::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
      return m_impl->step(event->key() == Qt::Key_Down ? 1 : -1);
    case Qt::Key_Escape:
      if (!m_impl->marks.empty()) return clearMarks();
      [[fallthrough]];
    default:
      QWidget::keyPressEvent(event);
  }
}

void ParallelPlot::resizeEvent(QResizeEvent* /*event*/) {
  m_impl->redraw();
}

void ParallelPlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) m_impl->redraw();
}

bool ParallelPlot::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int trial = m_impl->lineNear(help->pos());
  QToolTip::showText(help->globalPos(),
                     trial > 0 ? tr("Trial %1: a click selects it").arg(trial)
                               : tr("Drag along an axis to look only at trials in that range; click it to take the "
                                    "mark away. Escape takes all marks away."),
                     this);
  return true;
}

void ParallelPlot::Impl::drawLine(QPainter& painter, const ParallelLine& line, const QPen& pen) const {
  painter.setPen(pen);
  QPainterPath path;
  bool down = false;  // the pen is on the paper
  for (int axis = 0; axis < axes(); ++axis) {
    const double at = line.at[static_cast<std::size_t>(axis)];
    if (!std::isfinite(at)) {
      down = false;
      continue;
    }
    const QPointF point = plot->pointAt(axis, at);
    down ? path.lineTo(point) : path.moveTo(point);
    down = true;
  }
  painter.drawPath(path);
}

void ParallelPlot::Impl::drawLines(QPainter& painter) const {
  painter.setRenderHint(QPainter::Antialiasing, data.lines.size() <= kSmoothLines);
  const QColor ground = plot->palette().color(QPalette::Base);
  std::vector<const ParallelLine*> order;
  for (const ParallelLine& line : data.lines) order.push_back(&line);
  std::ranges::stable_sort(order, std::greater<>(), [](const ParallelLine* line) {
    return std::isfinite(line->shade) ? line->shade : 2.;
  });  // the best ones on top
  for (const ParallelLine* line : order) {
    QColor colour = shadeColour(line->shade, ground);
    const bool faint = !passes(*line);
    if (faint) colour.setAlpha(28);
    drawLine(painter, *line, QPen(colour, line->id == data.best && !faint ? 3 : 1.3));
  }
}

void ParallelPlot::Impl::drawTicks(QPainter& painter, int axis) const {
  const bool last = axis + 1 == axes();
  QColor behind = plot->palette().color(QPalette::Base);
  behind.setAlpha(190);
  const QFontMetricsF metrics(painter.font());
  for (const auto& [height, text] : data.axes[static_cast<std::size_t>(axis)].ticks) {
    const QPointF at = plot->pointAt(axis, height);
    painter.setPen(plot->palette().color(QPalette::Mid));
    painter.drawLine(at - QPointF(3, 0), at + QPointF(3, 0));
    const double wide = metrics.horizontalAdvance(text);
    // Right of each axis but the last, whose labels stand left of nothing.
    QRectF room(at.x() + 7, at.y() - metrics.height() / 2, wide + 4, metrics.height());
    if (last && room.right() > plot->width()) room.moveRight(at.x() - 7);
    painter.fillRect(room, behind);
    painter.setPen(plot->palette().color(QPalette::Text));
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, text);
  }
}

void ParallelPlot::Impl::drawAxes(QPainter& painter) const {
  const QFontMetricsF metrics(painter.font());
  const double gap = axes() > 1 ? plot->pointAt(1, 0).x() - plot->pointAt(0, 0).x() : plot->width();
  for (int axis = 0; axis < axes(); ++axis) {
    painter.setPen(plot->palette().color(QPalette::Mid));
    painter.drawLine(plot->pointAt(axis, 0), plot->pointAt(axis, 1));
    if (const auto mark = marks.find(axis); mark != marks.end()) {
      QColor fill = plot->palette().color(QPalette::Highlight);
      painter.setPen(fill);
      fill.setAlpha(90);
      painter.setBrush(fill);
      painter.drawRect(QRectF(plot->pointAt(axis, mark->second.to) - QPointF(kMarkHalf, 0),
                              plot->pointAt(axis, mark->second.from) + QPointF(kMarkHalf, 0)));
      painter.setBrush(Qt::NoBrush);
    }
    drawTicks(painter, axis);
    const double room = std::min(gap - 8, 2 * kMarginX + (axis == 0 || axis + 1 == axes() ? 0 : gap));
    const QPointF top = plot->pointAt(axis, 1);
    QRectF where(top.x() - room / 2, 2, room, kMarginTop - metrics.height());
    where.moveLeft(std::clamp(where.left(), 2., std::max(2., plot->width() - room - 2)));
    painter.setPen(plot->palette().color(QPalette::Text));
    painter.drawText(where, Qt::AlignHCenter | Qt::AlignTop,
                     metrics.elidedText(data.axes[static_cast<std::size_t>(axis)].title, Qt::ElideRight, room));
  }
}

void ParallelPlot::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (m_impl->under.isNull()) {
    const double scale = devicePixelRatioF();
    m_impl->under = QPixmap(size() * scale);
    m_impl->under.setDevicePixelRatio(scale);
    m_impl->under.fill(palette().color(QPalette::Base));
    QPainter below(&m_impl->under);
    m_impl->drawLines(below);
  }
  painter.drawPixmap(0, 0, m_impl->under);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor ground = palette().color(QPalette::Base);
  if (const ParallelLine* line = m_impl->find(m_impl->selected)) {
    m_impl->drawLine(painter, *line, QPen(palette().color(QPalette::Text), 4));
    m_impl->drawLine(painter, *line, QPen(shadeColour(line->shade, ground), 2));
  }
  if (const ParallelLine* line = m_impl->find(m_impl->lit)) {
    m_impl->drawLine(painter, *line, QPen(palette().color(QPalette::Text), 2.5));
  }
  m_impl->drawAxes(painter);
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

}  // namespace loom
