#include "app/cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace loom::cli {
namespace {

constexpr auto kLiveEvery = std::chrono::milliseconds(100);
constexpr auto kLiveLineEvery = std::chrono::seconds(5);  // where stderr is a file or a pipe
constexpr auto kEventEvery = std::chrono::milliseconds(500);

}  // namespace

Output::Output(bool json) : m_json(json), m_terminal(isatty(STDERR_FILENO) == 1) {}

void Output::say(const std::string& line) {
  clearLive();
  std::fprintf(stderr, "%s\n", line.c_str());
}

void Output::live(const std::string& line) {
  const auto now = Clock::now();
  if (m_lastLive != Clock::time_point{} && now - m_lastLive < (m_terminal ? kLiveEvery : kLiveLineEvery)) return;
  m_lastLive = now;
  if (m_terminal) {
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
    m_liveShown = true;
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
}

void Output::event(const std::string& name, Json fields) {
  if (!m_json) return;
  fields["event"] = name;
  print(fields);
}

void Output::done(const std::string& line, Json fields) {
  say(line);
  event("done", std::move(fields));
}

void Output::error(const std::string& message, const std::string& hint) {
  say("error: " + message + (hint.empty() ? "" : "\n       " + hint));
  event("error", {{"message", message}, {"hint", hint}});
}

JobMonitor Output::monitor(std::stop_token stop) {
  return {std::move(stop), [this](const Progress& state) { progress(state); }};
}

void Output::progress(const Progress& state) {
  std::string line = state.stage;
  if (state.total > 0) line += " " + std::to_string(state.done) + "/" + std::to_string(state.total);
  if (state.secondsLeft >= 1) line += ", " + duration(state.secondsLeft) + " left";
  live(line);
  const auto now = Clock::now();
  const bool boundary = state.done == 0 || state.done == state.total;
  if (!m_json || (!boundary && now - m_lastEvent < kEventEvery)) return;
  m_lastEvent = now;
  Json fields = {{"stage", state.stage}, {"done", state.done}, {"total", state.total}};
  if (state.secondsLeft >= 0) fields["seconds_left"] = state.secondsLeft;
  event("progress", std::move(fields));
}

void Output::clearLive() {
  if (std::exchange(m_liveShown, false)) std::fprintf(stderr, "\r\033[K");
  m_lastLive = {};
}

void Output::print(const Json& object) {
  // File names need not be UTF-8: what is not is replaced rather than refused.
  const std::string line = object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size() || std::fflush(stdout) != 0) {
    throw Error("nobody reads the standard output any more", "keep the reading end of the pipe open until the end");
  }
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string duration(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::lround(std::max(0.0, seconds)));
  if (whole < 90) return std::to_string(whole) + " s";
  const std::int64_t minutes = (whole + 30) / 60;
  if (minutes < 90) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

}  // namespace loom::cli
