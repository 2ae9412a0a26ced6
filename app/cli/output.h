// What a command says: words and progress for people on stderr, JSON events for scripts on stdout.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/base/job_monitor.h"
#include "core/base/settings.h"

namespace loom::cli {

/// Wrong usage that the parser could not see: exit status 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// Used from the main thread alone.
class Output {
 public:
  explicit Output(bool json);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool json() const { return m_json; }

  /// A line for people.
  void say(const std::string& line);
  /// A line for people that the next one replaces; where stderr is no terminal, one every few seconds.
  void live(const std::string& line);
  /// One JSON object on a line of its own, under --json alone. Throws Error when nobody reads any more.
  void event(const std::string& name, Json fields = Json::object());
  /// The last event, and for people `line`.
  void done(const std::string& line, Json fields = Json::object());
  void error(const std::string& message, const std::string& hint);

  /// Shows a job's progress here; the job ends with Cancelled once `stop` asks for it.
  JobMonitor monitor(std::stop_token stop);

 private:
  using Clock = std::chrono::steady_clock;
  void progress(const Progress& progress);
  void clearLive();
  void print(const Json& object);

  const bool m_json;
  const bool m_terminal;
  bool m_liveShown = false;
  Clock::time_point m_lastLive{};
  Clock::time_point m_lastEvent{};
};

/// "1 sprite", "3 sprites".
std::string counted(std::int64_t count, const std::string& one, const std::string& many);
/// "45 s", "12 min", "3 h 20 min".
std::string duration(double seconds);

}  // namespace loom::cli
