#include "ui/widgets/ramp_row.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

namespace loom {
namespace {

constexpr QSize kStripSize{72, 18};

QColor toColour(const Rgba& colour) {
  return {colour.r, colour.g, colour.b, colour.a};
}

/// The ramp's colours beside each other, all equally wide.
void paintRamp(QPainter& painter, const QRect& area, const Ramp& ramp) {
  const auto count = static_cast<int>(ramp.size());
  for (int i = 0; i < count; ++i) {
    const int left = area.width() * i / count, right = area.width() * (i + 1) / count;
    painter.fillRect(area.left() + left, area.top(), right - left, area.height(),
                     toColour(ramp[static_cast<std::size_t>(i)]));
  }
}

QIcon iconOf(const Ramp& ramp) {
  QPixmap picture(kStripSize);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  paintRamp(painter, picture.rect(), ramp);
  painter.end();
  return QIcon(picture);
}

}  // namespace

class RampRow::Strip : public QWidget {
 public:
  explicit Strip(const Ramp& colours) : m_colours(colours) { setFixedSize(kStripSize); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    paintRamp(painter, rect(), m_colours);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }

 private:
  const Ramp& m_colours;
};

RampRow::RampRow(int number, QWidget* parent) : QWidget(parent), m_number(number) {
  m_strip = new Strip(m_colours);
  m_hue = new QSlider(Qt::Horizontal);
  m_hue->setObjectName(QStringLiteral("hueSlider%1").arg(number));
  m_hue->setAccessibleName(tr("Hue of ramp %1").arg(number));
  m_hue->setRange(-kMostHue, kMostHue);
  m_hue->setPageStep(30);
  m_hue->setToolTip(tr("Turns the hue of these colours; no pixel moves. 0 is as the model drew them"));
  m_menu = new QMenu(this);
  auto* exchange = new QToolButton;
  exchange->setObjectName(QStringLiteral("exchangeButton%1").arg(number));
  exchange->setText(QStringLiteral("⇄"));
  exchange->setAccessibleName(tr("Exchange the hues of ramp %1").arg(number));
  exchange->setToolTip(tr("Exchange hues with another ramp"));
  exchange->setPopupMode(QToolButton::InstantPopup);
  exchange->setMenu(m_menu);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 2, 0, 2);
  layout->addWidget(m_strip);
  layout->addWidget(m_hue, 1);
  layout->addWidget(exchange);
  connect(m_hue, &QSlider::valueChanged, this, &RampRow::hueChanged);
  connect(m_hue, &QSlider::sliderPressed, this, [this] { Q_EMIT dragChanged(true); });
  connect(m_hue, &QSlider::sliderReleased, this, [this] { Q_EMIT dragChanged(false); });
}

void RampRow::setColours(const Ramp& colours) {
  m_colours = colours;
  m_strip->setToolTip(tr("%n colour(s)", nullptr, static_cast<int>(colours.size())));
  m_strip->update();
}

void RampRow::setOthers(const std::vector<Ramp>& ramps) {
  m_menu->clear();
  for (int number = 1; number <= static_cast<int>(ramps.size()); ++number) {
    if (number == m_number) continue;
    QAction* action =
        m_menu->addAction(iconOf(ramps[static_cast<std::size_t>(number - 1)]), tr("with ramp %1").arg(number));
    connect(action, &QAction::triggered, this, [this, number] { Q_EMIT exchangeRequested(number); });
  }
}

void RampRow::setHue(int degrees) {
  const QSignalBlocker quiet(m_hue);
  m_hue->setValue(degrees);
}

}  // namespace loom
