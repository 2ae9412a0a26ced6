#include "ui/widgets/angle_dial.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <QtMath>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/studio/view_angles.h"

namespace loom {
namespace {

constexpr double kTurn = 360;
constexpr int kWheelNotch = 120;
constexpr double kRoomAbove = 26;  ///< pixels around the ring for the views' names
constexpr double kRoomBeside = 48;
constexpr std::size_t kFewViews = 4;

double distance(double a, double b) {
  const double apart = std::fmod(std::abs(a - b), kTurn);
  return std::min(apart, kTurn - apart);
}

}  // namespace

AngleDial::AngleDial(QWidget* parent) : QAbstractSlider(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  setViews({});
}

void AngleDial::setViews(const std::vector<std::string>& views) {
  const std::string chosen =
      std::cmp_less(value(), m_views.size()) ? m_views[static_cast<std::size_t>(value())] : std::string();
  m_views = views;
  m_angles = viewAngles(views);
  m_clockwise.resize(views.size());
  std::iota(m_clockwise.begin(), m_clockwise.end(), 0);
  std::ranges::stable_sort(m_clockwise, {}, [this](int view) { return m_angles[static_cast<std::size_t>(view)]; });
  const auto same = std::ranges::find(views, chosen);
  const auto front = std::ranges::find(views, "front");
  const auto index = same != views.end() ? same - views.begin() : front != views.end() ? front - views.begin() : 0;
  setRange(0, std::max(0, static_cast<int>(views.size()) - 1));
  setValue(static_cast<int>(index));
  setEnabled(views.size() > 1);
  setToolTip(views.size() > 1 ? tr("The side the character is seen from (arrow keys, wheel, drag)")
                              : tr("This model knows no views: it was trained on sprites without them"));
  describe();
  update();
}

void AngleDial::describe() {
  if (m_views.size() < 2) {
    setAccessibleName(tr("View: this model knows no views"));
    return;
  }
  setAccessibleName(tr("View: %1 (%2 of %3)")
                        .arg(QString::fromStdString(m_views[static_cast<std::size_t>(value())]))
                        .arg(value() + 1)
                        .arg(m_views.size()));
}

void AngleDial::sliderChange(SliderChange change) {
  if (change == SliderValueChange && std::cmp_less(value(), m_views.size())) describe();
  QAbstractSlider::sliderChange(change);
  update();
}

QPointF AngleDial::centre() const {
  return QRectF(rect()).center();
}

double AngleDial::radius() const {
  return std::max(16.0, std::min(width() / 2.0 - kRoomBeside, height() / 2.0 - kRoomAbove));
}

QPointF AngleDial::pointOf(int index) const {
  const double angle = qDegreesToRadians(m_angles[static_cast<std::size_t>(index)]);
  return centre() + QPointF(std::sin(angle), -std::cos(angle)) * radius();
}

int AngleDial::nearest(double angle) const {
  const auto closest =
      std::ranges::min_element(m_angles, {}, [angle](double candidate) { return distance(candidate, angle); });
  return static_cast<int>(closest - m_angles.begin());
}

void AngleDial::turnTo(QPointF position) {
  const QPointF from = position - centre();
  if (m_views.size() < 2 || from.manhattanLength() < 4) return;
  setValue(nearest(std::fmod(qRadiansToDegrees(std::atan2(from.x(), -from.y())) + kTurn, kTurn)));
}

void AngleDial::step(int steps) {
  const auto count = static_cast<int>(m_clockwise.size());
  if (count < 2) return;
  const auto now = static_cast<int>(std::ranges::find(m_clockwise, value()) - m_clockwise.begin());
  setValue(m_clockwise[static_cast<std::size_t>(((now + steps) % count + count) % count)]);
}

void AngleDial::turnTowards(double angle) {
  if (m_views.size() < 2) return;
  const int target = nearest(angle);
  const double here = m_angles[static_cast<std::size_t>(value())];
  const double turn = std::fmod(m_angles[static_cast<std::size_t>(target)] - here + kTurn, kTurn);
  // With many views an arrow key turns by one, so that the diagonals are reached; straight across is one press.
  if (m_views.size() <= kFewViews || target == value() || qFuzzyCompare(turn, kTurn / 2)) {
    setValue(target);
  } else {
    step(turn < kTurn / 2 ? 1 : -1);
  }
}

void AngleDial::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  setSliderDown(true);
  turnTo(event->position());
}

void AngleDial::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) turnTo(event->position());
}

void AngleDial::mouseReleaseEvent(QMouseEvent* /*event*/) {
  setSliderDown(false);
}

void AngleDial::wheelEvent(QWheelEvent* event) {
  m_wheel += event->angleDelta().y();
  const int notches = m_wheel / kWheelNotch;
  m_wheel -= notches * kWheelNotch;
  if (notches != 0) step(-notches);
  event->accept();
}

bool AngleDial::turnByKey(int key) {
  switch (key) {
    case Qt::Key_Up:
      turnTowards(0);
      return true;
    case Qt::Key_Right:
      turnTowards(90);
      return true;
    case Qt::Key_Down:
    case Qt::Key_Home:
      turnTowards(180);
      return true;
    case Qt::Key_Left:
      turnTowards(270);
      return true;
    case Qt::Key_PageUp:
      step(1);
      return true;
    case Qt::Key_PageDown:
      step(-1);
      return true;
    default:
      return false;
  }
}

void AngleDial::keyPressEvent(QKeyEvent* event) {
  if (!turnByKey(event->key())) QWidget::keyPressEvent(event);
}

void AngleDial::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto colour = [this](QPalette::ColorRole role) { return palette().color(role); };
  painter.setPen(QPen(hasFocus() ? colour(QPalette::Link) : colour(QPalette::Mid), hasFocus() ? 3 : 2));
  painter.setBrush(colour(QPalette::Base));
  painter.drawEllipse(centre(), radius(), radius());
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  painter.setFont(small);
  if (m_views.size() < 2) {
    painter.setPen(colour(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(28, 28, -28, -28), Qt::AlignCenter | Qt::TextWordWrap, tr("no views"));
    return;
  }
  painter.setPen(QPen(colour(QPalette::Highlight), 3, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(centre(), centre() + (pointOf(value()) - centre()) * 0.8);
  for (int i = 0; i < static_cast<int>(m_views.size()); ++i) {
    const bool chosen = i == value();
    painter.setPen(QPen(colour(QPalette::Window), 2));
    painter.setBrush(chosen ? colour(QPalette::Highlight) : colour(QPalette::Mid));
    painter.drawEllipse(pointOf(i), chosen ? 8 : 6, chosen ? 8 : 6);
    const QString name = QString::fromStdString(m_views[static_cast<std::size_t>(i)]);
    const QPointF outwards = (pointOf(i) - centre()) / radius();
    QRectF text = painter.fontMetrics().boundingRect(name).adjusted(-2, 0, 2, 0);
    text.moveCenter(pointOf(i) + QPointF(outwards.x() * (text.width() / 2 + 9), outwards.y() * 17));
    text.moveLeft(std::clamp(text.left(), 0.0, std::max(0.0, width() - text.width())));
    painter.setPen(colour(chosen ? QPalette::Text : QPalette::PlaceholderText));
    painter.drawText(text, Qt::AlignCenter, name);
  }
}

}  // namespace loom
