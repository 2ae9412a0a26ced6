#include "ui/widgets/latent_row.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr int kLockWidth = 26;
constexpr int kRankWidth = 30;
constexpr int kNumberWidth = 52;
constexpr int kHandleRadius = 6;
constexpr float kKeyStep = 0.05F;
constexpr float kFineStep = 0.01F;
constexpr float kPageStep = 0.5F;
constexpr int kWheelNotch = 120;

}  // namespace

LatentRow::LatentRow(QWidget* parent) : QAbstractSlider(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setRange(static_cast<int>(-kLimit) * kStepsPerUnit, static_cast<int>(kLimit) * kStepsPerUnit);
  setIdentity(1, 0);
}

void LatentRow::setIdentity(int rank, int dimension) {
  m_rank = rank;
  m_dimension = dimension;
  setObjectName("latent" + QString::number(dimension));
  describe();
  update();
}

void LatentRow::describe() {
  setAccessibleName(tr("Latent slider %1%2").arg(m_rank).arg(m_locked ? tr(", locked") : QString()));
}

void LatentRow::setLatent(float value) {
  if (value == m_latent) return;
  m_latent = value;
  const QScopedValueRollback applying(m_applying, true);
  setValue(static_cast<int>(std::lround(value * kStepsPerUnit)));
  update();
}

void LatentRow::setLocked(bool locked) {
  if (locked == m_locked) return;
  m_locked = locked;
  describe();
  update();
}

void LatentRow::edit(float value) {
  const float wanted = std::clamp(value, -kLimit, kLimit);
  if (m_locked || wanted == m_latent) return;
  setLatent(wanted);
  Q_EMIT edited(m_dimension, wanted);
}

void LatentRow::sliderChange(SliderChange change) {
  if (change == SliderValueChange && !m_applying) {
    if (m_locked) {
      const QScopedValueRollback applying(m_applying, true);
      setValue(static_cast<int>(std::lround(m_latent * kStepsPerUnit)));
    } else {
      edit(static_cast<float>(value()) / kStepsPerUnit);
    }
  }
  QAbstractSlider::sliderChange(change);
}

QRect LatentRow::lockArea() const {
  return {0, 0, kLockWidth, height()};
}

QRect LatentRow::trackArea() const {
  const int left = kLockWidth + kRankWidth + kHandleRadius;
  return {left, 0, std::max(1, width() - left - kNumberWidth - 2 * kHandleRadius), height()};
}

QRect LatentRow::numberArea() const {
  return {width() - kNumberWidth, 0, kNumberWidth, height()};
}

double LatentRow::xOf(float value) const {
  const QRectF track = trackArea();
  return track.left() + track.width() * (std::clamp(value, -kLimit, kLimit) + kLimit) / (2 * kLimit);
}

float LatentRow::valueAt(double x) const {
  const QRectF track = trackArea();
  const double value = (x - track.left()) / track.width() * 2 * kLimit - kLimit;
  return static_cast<float>(std::round(value * kStepsPerUnit) / kStepsPerUnit);
}

void LatentRow::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  const QPoint at = event->position().toPoint();
  if (lockArea().contains(at)) {
    setLocked(!m_locked);
    Q_EMIT lockToggled(m_dimension, m_locked);
  } else if (numberArea().contains(at)) {
    openEditor(QString::number(static_cast<double>(m_latent), 'f', 2));
  } else if (!m_locked) {
    setSliderDown(true);
    edit(valueAt(event->position().x()));
  }
}

void LatentRow::mouseMoveEvent(QMouseEvent* event) {
  if (isSliderDown()) edit(valueAt(event->position().x()));
}

void LatentRow::mouseReleaseEvent(QMouseEvent* /*event*/) {
  if (!isSliderDown()) return;
  setSliderDown(false);
  Q_EMIT letGo();
}

void LatentRow::mouseDoubleClickEvent(QMouseEvent* event) {
  const QPoint at = event->position().toPoint();
  if (lockArea().contains(at) || numberArea().contains(at)) {
    mousePressEvent(event);
  } else if (event->button() == Qt::LeftButton) {
    edit(0);
  }
}

void LatentRow::wheelEvent(QWheelEvent* event) {
  if (!event->modifiers().testFlag(Qt::ControlModifier)) return event->ignore();
  m_wheel += event->angleDelta().y();
  const int notches = m_wheel / kWheelNotch;
  m_wheel -= notches * kWheelNotch;
  if (notches != 0) edit(m_latent + static_cast<float>(notches) * kKeyStep);
}

void LatentRow::keyPressEvent(QKeyEvent* event) {
  const float step = event->modifiers().testFlag(Qt::ControlModifier) ? kFineStep : kKeyStep;
  const QString text = event->text();
  switch (event->key()) {
    case Qt::Key_Right:
      return edit(m_latent + step);
    case Qt::Key_Left:
      return edit(m_latent - step);
    case Qt::Key_PageUp:
      return edit(m_latent + kPageStep);
    case Qt::Key_PageDown:
      return edit(m_latent - kPageStep);
    case Qt::Key_Home:
      return edit(-kLimit);
    case Qt::Key_End:
      return edit(kLimit);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return edit(0);
    case Qt::Key_Down:
      focusNextChild();
      return;
    case Qt::Key_Up:
      focusPreviousChild();
      return;
    case Qt::Key_L:
      setLocked(!m_locked);
      Q_EMIT lockToggled(m_dimension, m_locked);
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
      return openEditor(QString::number(static_cast<double>(m_latent), 'f', 2));
    default:
      break;
  }
  if (!text.isEmpty() && (text[0].isDigit() || text[0] == '-' || text[0] == '.' || text[0] == ',')) {
    openEditor(text);
    if (m_editor) m_editor->deselect();
  } else {
    QWidget::keyPressEvent(event);  // QAbstractSlider's own would swallow Tab's neighbours and step by its steps
  }
}

void LatentRow::openEditor(const QString& text) {
  if (m_locked || m_editor) return;
  m_editor = new QLineEdit(this);
  m_editor->setObjectName("valueEditor");
  m_editor->setAccessibleName(tr("Value of latent slider %1").arg(m_rank));
  m_editor->setGeometry(numberArea());
  m_editor->setAlignment(Qt::AlignRight);
  m_editor->setText(text);
  m_editor->selectAll();
  m_editor->installEventFilter(this);
  connect(m_editor, &QLineEdit::editingFinished, this, [this] { closeEditor(true); });
  m_editor->show();
  m_editor->setFocus();
}

void LatentRow::closeEditor(bool take) {
  if (!m_editor) return;
  QLineEdit* editor = std::exchange(m_editor, nullptr);
  const QString text = editor->text().trimmed().replace(',', '.');
  const bool hadFocus = editor->hasFocus();
  editor->hide();
  editor->deleteLater();
  if (hadFocus) setFocus();
  bool number = false;
  const float value = text.toFloat(&number);
  if (take && number && std::isfinite(value)) edit(value);
  Q_EMIT letGo();
}

bool LatentRow::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_editor && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool take = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (take || key == Qt::Key_Escape) {
      closeEditor(take);
      return true;  // a Return passed on would open the editor again
    }
  }
  return QAbstractSlider::eventFilter(watched, event);
}

bool LatentRow::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractSlider::event(event);
  const QPoint at = static_cast<QHelpEvent*>(event)->pos();
  QString text = tr("Slider %1 by effect (latent value %2)\nDrag · double click: back to 0 · type a number")
                     .arg(m_rank)
                     .arg(m_dimension);
  if (lockArea().contains(at)) text = m_locked ? tr("Unlock (L)") : tr("Lock: randomise and reset leave it alone (L)");
  if (numberArea().contains(at)) text = tr("Click to type a value (Enter)");
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text, this);
  return true;
}

void LatentRow::paintLock(QPainter& painter) const {
  const QColor colour = palette().color(m_locked ? QPalette::Highlight : QPalette::Mid);
  const QPointF middle = QRectF(lockArea()).center();
  const QRectF body(middle.x() - 5, middle.y() - 1, 10, 7);
  QPainterPath shackle;
  const double lift = m_locked ? 0 : 2;
  shackle.moveTo(middle.x() - 3, body.top());
  shackle.lineTo(middle.x() - 3, body.top() - 2 - lift);
  shackle.arcTo(QRectF(middle.x() - 3, body.top() - 5 - lift, 6, 6), 180, -180);
  if (m_locked) shackle.lineTo(middle.x() + 3, body.top());
  painter.setPen(QPen(colour, 1.6));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(shackle);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(body, 1.5, 1.5);
}

void LatentRow::paintTrack(QPainter& painter) const {
  const QRectF track = trackArea();
  const double y = track.center().y();
  const double zero = xOf(0);
  const double here = xOf(m_latent);
  const QColor filled = palette().color(m_locked ? QPalette::Disabled : QPalette::Active, QPalette::Highlight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette().color(QPalette::Mid));
  painter.drawRoundedRect(QRectF(track.left(), y - 2, track.width(), 4), 2, 2);
  painter.drawRect(QRectF(zero - 0.5, y - 6, 1, 12));
  painter.setBrush(filled);
  painter.drawRoundedRect(QRectF(std::min(zero, here), y - 2, std::abs(here - zero), 4), 2, 2);
  painter.setPen(QPen(palette().color(QPalette::Window), 1.5));
  painter.setBrush(m_locked ? palette().color(QPalette::Mid) : palette().color(QPalette::Text));
  painter.drawEllipse(QPointF(here, y), kHandleRadius, kHandleRadius);
}

void LatentRow::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Link), 1));
    painter.setBrush(palette().color(QPalette::AlternateBase));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  }
  paintLock(painter);
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(QRect(kLockWidth, 0, kRankWidth - 6, height()), Qt::AlignRight | Qt::AlignVCenter,
                   QString::number(m_rank));
  paintTrack(painter);
  painter.setPen(palette().color(m_locked ? QPalette::PlaceholderText : QPalette::Text));
  painter.drawText(numberArea().adjusted(0, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter,
                   QString::number(static_cast<double>(m_latent), 'f', 2));
}

}  // namespace loom
