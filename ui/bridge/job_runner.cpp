#include "ui/bridge/job_runner.h"

#include <QPointer>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/base/error.h"

namespace loom {

ErrorText errorText(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& known) {
    return {QString::fromUtf8(known.what()), QString::fromStdString(known.hint())};
  } catch (const std::bad_alloc&) {
    return {QObject::tr("There is not enough memory for this"),
            QObject::tr("Close other programs, or work on fewer or smaller sprites.")};
  } catch (const std::exception& unknown) {
    return {QString::fromUtf8(unknown.what()), {}};
  } catch (...) {
    return {QObject::tr("An unknown error happened"), {}};
  }
}

namespace {

struct Job {
  QString title;
  QPointer<QObject> context;
  std::function<void(JobMonitor&)> work;
  std::function<void()> done;
  std::function<void(std::exception_ptr)> failed;
};

}  // namespace

struct JobRunner::Impl {
  mutable std::mutex mutex;
  std::condition_variable_any wake;
  std::deque<Job> queue;
  QString title;             // of the running job; empty when idle
  std::stop_source jobStop;  // of the running job
  std::jthread thread;       // last: joined before the rest goes
};

JobRunner::JobRunner(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  qRegisterMetaType<Progress>();
  qRegisterMetaType<ErrorText>();
  m_impl->thread = std::jthread([this](const std::stop_token& stop) {
    for (;;) {
      Job job;
      std::stop_token jobToken;
      {
        std::unique_lock lock(m_impl->mutex);
        if (!m_impl->wake.wait(lock, stop, [this] { return !m_impl->queue.empty(); })) return;
        job = std::move(m_impl->queue.front());
        m_impl->queue.pop_front();
        m_impl->title = job.title;
        m_impl->jobStop = std::stop_source();
        jobToken = m_impl->jobStop.get_token();
      }
      Q_EMIT started(job.title);
      JobMonitor monitor(jobToken, [this, &job](const Progress& now) { Q_EMIT progressed(job.title, now); });
      std::exception_ptr error;
      bool cancelled = false;
      try {
        job.work(monitor);
      } catch (const Cancelled&) {
        cancelled = true;
      } catch (...) {
        error = std::current_exception();
      }
      {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->title.clear();
      }
      // Handed over whole: the closures may own widgets' data and must be called and destroyed on the GUI thread.
      QMetaObject::invokeMethod(
          this,
          [this, job = std::move(job), error, cancelled] {
            Q_EMIT ended(job.title);
            if (cancelled) return;
            if (!error) {
              if (job.context) job.done();
            } else if (job.failed) {
              if (job.context) job.failed(error);
            } else {
              Q_EMIT failed(job.title, errorText(error));
            }
          },
          Qt::QueuedConnection);
    }
  });
}

JobRunner::~JobRunner() {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->queue.clear();
    m_impl->jobStop.request_stop();
  }
  m_impl->thread.request_stop();
  m_impl->thread.join();
}

bool JobRunner::busy() const {
  const std::lock_guard lock(m_impl->mutex);
  return !m_impl->title.isEmpty() || !m_impl->queue.empty();
}

QString JobRunner::currentTitle() const {
  const std::lock_guard lock(m_impl->mutex);
  return m_impl->title;
}

void JobRunner::cancel() {
  const std::lock_guard lock(m_impl->mutex);
  m_impl->jobStop.request_stop();
}

void JobRunner::enqueue(const QString& title, QObject* context, std::function<void(JobMonitor&)> work,
                        std::function<void()> done, std::function<void(std::exception_ptr)> failed) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->queue.push_back({title, context, std::move(work), std::move(done), std::move(failed)});
  }
  m_impl->wake.notify_one();
}

}  // namespace loom
