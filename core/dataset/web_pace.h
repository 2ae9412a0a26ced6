// Keeps requests to one host apart: one a second, or as slow as the site asks.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "core/base/job_monitor.h"

namespace loom {

/// What time it is, and waiting. Tests put their own in, so that they need not wait.
struct WebClock {
  using Time = std::chrono::steady_clock::time_point;
  std::function<Time()> now;
  std::function<void(std::chrono::milliseconds)> sleep;

  static WebClock real();
};

class WebPace {
 public:
  WebPace(std::chrono::milliseconds interval, WebClock clock);

  /// Returns when `host` may be asked again, and counts that as asked. Throws Cancelled within 0.1 s.
  void wait(const std::string& host, JobMonitor& monitor);
  /// From now on at least this long between two requests.
  void slowDown(const std::string& host, std::chrono::milliseconds interval);
  /// No request for so long.
  void holdOff(const std::string& host, std::chrono::milliseconds duration);
  /// How long until the host may be asked.
  std::chrono::milliseconds left(const std::string& host) const;

 private:
  struct Host {
    std::chrono::milliseconds interval;
    WebClock::Time next;
  };
  Host& at(const std::string& host);

  std::chrono::milliseconds m_interval;
  WebClock m_clock;
  std::map<std::string, Host> m_hosts;
};

}  // namespace loom
