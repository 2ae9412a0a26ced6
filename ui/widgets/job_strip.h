// What runs, how far it is and its end, for dialogs that lie over the window's own status bar.
#pragma once

#include <QWidget>

#include "ui/bridge/job_runner.h"

class QLabel;
class QProgressBar;

namespace loom {

/// Hidden while nothing runs; keeps its room, so that nothing jumps.
class JobStrip : public QWidget {
  Q_OBJECT
 public:
  explicit JobStrip(JobRunner& jobs, QWidget* parent = nullptr);

 private:
  void showJob(const QString& title, const Progress& progress);
  JobRunner& m_jobs;
  QLabel* m_text = nullptr;
  QProgressBar* m_bar = nullptr;
};

/// "What: hint", in one line, for a dialog's own state label.
QString told(const ErrorText& error);

}  // namespace loom
