#include "ui/bridge/training_bridge.h"

#include <QTimer>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr int kDrainMilliseconds = 34;  // so that nothing is told more than 30 times a second

/// Where the training thread leaves its news. The window fetches them on a timer: no event is ever posted from the
/// training thread, so none can reach an object that has gone, and the thread waits for a swap of pointers at most.
class Inbox : public TrainingListener {
 public:
  struct News {
    std::optional<TrainingProgress> progress;
    std::vector<MetricRow> rows;
    std::optional<Preview> preview;
    std::shared_ptr<const Model> model;
    std::optional<Health> health;
    std::vector<std::int64_t> checkpoints;
    std::optional<TrainingResult> result;
    std::exception_ptr error;
  };

  News fetch() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_news, {});
  }

  void onProgress(const TrainingProgress& progress) override {
    const std::lock_guard lock(m_mutex);
    m_news.progress = progress;
  }
  void onMetrics(std::span<const MetricRow> rows) override {
    const std::lock_guard lock(m_mutex);
    m_news.rows.insert(m_news.rows.end(), rows.begin(), rows.end());
  }
  void onPreview(const Preview& preview) override {
    Preview copy = preview;  // copied before the lock, which is held for a move alone
    const std::lock_guard lock(m_mutex);
    m_news.preview = std::move(copy);
  }
  void onModel(std::shared_ptr<const Model> model) override {
    const std::lock_guard lock(m_mutex);
    m_news.model.swap(model);
  }
  void onHealth(const Health& health) override {
    const std::lock_guard lock(m_mutex);
    m_news.health = health;
  }
  void onCheckpoint(const CheckpointInfo& checkpoint) override {
    const std::lock_guard lock(m_mutex);
    m_news.checkpoints.push_back(checkpoint.step);
  }
  void onFinished(const TrainingResult& result) override {
    const std::lock_guard lock(m_mutex);
    m_news.result = result;
  }
  void onFailed(std::exception_ptr error) override {
    const std::lock_guard lock(m_mutex);
    m_news.error = std::move(error);
  }

 private:
  std::mutex m_mutex;
  News m_news;
};

/// A session and what it talks to; the session goes first.
struct Launched {
  std::shared_ptr<Inbox> inbox;
  std::unique_ptr<TrainingSession> session;  // null: the start was cancelled
};

/// Passes progress on to the job's monitor and can be stopped from the bridge as well as from the job's cancel button.
JobMonitor linkedMonitor(JobMonitor& outer, const std::stop_token& stop) {
  return {stop, [&outer, stage = std::string()](const Progress& now) mutable {
            if (now.stage != stage) outer.begin(stage = now.stage, now.total);
            outer.advance(now.done);
          }};
}

}  // namespace

struct TrainingBridge::Impl {
  explicit Impl(JobRunner& runner) : jobs(runner) {}

  JobRunner& jobs;
  std::function<std::optional<ErrorText>()> hindrance = [] { return std::nullopt; };
  QTimer timer;
  std::stop_source launch;  // of the start under way
  bool launching = false;
  std::shared_ptr<Inbox> inbox;
  std::unique_ptr<TrainingSession> session;
  int run = 0;
  TrainingProgress progress;
  std::vector<std::string> names;
  std::shared_ptr<const Model> model;

  // The end of a run: told once its session, with all it holds in memory, has gone on a thread of its own.
  std::optional<TrainingResult> result;
  std::exception_ptr error;
  std::atomic<bool> reaped = false;
  std::jthread reaper;

  template <class Start>
  void begin(TrainingBridge& bridge, Start start);
  void adopt(TrainingBridge& bridge, Launched launched);
  void drain(TrainingBridge& bridge);
  void tellEnd(TrainingBridge& bridge);
};

TrainingBridge::TrainingBridge(JobRunner& jobs, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(jobs)) {
  m_impl->timer.setTimerType(Qt::PreciseTimer);
  m_impl->timer.setInterval(kDrainMilliseconds);
  connect(&m_impl->timer, &QTimer::timeout, this, [this] { m_impl->drain(*this); });
}

TrainingBridge::~TrainingBridge() {
  m_impl->timer.stop();
  m_impl->launch.request_stop();  // a start under way ends by itself; its job no longer finds us
  if (m_impl->session) m_impl->session->stop();
  m_impl->session.reset();
}

template <class Start>
void TrainingBridge::Impl::begin(TrainingBridge& bridge, Start start) {
  std::optional<ErrorText> against = hindrance();
  if (bridge.active()) against = {tr("Run %1 is still training").arg(run), tr("Stop it first, then start another.")};
  if (against) {
    Q_EMIT bridge.failed(0, *against);
    return;
  }
  launching = true;
  launch = std::stop_source();
  progress = {};
  jobs.run(
      tr("Preparing the training"), &bridge,
      [start = std::move(start), stop = launch.get_token()](JobMonitor& outer) {
        Launched launched{std::make_shared<Inbox>(), nullptr};
        try {
          JobMonitor monitor = linkedMonitor(outer, stop);
          monitor.checkCancelled();
          launched.session = start(*launched.inbox, monitor);
          if (stop.stop_requested()) launched.session.reset();
        } catch (const Cancelled&) {
          launched.session.reset();
        }
        return launched;
      },
      [this, &bridge](Launched launched) { adopt(bridge, std::move(launched)); },
      [this, &bridge](const std::exception_ptr& reason) {
        launching = false;
        Q_EMIT bridge.failed(0, errorText(reason));
      });
}

void TrainingBridge::Impl::adopt(TrainingBridge& bridge, Launched launched) {
  launching = false;
  if (!launched.session) {
    Q_EMIT bridge.failed(0, {tr("The start was cancelled"), {}});
    return;
  }
  inbox = std::move(launched.inbox);
  session = std::move(launched.session);
  run = session->run();
  names = session->metricNames();
  model.reset();
  result.reset();
  error = nullptr;
  reaped = false;
  if (launch.stop_requested()) session->stop();
  timer.start();
  Q_EMIT bridge.started(run);
}

void TrainingBridge::Impl::drain(TrainingBridge& bridge) {
  if (result || error) {
    if (reaped) tellEnd(bridge);
    return;
  }
  const Inbox::News news = inbox->fetch();
  if (news.progress) progress = *news.progress;
  if (news.model) model = news.model;
  result = news.result;
  error = news.error;
  if (result || error) {
    reaper = std::jthread([this, ended = std::move(session)]() mutable {
      ended.reset();
      reaped = true;
    });
  }
  // Receivers may call back (stop, even start another page's work): all of our own state is settled by now.
  const int number = run;
  if (!news.rows.empty()) Q_EMIT bridge.metricsArrived(number, news.rows);
  if (news.preview) Q_EMIT bridge.previewArrived(number, *news.preview);
  if (news.model) Q_EMIT bridge.modelArrived(number, news.model);
  for (const std::int64_t step : news.checkpoints) Q_EMIT bridge.checkpointWritten(number, step);
  if (news.health) Q_EMIT bridge.healthChanged(*news.health);
  if (news.progress) Q_EMIT bridge.progressChanged(*news.progress);
}

void TrainingBridge::Impl::tellEnd(TrainingBridge& bridge) {
  timer.stop();
  reaper = {};
  inbox.reset();
  const int number = std::exchange(run, 0);
  const std::optional<TrainingResult> ended = std::exchange(result, {});
  const std::exception_ptr reason = std::exchange(error, nullptr);
  progress.state = TrainingState::kEnded;
  if (reason) {
    Q_EMIT bridge.failed(number, errorText(reason));
  } else {
    Q_EMIT bridge.finished(number, *ended);
  }
}

void TrainingBridge::setHindrance(std::function<std::optional<ErrorText>()> hindrance) {
  m_impl->hindrance = std::move(hindrance);
}

void TrainingBridge::start(const Project& project, const TrainingRequest& request) {
  m_impl->begin(*this, [project, request](TrainingListener& listener, JobMonitor& monitor) {
    return TrainingSession::start(project, request, listener, monitor);
  });
}

void TrainingBridge::resume(const Project& project, const ResumeRequest& request) {
  m_impl->begin(*this, [project, request](TrainingListener& listener, JobMonitor& monitor) {
    return TrainingSession::resume(project, request, listener, monitor);
  });
}

void TrainingBridge::pause() {
  if (m_impl->session) m_impl->session->pause();
}

void TrainingBridge::proceed() {
  if (m_impl->session) m_impl->session->proceed();
}

void TrainingBridge::stop() {
  if (m_impl->launching) m_impl->launch.request_stop();
  if (m_impl->session) m_impl->session->stop();
}

void TrainingBridge::checkpoint() {
  if (m_impl->session) m_impl->session->checkpoint();
}

bool TrainingBridge::active() const {
  return m_impl->launching || m_impl->run != 0;
}

int TrainingBridge::run() const {
  return m_impl->run;
}

TrainingProgress TrainingBridge::progress() const {
  return m_impl->progress;
}

const std::vector<std::string>& TrainingBridge::metricNames() const {
  return m_impl->names;
}

std::shared_ptr<const Model> TrainingBridge::newestModel() const {
  return m_impl->run != 0 ? m_impl->model : nullptr;
}

}  // namespace loom
