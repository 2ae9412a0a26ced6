// Runs long work of the core on a worker thread, one job after the other, and tells the window how far it is.
#pragma once

#include <QObject>
#include <QString>
#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "core/base/job_monitor.h"

namespace loom {

/// What happened and what to do about it, for a message box or a label.
struct ErrorText {
  QString what;
  QString hint;
};
ErrorText errorText(const std::exception_ptr& error);

class JobRunner : public QObject {
  Q_OBJECT
 public:
  explicit JobRunner(QObject* parent = nullptr);
  ~JobRunner() override;  ///< cancels what runs and waits for it

  /// Queues `work`. Afterwards, on the GUI thread and only while `context` lives: `done` with its result, or `failed`
  /// (a cancelled job calls neither). Without `failed` the signal failed() alone tells.
  template <class Work, class Done>
  void run(const QString& title, QObject* context, Work work, Done done,
           std::function<void(std::exception_ptr)> failed = {}) {
    using Result = std::invoke_result_t<Work, JobMonitor&>;
    auto result = std::make_shared<std::unique_ptr<Result>>();
    enqueue(
        title, context,
        [work = std::move(work), result](JobMonitor& monitor) mutable {
          *result = std::make_unique<Result>(work(monitor));
        },
        [done = std::move(done), result]() mutable { done(std::move(**result)); }, std::move(failed));
  }

  bool busy() const;
  QString currentTitle() const;
  void cancel();  ///< the running job alone

 Q_SIGNALS:
  void started(const QString& title);
  void progressed(const QString& title, const loom::Progress& progress);
  void ended(const QString& title);  ///< done, failed or cancelled
  void failed(const QString& title, const loom::ErrorText& error);

 private:
  void enqueue(const QString& title, QObject* context, std::function<void(JobMonitor&)> work,
               std::function<void()> done, std::function<void(std::exception_ptr)> failed);
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom

Q_DECLARE_METATYPE(loom::Progress)
Q_DECLARE_METATYPE(loom::ErrorText)
