#include "ui/widgets/job_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "ui/models/duration_text.h"

namespace loom {

JobStrip::JobStrip(JobRunner& jobs, QWidget* parent) : QWidget(parent), m_jobs(jobs) {
  setObjectName("jobStrip");
  m_text = new QLabel;
  m_text->setObjectName("jobStripText");
  m_bar = new QProgressBar;
  m_bar->setObjectName("jobStripBar");
  m_bar->setFixedWidth(140);
  m_bar->setTextVisible(false);
  auto* cancel = new QPushButton(tr("Stop"));
  cancel->setObjectName("jobStripCancel");
  cancel->setToolTip(tr("Stop this job; nothing half-done is kept"));
  cancel->setAutoDefault(false);
  connect(cancel, &QPushButton::clicked, this, [this] { m_jobs.cancel(); });
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_text, 1);
  layout->addWidget(m_bar);
  layout->addWidget(cancel);
  QSizePolicy keeping = sizePolicy();
  keeping.setRetainSizeWhenHidden(true);
  setSizePolicy(keeping);
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // long titles never widen a dialog
  hide();
  connect(&jobs, &JobRunner::progressed, this, &JobStrip::showJob);
  connect(&jobs, &JobRunner::ended, this, &QWidget::hide);
}

void JobStrip::showJob(const QString& title, const Progress& progress) {
  // The first report of a job that ends at once arrives with its end behind it.
  if (!m_jobs.busy()) return;
  QString text = progress.stage.empty() ? title : QString::fromStdString(progress.stage);
  if (progress.total > 0) text += tr("  ·  %1 of %2").arg(progress.done).arg(progress.total);
  if (progress.secondsLeft >= 1) text += tr("  ·  %1 left").arg(durationText(progress.secondsLeft));
  m_text->setText(text);
  m_text->setToolTip(title);
  m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
  if (progress.total > 0) m_bar->setValue(static_cast<int>(1000 * progress.done / progress.total));
  show();
}

QString told(const ErrorText& error) {
  return error.hint.isEmpty() ? error.what : JobStrip::tr("%1: %2").arg(error.what, error.hint);
}

}  // namespace loom
