#include "ui/bridge/tuning_bridge.h"

#include <QTimer>
#include <mutex>
#include <thread>
#include <utility>

namespace loom {
namespace {

constexpr int kDrainMilliseconds = 50;

/// Where the search's threads leave their news; the window fetches them on a timer, as TrainingBridge does.
class Inbox : public TuningListener {
 public:
  struct News {
    int begun = 0;  // the search's number
    std::optional<TuningProgress> progress;
    std::optional<Search> search;
    std::optional<Search> ended;
    std::exception_ptr error;
  };

  News fetch() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_news, {});
  }

  void tellBegun(int number) {
    const std::lock_guard lock(m_mutex);
    m_news.begun = number;
  }
  void tellEnd(Search search) {
    const std::lock_guard lock(m_mutex);
    m_news.ended = std::move(search);
  }
  void tellError(std::exception_ptr error) {
    const std::lock_guard lock(m_mutex);
    m_news.error = std::move(error);
  }

  void onProgress(const TuningProgress& progress) override {
    TuningProgress copy = progress;  // copied before the lock, which is held for a move alone
    const std::lock_guard lock(m_mutex);
    m_news.progress = std::move(copy);
  }
  void onTrialStarted(const Search& search, const SearchTrial& /*trial*/, const SearchTask& /*task*/) override {
    keep(search);
  }
  void onTrialEnded(const Search& search, const SearchTrial& /*trial*/) override { keep(search); }

 private:
  void keep(const Search& search) {
    Search copy = search;
    const std::lock_guard lock(m_mutex);
    m_news.search = std::move(copy);
  }

  std::mutex m_mutex;
  News m_news;
};

}  // namespace

struct TuningBridge::Impl {
  QTimer timer;
  std::function<std::optional<ErrorText>()> hindrance = [] { return std::nullopt; };
  bool active = false;
  bool stopping = false;
  int search = 0;
  TuningProgress progress;
  std::shared_ptr<Inbox> inbox;
  std::jthread thread;

  void launch(TuningBridge& bridge, const Project& project, std::function<int()> begin);
  void drain(TuningBridge& bridge);
  void tellEnd(TuningBridge& bridge, const Inbox::News& news);
};

TuningBridge::TuningBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  m_impl->timer.setInterval(kDrainMilliseconds);
  connect(&m_impl->timer, &QTimer::timeout, this, [this] { m_impl->drain(*this); });
}

TuningBridge::~TuningBridge() {
  m_impl->timer.stop();
  m_impl->thread = {};  // asks for the stop and waits
}

void TuningBridge::setHindrance(std::function<std::optional<ErrorText>()> hindrance) {
  m_impl->hindrance = std::move(hindrance);
}

void TuningBridge::Impl::launch(TuningBridge& bridge, const Project& project, std::function<int()> begin) {
  std::optional<ErrorText> against = hindrance();
  if (active) against = {tr("Search %1 is still under way").arg(search), tr("Stop it first, then start another.")};
  if (against) {
    Q_EMIT bridge.failed(0, *against);
    return;
  }
  active = true;
  stopping = false;
  search = 0;
  progress = {};
  inbox = std::make_shared<Inbox>();
  thread = std::jthread([inbox = inbox, project, begin = std::move(begin)](const std::stop_token& stop) {
    try {
      const int number = begin();
      inbox->tellBegun(number);
      inbox->tellEnd(runSearch(project, number, *inbox, stop));
    } catch (...) {
      inbox->tellError(std::current_exception());
    }
  });
  timer.start();
}

void TuningBridge::Impl::drain(TuningBridge& bridge) {
  const Inbox::News news = inbox->fetch();
  if (news.begun > 0) search = news.begun;
  if (news.progress) progress = *news.progress;
  // Receivers may call back: all of our own state is settled by now.
  if (news.begun > 0) Q_EMIT bridge.started(search);
  if (news.search) Q_EMIT bridge.searchChanged(*news.search);
  if (news.progress) Q_EMIT bridge.progressChanged(*news.progress);
  if (news.ended || news.error) tellEnd(bridge, news);
}

void TuningBridge::Impl::tellEnd(TuningBridge& bridge, const Inbox::News& news) {
  timer.stop();
  thread = {};  // it has said its last word
  inbox.reset();
  const int number = std::exchange(search, 0);
  progress = {};
  active = stopping = false;
  if (news.error) {
    Q_EMIT bridge.failed(number, errorText(news.error));
  } else {
    Q_EMIT bridge.finished(*news.ended);
  }
}

void TuningBridge::start(const Project& project, const TuningRequest& request) {
  m_impl->launch(*this, project, [project, request] { return beginSearch(project, request); });
}

void TuningBridge::proceed(const Project& project, int search) {
  m_impl->launch(*this, project, [search] { return search; });
}

void TuningBridge::stop() {
  if (!m_impl->active) return;
  m_impl->stopping = true;
  m_impl->thread.request_stop();
}

bool TuningBridge::active() const {
  return m_impl->active;
}

bool TuningBridge::stopping() const {
  return m_impl->stopping;
}

int TuningBridge::search() const {
  return m_impl->search;
}

TuningProgress TuningBridge::progress() const {
  return m_impl->progress;
}

}  // namespace loom
