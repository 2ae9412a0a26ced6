// The ffmpeg program, where one is installed: found, started with raw frames coming in, ended.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"

namespace loom {

/// ffmpeg of the PATH. Throws Error, which says how to install it and what works without.
std::filesystem::path findFfmpeg();

/// One run of it that reads from us. Killed when it is destroyed before it has ended.
class Ffmpeg {
 public:
  /// `monitor` is asked while ffmpeg lets us wait. Throws Error when it cannot be started.
  Ffmpeg(const std::vector<std::string>& arguments, const JobMonitor& monitor);
  ~Ffmpeg();
  Ffmpeg(const Ffmpeg&) = delete;
  Ffmpeg& operator=(const Ffmpeg&) = delete;

  /// Throws Error with ffmpeg's last words when it reads no more; Cancelled.
  void write(std::span<const std::byte> bytes);
  /// Ends its input and waits. Throws likewise when it did not end well.
  void finish();

 private:
  void hear();
  void wait(int descriptor, short event);
  void reap();
  [[noreturn]] void fail();
  const JobMonitor& m_monitor;
  pid_t m_process = -1;
  int m_input = -1;   ///< our end of its standard input
  int m_errors = -1;  ///< our end of its standard error
  int m_status = 0;
  std::string m_said;  ///< the end of what it said
};

}  // namespace loom
