#include "ui/bridge/newest_work.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace loom {

struct NewestWork::Impl {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::function<Show()> question;
  std::jthread thread;  // last: joined before the rest goes
};

NewestWork::NewestWork(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  m_impl->thread = std::jthread([this](const std::stop_token& stop) {
    for (;;) {
      std::function<Show()> work;
      {
        std::unique_lock lock(m_impl->mutex);
        if (!m_impl->wake.wait(lock, stop, [this] { return m_impl->question != nullptr; })) return;
        work = std::exchange(m_impl->question, nullptr);
      }
      if (stop.stop_requested()) return;
      QMetaObject::invokeMethod(this, work(), Qt::QueuedConnection);
    }
  });
}

NewestWork::~NewestWork() {
  m_impl->thread.request_stop();
  m_impl->thread.join();
}

void NewestWork::ask(std::function<Show()> work) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->question = std::move(work);
  }
  m_impl->wake.notify_one();
}

}  // namespace loom
