// How a long piece of work reports how far it is, and learns that it should stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace loom {

struct Progress {
  std::string stage;        ///< "Reading pictures"
  std::int64_t done = 0;    ///< units of work done
  std::int64_t total = 0;   ///< units in all; 0 when not known yet
  double secondsLeft = -1;  ///< estimate; negative when there is none yet
};

/// Passed down into every job. Reports at most twenty times a second, so callers may report each unit of work.
class JobMonitor {
 public:
  JobMonitor() = default;
  JobMonitor(std::stop_token stop, std::function<void(const Progress&)> report);

  /// Names the next stage and starts its clock; `total` 0 means unknown.
  void begin(std::string stage, std::int64_t total);
  /// Says that `done` units of the stage are finished. Throws Cancelled when a stop was asked for.
  void advance(std::int64_t done);
  /// Throws Cancelled when a stop was asked for.
  void checkCancelled() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::stop_token m_stop;
  std::function<void(const Progress&)> m_report;
  Progress m_progress;
  Clock::time_point m_started{};
  Clock::time_point m_lastReport{};
};

}  // namespace loom
