#include "core/image/ffmpeg.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <utility>

#include "core/base/error.h"

extern char** environ;

namespace loom {
namespace {

constexpr int kPatience = 100;             // milliseconds between two looks at whether the user has cancelled
constexpr std::size_t kKeptWords = 4'000;  // bytes of the end of what ffmpeg said
constexpr int kLastLines = 3;              // of it that are shown

void closeEnd(int& descriptor) {
  if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

[[noreturn]] void cannotStart(int code) {
  throw Error(std::string("ffmpeg could not be started: ") + std::strerror(code),
              "close other programs and try again, or write a .gif, .webp or .png");
}

/// What becomes of the new process: our ends as its input and errors, a group of its own (Ctrl-C is for us to hear,
/// who then end it) and signals as they are by default.
class SpawnRules {
 public:
  SpawnRules(int input, int errors) {
    posix_spawn_file_actions_init(&m_actions);
    posix_spawn_file_actions_adddup2(&m_actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
    posix_spawnattr_init(&m_attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&m_attributes, &none);
    posix_spawnattr_setsigdefault(&m_attributes, &all);
    posix_spawnattr_setpgroup(&m_attributes, 0);
    posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnRules(const SpawnRules&) = delete;
  SpawnRules& operator=(const SpawnRules&) = delete;
  ~SpawnRules() {
    posix_spawn_file_actions_destroy(&m_actions);
    posix_spawnattr_destroy(&m_attributes);
  }

  pid_t start(const std::filesystem::path& program, const std::vector<std::string>& arguments) const {
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    pid_t process = -1;
    const int problem = posix_spawn(&process, program.c_str(), &m_actions, &m_attributes, words.data(), environ);
    if (problem != 0) cannotStart(problem);
    return process;
  }

 private:
  posix_spawn_file_actions_t m_actions{};
  posix_spawnattr_t m_attributes{};
};

}  // namespace

std::filesystem::path findFfmpeg() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path program = std::filesystem::path(folder.empty() ? "." : folder) / "ffmpeg";
    std::error_code ignored;
    if (std::filesystem::is_regular_file(program, ignored) && ::access(program.c_str(), X_OK) == 0) return program;
  }
  throw Error("MP4 films are made by ffmpeg, which is not installed",
              "install it (Debian, Ubuntu: sudo apt install ffmpeg), or write a .gif, .webp or .png, which need no "
              "other program");
}

Ffmpeg::Ffmpeg(const std::vector<std::string>& arguments, const JobMonitor& monitor) : m_monitor(monitor) {
  const std::filesystem::path program = findFfmpeg();
  // A socket rather than a pipe: writing to a process that has died is an error there, and no signal that ends ours.
  std::array<int, 2> input{-1, -1};
  std::array<int, 2> errors{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0) cannotStart(errno);
  m_input = input[0];
  int theirInput = input[1];
  int theirErrors = -1;
  try {
    if (::pipe2(errors.data(), O_CLOEXEC) != 0) cannotStart(errno);
    m_errors = errors[0];
    theirErrors = errors[1];
    ::fcntl(m_errors, F_SETFL, O_NONBLOCK);
    m_process = SpawnRules(theirInput, theirErrors).start(program, arguments);
  } catch (...) {
    for (int* descriptor : {&m_input, &m_errors, &theirInput, &theirErrors}) closeEnd(*descriptor);
    throw;
  }
  closeEnd(theirInput);
  closeEnd(theirErrors);
}

Ffmpeg::~Ffmpeg() {
  if (m_process > 0) ::kill(m_process, SIGKILL);
  reap();
  closeEnd(m_input);
  closeEnd(m_errors);
}

void Ffmpeg::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(m_input, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      wait(m_input, POLLOUT);
    } else if (errno != EINTR) {
      fail();
    }
  }
}

void Ffmpeg::finish() {
  closeEnd(m_input);
  while (m_errors >= 0) wait(m_errors, POLLIN);  // it closes them when it ends
  reap();
  if (!WIFEXITED(m_status) || WEXITSTATUS(m_status) != 0) fail();
}

/// Until the descriptor is ready, ffmpeg says something, or it is time to ask the monitor again.
void Ffmpeg::wait(int descriptor, short event) {
  m_monitor.checkCancelled();
  std::array<pollfd, 2> both{{{descriptor, event, 0}, {m_errors, POLLIN, 0}}};
  ::poll(both.data(), both.size(), kPatience);
  hear();
}

void Ffmpeg::hear() {
  std::array<char, 4096> words;
  while (m_errors >= 0) {
    const ssize_t count = ::read(m_errors, words.data(), words.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return;  // nothing yet
    if (count == 0) return closeEnd(m_errors);
    m_said.append(words.data(), static_cast<std::size_t>(count));
    if (m_said.size() > kKeptWords) m_said.erase(0, m_said.size() - kKeptWords);
  }
}

void Ffmpeg::reap() {
  while (m_process > 0) {
    if (::waitpid(m_process, &m_status, 0) == m_process || errno != EINTR) m_process = -1;
  }
}

void Ffmpeg::fail() {
  closeEnd(m_input);
  while (m_errors >= 0) wait(m_errors, POLLIN);
  std::vector<std::string> lines;
  std::istringstream said(m_said);
  for (std::string line; std::getline(said, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(line);
  }
  if (lines.size() > kLastLines) lines.erase(lines.begin(), lines.end() - kLastLines);
  std::string last;
  for (const std::string& line : lines) last += (last.empty() ? ": " : " / ") + line;
  throw Error("ffmpeg could not make the film" + last,
              "see whether it works by itself, or write a .gif, .webp or .png, which need no other program");
}

}  // namespace loom
