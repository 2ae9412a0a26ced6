#include "core/latent/turnaround_service.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace loom {

struct TurnaroundService::Impl {
  Impl(Callbacks given, int count) : callbacks(std::move(given)), threads(count) {
    thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  void work(const std::stop_token& stop) {
    while (true) {
      std::shared_ptr<const Model> model;
      TurnRequest request;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, stop, [this] { return nextModel || (turnaround && !waiting.empty()); });
        if (stop.stop_requested()) return;
        model = std::exchange(nextModel, nullptr);
        if (!model) request = std::move(waiting.extract(waiting.begin()).mapped());
      }
      try {
        model ? adopt(std::move(model)) : answer(request);
      } catch (...) {
        if (callbacks.onError) callbacks.onError(std::current_exception());
      }
    }
  }

  void adopt(std::shared_ptr<const Model> model) {
    Turnaround made(model, threads);
    if (!turnaround) warmUp(made);
    turnaround.emplace(std::move(made));
    if (callbacks.onModel) callbacks.onModel(std::move(model));
  }

  /// The first pass through a network takes several times as long as those after it: nobody waits for this one.
  static void warmUp(Turnaround& made) {
    std::vector<std::optional<Sprite>> views(made.model().views.size());
    views.front() = Sprite(made.model().side(), made.model().side());
    made.missingViews(views);
  }

  void answer(const TurnRequest& request) {
    const auto started = std::chrono::steady_clock::now();
    TurnResult result;
    result.id = request.id;
    result.lane = request.lane;
    for (const TurnaroundOptions& way : request.ways) {
      result.ways.push_back(turnaround->missingViews(request.views, way));
    }
    result.step = turnaround->model().step;
    result.run = turnaround->model().run;
    result.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
    if (callbacks.onResult) callbacks.onResult(std::move(result));
  }

  const Callbacks callbacks;
  const int threads;

  std::mutex mutex;  // guards the two below; what follows them is the thread's own
  std::condition_variable_any wake;
  std::shared_ptr<const Model> nextModel;
  std::map<int, TurnRequest> waiting;  // by lane

  std::optional<Turnaround> turnaround;

  std::jthread thread;  // last: ends first
};

TurnaroundService::TurnaroundService(Callbacks callbacks, int threads)
    : m_impl(std::make_unique<Impl>(std::move(callbacks), threads)) {}
TurnaroundService::~TurnaroundService() = default;

void TurnaroundService::setModel(std::shared_ptr<const Model> model) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->nextModel = std::move(model);
    m_impl->waiting.clear();
  }
  m_impl->wake.notify_one();
}

void TurnaroundService::request(TurnRequest request) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->waiting.insert_or_assign(request.lane, std::move(request));
  }
  m_impl->wake.notify_one();
}

}  // namespace loom
