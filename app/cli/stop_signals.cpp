#include "app/cli/stop_signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace loom::cli {
namespace {

constexpr int kWakeUp = SIGUSR1;  // ends the thread at the end of the program

sigset_t watchedSignals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, kWakeUp);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  signal(SIGPIPE, SIG_IGN);  // a closed pipe becomes an error of the write, after which training still saves itself
  const sigset_t set = watchedSignals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  m_thread = std::jthread([this](const std::stop_token& ended) {
    const sigset_t watched = watchedSignals();
    for (;;) {
      int received = 0;
      if (sigwait(&watched, &received) != 0) continue;
      if (received == kWakeUp && ended.stop_requested()) return;
      if (received == kWakeUp) continue;
      if (!m_source.request_stop()) _exit(128 + received);
    }
  });
}

StopSignals::~StopSignals() {
  m_thread.request_stop();
  pthread_kill(m_thread.native_handle(), kWakeUp);
}

}  // namespace loom::cli
