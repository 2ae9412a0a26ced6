#include "tests/integration/cli_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

extern char** environ;

namespace loom::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const std::string kProgram = SPRITELOOM_BINARY_DIR "/bin/spriteloom-cli";

std::string readAll(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<Json> parseLines(const std::string& text, bool whole) {
  std::vector<Json> events;
  std::size_t from = 0;
  for (std::size_t end = 0; (end = text.find('\n', from)) != std::string::npos; from = end + 1) {
    const std::string line = text.substr(from, end - from);
    Json event = Json::parse(line, nullptr, false);
    EXPECT_TRUE(event.is_object() && event.contains("event")) << "on the standard output: " << line;
    if (event.is_object()) events.push_back(std::move(event));
  }
  EXPECT_TRUE(!whole || from == text.size()) << "the last line does not end: " << text.substr(from);
  return events;
}

fs::path freshFile(const fs::path& folder, const std::string& name) {
  for (int number = 1;; ++number) {
    fs::path path = folder / (name + std::to_string(number));
    if (!fs::exists(path)) return path;
  }
}

}  // namespace

Json CliResult::done() const {
  if (events.empty() || events.back().at("event") != "done") {
    ADD_FAILURE() << "exit " << exitCode << ", no done event; stderr:\n" << errors;
    return Json::object();
  }
  return events.back();
}

std::string CliResult::error() const {
  if (events.empty() || events.back().at("event") != "error") {
    ADD_FAILURE() << "exit " << exitCode << ", no error event; stderr:\n" << errors;
    return {};
  }
  EXPECT_TRUE(events.back().at("hint").is_string());
  return events.back().at("message").get<std::string>();
}

CliProcess::CliProcess(const fs::path& scratch, const std::vector<std::string>& arguments)
    : m_output(freshFile(scratch, "stdout")), m_errors(freshFile(scratch, "stderr")) {
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), kProgram);
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int flags = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, m_output.c_str(), flags, 0644);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, m_errors.c_str(), flags, 0644);
  const int problem = posix_spawn(&m_process, kProgram.c_str(), &actions, nullptr, raw.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) {
    m_process = -1;
    ADD_FAILURE() << kProgram << " cannot be started";
  }
}

CliProcess::~CliProcess() {
  if (!running()) return;
  kill(m_process, SIGKILL);
  waitpid(m_process, &m_status, 0);
}

bool CliProcess::running() {
  if (m_process <= 0) return false;
  if (waitpid(m_process, &m_status, WNOHANG) == 0) return true;
  m_process = -1;
  return false;
}

void CliProcess::send(int signal) const {
  if (m_process > 0) kill(m_process, signal);
}

std::vector<Json> CliProcess::events() const {
  return parseLines(readAll(m_output), false);
}

bool CliProcess::waitForEvent(const std::string& name) {
  for (;;) {
    const bool alive = running();
    for (const Json& event : events()) {
      if (event.value("event", "") == name) return true;
    }
    if (!alive) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

CliResult CliProcess::wait() {
  if (m_process > 0) {
    while (waitpid(m_process, &m_status, 0) < 0 && errno == EINTR) {
    }
    m_process = -1;
  }
  CliResult result;
  result.exitCode = WIFEXITED(m_status) ? WEXITSTATUS(m_status) : 128 + WTERMSIG(m_status);
  result.errors = readAll(m_errors);
  result.output = readAll(m_output);
  return result;
}

CliResult runCli(const fs::path& scratch, std::vector<std::string> arguments) {
  arguments.emplace_back("--json");
  CliResult result = CliProcess(scratch, arguments).wait();
  result.events = parseLines(result.output, true);
  return result;
}

}  // namespace loom::test
