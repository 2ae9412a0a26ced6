// Runs the command line program as a script would.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom::test {

struct CliResult {
  int exitCode = -1;                   ///< 128 + signal where one ended it
  std::string errors;                  ///< stderr
  std::string output;                  ///< stdout
  std::vector<nlohmann::json> events;  ///< stdout's lines; a line that is no JSON fails the test

  /// The last event. Fails the test when it is not "done".
  nlohmann::json done() const;
  /// The message of the error event. Fails the test when the last event is none.
  std::string error() const;
};

/// One run of spriteloom-cli under way, its outputs in files of `scratch`.
class CliProcess {
 public:
  CliProcess(const std::filesystem::path& scratch, const std::vector<std::string>& arguments);
  ~CliProcess();  ///< kills what still runs
  CliProcess(const CliProcess&) = delete;
  CliProcess& operator=(const CliProcess&) = delete;

  void send(int signal) const;
  /// The events so far, the unfinished last line left out.
  std::vector<nlohmann::json> events() const;
  /// Waits until an event of that name has come (true) or the process has ended (false).
  bool waitForEvent(const std::string& name);
  CliResult wait();

 private:
  bool running();
  std::filesystem::path m_output;
  std::filesystem::path m_errors;
  pid_t m_process = -1;
  int m_status = 0;
};

/// The whole run of a command with --json; every line of stdout is checked to be one JSON object with an event.
CliResult runCli(const std::filesystem::path& scratch, std::vector<std::string> arguments);

}  // namespace loom::test
