#include "core/dataset/web_pace.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace loom {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBetweenLooks{100};

}  // namespace

WebClock WebClock::real() {
  return {[] { return std::chrono::steady_clock::now(); },
          [](milliseconds duration) { std::this_thread::sleep_for(duration); }};
}

WebPace::WebPace(milliseconds interval, WebClock clock) : m_interval(interval), m_clock(std::move(clock)) {}

WebPace::Host& WebPace::at(const std::string& host) {
  return m_hosts.try_emplace(host, Host{m_interval, m_clock.now()}).first->second;
}

void WebPace::wait(const std::string& host, JobMonitor& monitor) {
  Host& entry = at(host);
  monitor.checkCancelled();
  while (m_clock.now() < entry.next) {
    const auto remaining = std::chrono::ceil<milliseconds>(entry.next - m_clock.now());
    m_clock.sleep(std::min(remaining, kBetweenLooks));
    monitor.checkCancelled();
  }
  entry.next = m_clock.now() + entry.interval;
}

void WebPace::slowDown(const std::string& host, milliseconds interval) {
  Host& entry = at(host);
  if (interval <= entry.interval) return;
  entry.next += interval - entry.interval;  // counts from the request before, the one for robots.txt
  entry.interval = interval;
}

void WebPace::holdOff(const std::string& host, milliseconds duration) {
  Host& entry = at(host);
  entry.next = std::max(entry.next, m_clock.now() + duration);
}

milliseconds WebPace::left(const std::string& host) const {
  const auto entry = m_hosts.find(host);
  if (entry == m_hosts.end()) return milliseconds(0);
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(entry->second.next - m_clock.now()));
}

}  // namespace loom
