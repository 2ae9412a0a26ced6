#include "core/latent/generator_service.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <numeric>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/latent/direction_finder.h"

namespace loom {
namespace {

/// Whether two models are drawn with the same sliders: weights of one run at different steps.
bool sameRun(const Model& a, const Model& b) {
  return a.run > 0 && a.run == b.run && a.preset == b.preset && a.settings == b.settings && a.views == b.views;
}

std::vector<int> ownOrder(int size) {
  std::vector<int> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

}  // namespace

struct GeneratorService::Impl {
  explicit Impl(Callbacks given) : callbacks(std::move(given)) {
    thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::shared_ptr<const Model> model;
      std::optional<GenerateRequest> request;
      {
        std::unique_lock lock(mutex);
        const bool measuring = generator && finder;
        if (!measuring) wake.wait(lock, stop, [this] { return nextModel || (generator && !waiting.empty()); });
        if (stop.stop_requested()) return;
        model = std::exchange(nextModel, nullptr);
        if (!model && generator && !waiting.empty()) request = std::move(waiting.extract(waiting.begin()).mapped());
      }
      try {
        if (model) {
          adopt(std::move(model));
        } else if (request) {
          answer(*request);
        } else {
          measure();
        }
      } catch (...) {
        if (!model && !request) finder.reset();  // no order is better than an endless loop of errors
        if (callbacks.onError) callbacks.onError(std::current_exception());
      }
    }
  }

  void adopt(std::shared_ptr<const Model> model) {
    SpriteGenerator made(model, 1);
    if (!current || !sameRun(*current, *model)) {
      order = ownOrder(model->latentSize());
      finder.emplace(*model);
    }
    generator.emplace(std::move(made));
    current = std::move(model);
    if (callbacks.onModel) callbacks.onModel(current, order);
  }

  void answer(const GenerateRequest& request) {
    const auto started = std::chrono::steady_clock::now();
    GenerateResult result;
    result.id = request.id;
    result.lane = request.lane;
    result.sprites = generator->generate(request.latents, request.views, request.options);
    result.step = current->step;
    result.run = current->run;
    result.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
    if (callbacks.onResult) callbacks.onResult(std::move(result));
  }

  void measure() {
    const bool hadOrder = finder->effectFinished();
    finder->advance(*generator);
    if (!hadOrder && finder->effectFinished()) {
      order = finder->dimensionsByEffect();
      if (callbacks.onModel) callbacks.onModel(current, order);
    }
    if (!finder->finished()) return;
    const std::vector<Direction> directions = finder->directions();
    finder.reset();
    if (callbacks.onDirections) callbacks.onDirections(current, directions);
  }

  const Callbacks callbacks;

  std::mutex mutex;  // guards the two below; everything after them is the thread's own
  std::condition_variable_any wake;
  std::shared_ptr<const Model> nextModel;
  std::map<int, GenerateRequest> waiting;  // by lane

  std::shared_ptr<const Model> current;
  std::optional<SpriteGenerator> generator;
  std::optional<DirectionFinder> finder;  // at work
  std::vector<int> order;

  std::jthread thread;  // last: ends first
};

GeneratorService::GeneratorService(Callbacks callbacks) : m_impl(std::make_unique<Impl>(std::move(callbacks))) {}
GeneratorService::~GeneratorService() = default;

void GeneratorService::setModel(std::shared_ptr<const Model> model) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->nextModel = std::move(model);
  }
  m_impl->wake.notify_one();
}

void GeneratorService::request(GenerateRequest request) {
  {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->waiting.insert_or_assign(request.lane, std::move(request));
  }
  m_impl->wake.notify_one();
}

}  // namespace loom
