#include "ui/widgets/history_panel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace loom {
namespace {

constexpr int kSwatch = 10;  // px

QString stepText(std::int64_t step) {
  return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(static_cast<qlonglong>(step));
}

}  // namespace

HistoryPanel::HistoryPanel(const HistoryCompare::Entry& entry, QWidget* parent)
    : QWidget(parent),
      m_run(entry.run),
      m_history(new PreviewHistory(this)),
      m_canvas(new SpriteCanvas(this)),
      m_swatch(new QLabel(this)),
      m_title(new QLabel(this)),
      m_step(new QLabel(this)),
      m_detail(new QLabel(this)) {
  setObjectName(QString("history.run%1").arg(m_run));
  m_canvas->setAccessibleName(tr("Preview of run %1").arg(m_run));
  m_step->setObjectName(QString("history.step%1").arg(m_run));
  m_step->setForegroundRole(QPalette::PlaceholderText);
  m_detail->setObjectName(QString("history.detail%1").arg(m_run));
  m_detail->setForegroundRole(QPalette::PlaceholderText);
  for (QLabel* label : {m_title, m_detail}) label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  QFont strong = m_title->font();
  strong.setBold(true);
  m_title->setFont(strong);
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(m_swatch);
  row->addWidget(m_title, 1);
  row->addWidget(m_step);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addLayout(row);
  layout->addWidget(m_canvas, 1);
  layout->addWidget(m_detail);
  connect(m_history, &PreviewHistory::ready, this, [this](qint64 step, const Sprite& picture) {
    if (step != m_wanted) return;
    m_shown = step;
    m_canvas->setSprite(picture);
    m_step->setText(tr("step %1").arg(stepText(step)));
  });
  describe(entry);
  m_step->setText(tr("no picture yet"));
  m_history->open(entry.samples);
}

void HistoryPanel::describe(const HistoryCompare::Entry& entry) {
  QPixmap swatch(kSwatch, kSwatch);
  swatch.fill(entry.colour);
  m_swatch->setPixmap(swatch);
  m_titleText = entry.title;
  m_detailText = entry.detail;
  m_title->setToolTip(entry.title);
  m_detail->setToolTip(entry.detail);
  elide();
}

void HistoryPanel::showAt(std::int64_t step) {
  const auto found = m_history->atOrBefore(step);
  m_wanted = found.value_or(-1);
  if (found && *found != m_shown) {
    m_history->want(*found);
  } else if (!found) {
    m_shown = -1;
    m_canvas->clear();
    m_step->setText(m_history->steps().empty() ? tr("no picture yet")
                                               : tr("begins at step %1").arg(stepText(m_history->steps().front())));
  }
}

void HistoryPanel::elide() {
  m_title->setText(m_title->fontMetrics().elidedText(m_titleText, Qt::ElideRight, m_title->width()));
  m_detail->setText(m_detail->fontMetrics().elidedText(m_detailText, Qt::ElideRight, m_detail->width()));
}

void HistoryPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layout()->activate();
  elide();
}

}  // namespace loom
