#include "core/base/job_monitor.h"

#include <utility>

#include "core/base/error.h"

namespace loom {

JobMonitor::JobMonitor(std::stop_token stop, std::function<void(const Progress&)> report)
    : m_stop(std::move(stop)), m_report(std::move(report)) {}

void JobMonitor::begin(std::string stage, std::int64_t total) {
  checkCancelled();
  m_progress = {std::move(stage), 0, total, -1};
  m_started = m_lastReport = Clock::now();
  if (m_report) m_report(m_progress);
}

void JobMonitor::advance(std::int64_t done) {
  checkCancelled();
  m_progress.done = done;
  if (!m_report) return;
  const auto now = Clock::now();
  if (done < m_progress.total && now - m_lastReport < std::chrono::milliseconds(50)) return;
  m_lastReport = now;
  const double elapsed = std::chrono::duration<double>(now - m_started).count();
  if (done > 0 && m_progress.total > 0 && elapsed > 0.5) {
    m_progress.secondsLeft = elapsed * static_cast<double>(m_progress.total - done) / static_cast<double>(done);
  }
  m_report(m_progress);
}

void JobMonitor::checkCancelled() const {
  if (m_stop.stop_requested()) throw Cancelled();
}

}  // namespace loom
