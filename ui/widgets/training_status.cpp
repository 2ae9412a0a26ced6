#include "ui/widgets/training_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/duration_text.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kBarSteps = 1000;
constexpr int kIconSide = 18;

QColor colourOf(Mood mood, const QPalette& palette) {
  const bool dark = palette.color(QPalette::Window).lightness() < 128;
  switch (mood) {
    case Mood::kGood:
      return dark ? QColor(0x7b, 0xd8, 0x8f) : QColor(0x2e, 0x8b, 0x45);
    case Mood::kWarning:
      return dark ? QColor(0xf0, 0xb4, 0x4c) : QColor(0xb3, 0x74, 0x0a);
    case Mood::kBad:
      return dark ? QColor(0xff, 0x7a, 0x6e) : QColor(0xc0, 0x36, 0x2c);
    case Mood::kNeutral:
      break;
  }
  return palette.color(QPalette::PlaceholderText);
}

/// A disc with a tick, a triangle with a stroke, a disc with a cross, a plain ring: told apart without colours too.
QPixmap moodIcon(Mood mood, const QPalette& palette, qreal ratio) {
  QPixmap pixmap(QSize(kIconSide, kIconSide) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor colour = colourOf(mood, palette);
  const QPen mark(palette.color(QPalette::Window), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  painter.setPen(mood == Mood::kNeutral ? QPen(colour, 2) : QPen(Qt::NoPen));
  painter.setBrush(mood == Mood::kNeutral ? QBrush(Qt::NoBrush) : QBrush(colour));
  if (mood == Mood::kWarning) {
    painter.drawPolygon(QPolygonF({{9, 1}, {17.5, 16.5}, {.5, 16.5}}));
    painter.setPen(mark);
    painter.drawLine(QPointF(9, 6.5), QPointF(9, 10.5));
    painter.drawPoint(QPointF(9, 13.8));
    return pixmap;
  }
  painter.drawEllipse(QRectF(2, 2, 14, 14));
  painter.setPen(mark);
  if (mood == Mood::kGood) painter.drawPolyline(QPolygonF({{5.5, 9.3}, {8, 11.8}, {12.5, 6.6}}));
  if (mood == Mood::kBad) {
    painter.drawLine(QPointF(6.3, 6.3), QPointF(11.7, 11.7));
    painter.drawLine(QPointF(11.7, 6.3), QPointF(6.3, 11.7));
  }
  return pixmap;
}

QString moodWord(Mood mood) {
  switch (mood) {
    case Mood::kGood:
      return QObject::tr("good");
    case Mood::kWarning:
      return QObject::tr("warning");
    case Mood::kBad:
      return QObject::tr("problem");
    case Mood::kNeutral:
      break;
  }
  return QObject::tr("note");
}

}  // namespace

Mood moodOf(HealthLevel level) {
  switch (level) {
    case HealthLevel::kGood:
      return Mood::kGood;
    case HealthLevel::kWarning:
      return Mood::kWarning;
    case HealthLevel::kBad:
      break;
  }
  return Mood::kBad;
}

QString progressText(const TrainingProgress& progress) {
  const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
  const auto count = [&locale](std::int64_t number) { return locale.toString(static_cast<qlonglong>(number)); };
  QStringList parts;
  parts += progress.targetSteps > 0
               ? QObject::tr("step %1 of %2").arg(count(progress.step), count(progress.targetSteps))
               : QObject::tr("step %1").arg(count(progress.step));
  if (progress.epoch > 0) parts += QObject::tr("epoch %1").arg(locale.toString(progress.epoch, 'f', 1));
  if (progress.spritesPerSecond > 0) {
    parts += QObject::tr("%1 sprites/s").arg(locale.toString(progress.spritesPerSecond, 'f', 0));
  }
  if (progress.secondsLeft >= 0) parts += QObject::tr("%1 left").arg(durationText(progress.secondsLeft));
  return parts.join(QString::fromUtf8(" · "));
}

struct TrainingStatus::Impl {
  QLabel* icon = nullptr;
  QLabel* text = nullptr;
  QProgressBar* bar = nullptr;
  QLabel* progress = nullptr;
  QPushButton* next = nullptr;
  Mood mood = Mood::kNeutral;
  QString plain;
};

TrainingStatus::TrainingStatus(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("trainingStatus");
  m_impl->icon = new QLabel(this);
  m_impl->icon->setObjectName("train.healthIcon");
  m_impl->text = new QLabel(this);
  m_impl->text->setObjectName("train.health");
  m_impl->text->setWordWrap(true);
  m_impl->text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_impl->text->setMinimumHeight(2 * fontMetrics().lineSpacing());
  m_impl->next = new QPushButton(this);
  m_impl->next->setObjectName("train.next");
  m_impl->next->setProperty("primary", true);
  m_impl->next->hide();
  m_impl->bar = new QProgressBar(this);
  m_impl->bar->setObjectName("train.progress");
  m_impl->bar->setAccessibleName(tr("Progress of the training"));
  m_impl->bar->setRange(0, kBarSteps);
  m_impl->bar->setTextVisible(false);
  m_impl->bar->setFixedHeight(6);
  m_impl->progress = new QLabel(this);
  m_impl->progress->setObjectName("train.progressText");

  auto* line = new QHBoxLayout;
  line->addWidget(m_impl->icon, 0, Qt::AlignTop);
  line->addWidget(m_impl->text, 1);
  line->addWidget(m_impl->next, 0, Qt::AlignTop);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 4);
  layout->setSpacing(4);
  layout->addLayout(line);
  layout->addWidget(m_impl->progress);
  layout->addWidget(m_impl->bar);
  connect(m_impl->next, &QPushButton::clicked, this, &TrainingStatus::nextClicked);
  hideProgress();
}

TrainingStatus::~TrainingStatus() {
  silence(*this, *this);
}

void TrainingStatus::say(Mood mood, const QString& text, const QString& hint) {
  m_impl->mood = mood;
  m_impl->plain = hint.isEmpty() ? text : text + "\n" + hint;
  m_impl->icon->setPixmap(moodIcon(mood, palette(), devicePixelRatioF()));
  m_impl->icon->setAccessibleName(moodWord(mood));
  m_impl->text->setText(m_impl->plain);
  m_impl->text->setAccessibleName(moodWord(mood) + ": " + m_impl->plain);
}

QString TrainingStatus::text() const {
  return m_impl->plain;
}

Mood TrainingStatus::mood() const {
  return m_impl->mood;
}

void TrainingStatus::setProgress(const TrainingProgress& progress) {
  double share = -1;
  if (progress.targetSteps > 0) {
    share = static_cast<double>(progress.step) / static_cast<double>(progress.targetSteps);
  } else if (progress.secondsLeft >= 0) {
    share = progress.seconds / std::max(1e-6, progress.seconds + progress.secondsLeft);
  }
  m_impl->bar->setRange(0, share < 0 ? 0 : kBarSteps);
  m_impl->bar->setValue(static_cast<int>(std::clamp(share, 0., 1.) * kBarSteps));
  m_impl->progress->setText(progressText(progress));
  m_impl->bar->show();
  m_impl->progress->show();
}

void TrainingStatus::hideProgress() {
  m_impl->bar->hide();
  m_impl->progress->hide();
}

void TrainingStatus::offer(const QString& text, const QString& tip) {
  m_impl->next->setText(text);
  m_impl->next->setToolTip(tip);
  m_impl->next->setVisible(!text.isEmpty());
}

}  // namespace loom
