#include "ui/widgets/turn_player.h"

#include <QHideEvent>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace loom {
namespace {

constexpr int kUsual = 4;
constexpr int kSecond = 1000;  // ms
const char* const kSpeedKey = "create/turnSpeed";

}  // namespace

TurnPlayer::TurnPlayer(QWidget* parent) : QWidget(parent) {
  m_play = new QToolButton;
  m_play->setObjectName("turnButton");
  m_play->setText(tr("▶ Turn"));
  m_play->setCheckable(true);
  m_play->setToolTip(tr("Let it turn through all its views (T)"));
  m_play->setAccessibleName(tr("Turn"));
  m_play->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_speed = new QSpinBox;
  m_speed->setObjectName("turnSpeed");
  m_speed->setAccessibleName(tr("Views a second"));
  m_speed->setRange(kSlowest, kFastest);
  m_speed->setSuffix(tr(" / s"));
  m_speed->setToolTip(tr("How many views a second"));
  m_speed->setValue(QSettings().value(kSpeedKey, kUsual).toInt());
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addStretch(1);
  layout->addWidget(m_play);
  layout->addWidget(m_speed);
  layout->addStretch(1);
  connect(m_play, &QToolButton::toggled, this, &TurnPlayer::setPlaying);
  connect(m_speed, &QSpinBox::valueChanged, this, [this](int speed) {
    QSettings().setValue(kSpeedKey, speed);
    m_timer.setInterval(kSecond / speed);
  });
  m_timer.setTimerType(Qt::PreciseTimer);
  connect(&m_timer, &QTimer::timeout, this, &TurnPlayer::turned);
  setViews(0);
}

void TurnPlayer::setViews(int count) {
  if (count < 2) stop();
  setEnabled(count > 1);
}

void TurnPlayer::stop() {
  m_play->setChecked(false);
}

void TurnPlayer::toggle() {
  if (isEnabled()) m_play->toggle();
}

void TurnPlayer::setPlaying(bool playing) {
  m_play->setText(playing ? tr("■ Stop") : tr("▶ Turn"));
  if (playing) {
    m_timer.start(kSecond / m_speed->value());
  } else {
    m_timer.stop();
  }
}

void TurnPlayer::hideEvent(QHideEvent* event) {
  if (!event->spontaneous()) stop();
  QWidget::hideEvent(event);
}

}  // namespace loom
