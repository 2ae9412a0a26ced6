#include "tests/trust/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>

extern char** environ;

namespace loom::trust {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kLongestStart = 240;  // seconds until the worker says that it has begun, on a busy machine

pid_t start(const std::filesystem::path& program, const std::vector<std::string>& arguments, int output) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t child = -1;
  const int problem = ::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw std::runtime_error("could not start " + program.string() + ": " + std::strerror(problem));
  return child;
}

/// The reading end of the worker's journal.
class Journal {
 public:
  explicit Journal(int descriptor) : m_descriptor(descriptor) {}
  ~Journal() { ::close(m_descriptor); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Reads what comes until then. False at the end of the journal.
  bool read(Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    pollfd waiting{m_descriptor, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) <= 0) return true;
    char bytes[65536];
    const ssize_t count = ::read(m_descriptor, bytes, sizeof bytes);
    if (count == 0) return false;
    if (count > 0) m_text.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  int lines() const { return static_cast<int>(std::ranges::count(m_text, '\n')); }
  /// A line without its end was never said.
  std::vector<Json> whole() const {
    std::vector<Json> all;
    for (std::size_t from = 0, end = 0; (end = m_text.find('\n', from)) != std::string::npos; from = end + 1) {
      all.push_back(parseJson(std::string_view(m_text).substr(from, end - from), "the worker's journal"));
    }
    return all;
  }

 private:
  int m_descriptor;
  std::string m_text;
};

Clock::duration seconds(double count) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(count));
}

/// Until the moment to kill has come (true) or the journal has ended (false).
bool waitForMoment(Journal& journal, const KillPlan& plan) {
  Clock::time_point until = Clock::now() + seconds(kLongestStart);
  bool begun = false;
  bool counted = !plan.afterLines;
  while (Clock::now() < until) {
    if (begun && counted && until - Clock::now() < std::chrono::milliseconds(2)) continue;  // poll() counts in those
    if (!journal.read(until)) return false;
    if (!begun && journal.lines() > 0) {
      begun = true;
      until = Clock::now() + seconds(plan.afterLines ? kLongestStart : plan.seconds);
    }
    if (counted || journal.lines() <= *plan.afterLines) continue;
    counted = true;
    until = Clock::now() + seconds(plan.seconds);
  }
  return true;
}

}  // namespace

WorkerEnd runAndKill(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                     const KillPlan& plan) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe could be made");
  Journal journal(ends[0]);
  const pid_t child = start(program, arguments, ends[1]);
  ::close(ends[1]);
  WorkerEnd end;
  end.killed = waitForMoment(journal, plan);
  if (end.killed) ::kill(child, SIGKILL);
  while (journal.read(Clock::now() + seconds(kLongestStart))) {
  }
  while (::waitpid(child, &end.status, 0) < 0 && errno == EINTR) {
  }
  end.killed = WIFSIGNALED(end.status) && WTERMSIG(end.status) == SIGKILL;
  end.journal = journal.whole();
  return end;
}

void say(const Json& line) {
  const std::string text = line.dump() + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size())) ::_exit(3);
}

}  // namespace loom::trust
