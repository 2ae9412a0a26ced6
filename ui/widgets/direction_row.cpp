#include "ui/widgets/direction_row.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kStripHeight = 110;  // twice the height of a figure in a sprite of 64 pixels
constexpr int kPlaces = std::size(kStripPositions);
constexpr double kMostValue = 9;  ///< that can be typed: random characters stand within 4

}  // namespace

/// The pictures in cells of equal width, whose middles are the slider's -2, 0 and 2.
class DirectionRow::Strip : public QWidget {
 public:
  explicit Strip(std::function<void(int)> clicked) : m_clicked(std::move(clicked)) { setFixedHeight(kStripHeight); }
  const QImage& picture(int place) const { return m_pictures[static_cast<std::size_t>(place)]; }
  void setPicture(int place, const QImage& picture) {
    m_pictures[static_cast<std::size_t>(place)] = picture;
    m_box = {};
    for (const QImage& each : m_pictures) m_box |= drawnBox(each);
    update();
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    for (int place = 0; place < kPlaces; ++place) {
      const QRect cell = cellOf(place).adjusted(1, 1, -1, -1);
      if (picture(place).isNull()) {
        painter.fillRect(cell, palette().color(QPalette::AlternateBase));
        continue;
      }
      paintCheckerboard(painter, cell);
      if (!m_box.isEmpty()) painter.drawImage(pixelPerfectRect(m_box.size(), cell), picture(place), m_box);
    }
  }
  void mousePressEvent(QMouseEvent* event) override {
    if (event->button() != Qt::LeftButton || width() < kPlaces) return event->ignore();
    m_clicked(std::clamp(static_cast<int>(event->position().x()) * kPlaces / width(), 0, kPlaces - 1));
  }

 private:
  QRect cellOf(int place) const {
    const int left = width() * place / kPlaces;
    return {left, 0, width() * (place + 1) / kPlaces - left, height()};
  }
  std::function<void(int)> m_clicked;
  std::array<QImage, kPlaces> m_pictures;
  QRect m_box;
};

DirectionRow::DirectionRow(QWidget* parent) : QWidget(parent) {
  m_pin = new QToolButton;
  m_pin->setObjectName("directionPin");
  m_pin->setCheckable(true);
  m_pin->setAutoRaise(true);
  m_pin->setToolTip(tr("Pinned directions stand first (P)"));
  m_name = new QLineEdit;
  m_name->setObjectName("directionName");
  m_name->setFrame(false);
  m_name->setToolTip(tr("Click or press F2 to give it a name of your own"));
  m_value = new QDoubleSpinBox;
  m_value->setObjectName("directionValue");
  m_value->setRange(-kMostValue, kMostValue);
  m_value->setSingleStep(0.1);
  m_value->setKeyboardTracking(false);
  m_value->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_value->setFixedWidth(56);
  m_value->setToolTip(tr("Where the character stands on this direction"));
  m_reset = new QToolButton;
  m_reset->setObjectName("directionReset");
  m_reset->setText(QStringLiteral("↺"));
  m_reset->setAutoRaise(true);
  m_reset->setToolTip(tr("Back to 0, the middle (Home)"));
  m_strip = new Strip([this](int place) { move(kStripPositions[place]); });
  m_strip->setToolTip(tr("The character at -2, 0 and 2: click to go there"));
  m_slider = new QSlider(Qt::Horizontal);
  m_slider->setObjectName("directionSlider");
  m_slider->setRange(static_cast<int>(-kLimit) * kStepsPerUnit, static_cast<int>(kLimit) * kStepsPerUnit);
  m_slider->setSingleStep(kStepsPerUnit / 20);
  m_slider->setPageStep(kStepsPerUnit / 2);
  for (QWidget* watched : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_name)}) {
    watched->installEventFilter(this);
  }

  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  head->addWidget(m_pin);
  head->addWidget(m_name, 1);
  head->addWidget(m_value);
  head->addWidget(m_reset);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 2, 0, 6);
  layout->setSpacing(2);
  layout->addLayout(head);
  layout->addWidget(m_strip);
  layout->addWidget(m_slider);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

  connect(m_slider, &QSlider::valueChanged, this,
          [this](int value) { move(static_cast<float>(value) / kStepsPerUnit); });
  connect(m_slider, &QSlider::sliderPressed, this, [this] { Q_EMIT dragChanged(true); });
  connect(m_slider, &QSlider::sliderReleased, this, [this] {
    Q_EMIT dragChanged(false);
    Q_EMIT letGo();
  });
  connect(m_value, &QDoubleSpinBox::valueChanged, this, [this](double value) { move(static_cast<float>(value)); });
  connect(m_value, &QDoubleSpinBox::editingFinished, this, &DirectionRow::letGo);
  connect(m_reset, &QToolButton::clicked, this, [this] { move(0); });
  connect(m_pin, &QToolButton::toggled, this, [this](bool pinned) { Q_EMIT pinToggled(m_item.key, pinned); });
  connect(m_name, &QLineEdit::editingFinished, this, &DirectionRow::finishName);
  describe();
}

void DirectionRow::setItem(const DirectionItem& item) {
  m_item = item;
  const QSignalBlocker quiet(m_pin);
  m_pin->setChecked(item.pinned);
  if (m_name->text() != item.name) m_name->setText(item.name);
  m_name->setCursorPosition(0);
  describe();
}

void DirectionRow::describe() {
  m_pin->setText(m_item.pinned ? QStringLiteral("★") : QStringLiteral("☆"));
  m_pin->setAccessibleName(m_item.pinned ? tr("Unpin %1").arg(m_item.name) : tr("Pin %1").arg(m_item.name));
  m_name->setAccessibleName(tr("Name of %1").arg(m_item.name));
  m_value->setAccessibleName(tr("Value of %1").arg(m_item.name));
  m_reset->setAccessibleName(tr("Reset %1").arg(m_item.name));
  m_slider->setAccessibleName(tr("Direction %1").arg(m_item.name));
  m_slider->setToolTip(
      tr("%1: changes %2 % of the picture\nDrag · arrows move · Home: back to 0 · F2 renames · P pins%3")
          .arg(m_item.name)
          .arg(100 * m_item.effect, 0, 'f', 1)
          .arg(m_item.kept ? tr(" · Del removes") : QString()));
}

void DirectionRow::setPosition(float position) {
  m_position = position;
  const QSignalBlocker sliderQuiet(m_slider), valueQuiet(m_value);
  m_slider->setValue(static_cast<int>(std::lround(position * kStepsPerUnit)));
  m_value->setValue(static_cast<double>(position));
}

void DirectionRow::setPicture(int place, const QImage& picture) {
  m_strip->setPicture(place, picture);
}

QImage DirectionRow::picture(int place) const {
  return m_strip->picture(place);
}

bool DirectionRow::inHand() const {
  return m_slider->isSliderDown() || m_name->hasFocus() || m_value->hasFocus();
}

void DirectionRow::focusSlider() {
  m_slider->setFocus();
}

bool DirectionRow::hasFocusInside() const {
  return m_slider->hasFocus() || m_pin->hasFocus() || m_reset->hasFocus();
}

void DirectionRow::move(float position) {
  setPosition(position);
  Q_EMIT moved(m_item.key, position);
}

/// An empty name is none.
void DirectionRow::finishName() {
  const QString name = m_name->text().trimmed();
  if (name.isEmpty() || name == m_item.name) {
    m_name->setText(m_item.name);
  } else {
    m_item.name = name;
    Q_EMIT renamed(m_item.key, name);
  }
  Q_EMIT letGo();
}

bool DirectionRow::sliderKey(int key) {
  switch (key) {
    case Qt::Key_Home:
      move(0);
      return true;
    case Qt::Key_F2:
      m_name->setFocus();
      m_name->selectAll();
      return true;
    case Qt::Key_P:
      m_pin->toggle();
      return true;
    case Qt::Key_Delete:
      if (m_item.kept) Q_EMIT removeRequested(m_item.key);
      return true;
    default:
      return false;
  }
}

bool DirectionRow::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_slider) {
    switch (event->type()) {
      case QEvent::Wheel:
        if (static_cast<QWheelEvent*>(event)->modifiers().testFlag(Qt::ControlModifier)) return false;
        event->ignore();
        return true;
      case QEvent::MouseButtonDblClick:
        move(0);
        return true;
      case QEvent::KeyPress:
        return sliderKey(static_cast<QKeyEvent*>(event)->key());
      default:
        return false;
    }
  }
  if (watched == m_name && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape) m_name->setText(m_item.name);
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
      m_slider->setFocus();  // what is typed counts when the field is left
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace loom
