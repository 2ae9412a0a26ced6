#include "ui/widgets/step_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <algorithm>

namespace loom {
namespace {

constexpr int kFrameMilliseconds = 100;

}  // namespace

StepBar::StepBar(const Words& words, QWidget* parent)
    : QWidget(parent),
      m_playText(words.play),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_play(new QToolButton(this)),
      m_text(new QLabel(this)),
      m_row(new QHBoxLayout(this)) {
  m_slider->setObjectName(words.name + ".slider");
  m_slider->setAccessibleName(words.slider);
  m_slider->setToolTip(words.sliderTip);
  m_slider->setPageStep(10);
  m_play->setObjectName(words.name + ".play");
  m_play->setCheckable(true);
  m_play->setAutoRaise(true);
  m_play->setAccessibleName(words.play);
  m_text->setObjectName(words.name + ".step");
  m_text->setMinimumWidth(m_text->fontMetrics().horizontalAdvance(words.widestText));
  m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_row->setContentsMargins(0, 0, 0, 0);
  m_row->addWidget(m_play);
  m_row->addWidget(m_slider, 1);
  m_row->addWidget(m_text);
  m_frames.setInterval(kFrameMilliseconds);
  connect(&m_frames, &QTimer::timeout, this, &StepBar::nextFrame);
  connect(m_play, &QToolButton::toggled, this, &StepBar::setPlaying);
  connect(m_slider, &QSlider::valueChanged, this, &StepBar::wanted);
  connect(m_slider, &QSlider::sliderPressed, this, [this] { setPlaying(false); });
  setPosition(0, -1, {});
}

void StepBar::setPosition(int count, int index, const QString& text) {
  m_count = count;
  m_index = index;
  {
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(0, count - 1));
    if (index >= 0) m_slider->setValue(index);
  }
  m_slider->setEnabled(count > 1);
  m_play->setEnabled(count > 1);
  m_text->setText(text);
  updatePlay();
}

void StepBar::updatePlay() {
  m_play->setText(m_play->isChecked() ? QString::fromUtf8("⏸") : QString::fromUtf8("▶"));
  m_play->setToolTip(m_play->isChecked() ? tr("Stop here") : m_playText);
}

void StepBar::nextFrame() {
  if (m_ready && !m_ready()) return;  // a picture is still being read
  if (m_index + 1 >= m_count) {
    setPlaying(false);
  } else {
    Q_EMIT wanted(m_index + 1);
  }
}

void StepBar::setPlaying(bool on) {
  if (on != playing()) {
    if (on && atEnd() && m_count > 0) Q_EMIT wanted(0);
    if (on) {
      m_frames.start();
    } else {
      m_frames.stop();
    }
  }
  m_play->setChecked(on);
  updatePlay();
}

}  // namespace loom
