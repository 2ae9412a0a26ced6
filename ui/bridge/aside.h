// Work of some milliseconds, too long for a frame and too short for a job: done on a thread beside the window, and the
// newest question's answer alone is told.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <type_traits>
#include <utility>

namespace loom {

/// Belongs to the GUI thread. Destroying it waits for what runs; its answer is not told.
class Aside {
 public:
  Aside() { m_pool.setMaxThreadCount(1); }

  /// Runs `work()`, which must not throw, on the thread; then `done(result)` here, unless ask() was called again.
  template <class Work, class Done>
  void ask(Work work, Done done) {
    m_pool.clear();  // questions that are no longer wanted
    const int question = ++m_newest;
    m_pool.start([this, question, work = std::move(work), done = std::move(done)]() mutable {
      auto result = std::make_shared<std::invoke_result_t<Work>>(work());
      QMetaObject::invokeMethod(
          &m_relay,
          [this, question, result, done = std::move(done)]() mutable {
            if (question == m_newest) done(std::move(*result));
          },
          Qt::QueuedConnection);
    });
  }

 private:
  QObject m_relay;  // answers that are still on their way end with it
  int m_newest = 0;
  QThreadPool m_pool;  // last: it waits
};

}  // namespace loom
