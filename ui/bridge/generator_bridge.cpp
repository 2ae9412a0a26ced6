#include "ui/bridge/generator_bridge.h"

#include <QMetaObject>
#include <QPointer>
#include <mutex>
#include <set>
#include <utility>
#include <variant>

namespace loom {

namespace {

struct ReadyModel {
  std::shared_ptr<const Model> model;
  std::vector<int> dimensionsByEffect;
};
struct FoundDirections {
  std::shared_ptr<const Model> model;
  std::vector<Direction> directions;
};
using Answer = std::variant<ReadyModel, GenerateResult, FoundDirections, std::exception_ptr>;

/// What the service has said and the GUI thread has not heard yet, in order. At most one model and one result a lane
/// wait: a newer one takes the old one's turn away.
class Mailbox {
 public:
  /// True when the GUI thread has to be told (nothing was waiting).
  bool put(Answer answer) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_answers, [&](const Answer& waiting) { return replaces(answer, waiting); });
    m_answers.push_back(std::move(answer));
    return !std::exchange(m_told, true);
  }
  std::vector<Answer> take() {
    const std::lock_guard lock(m_mutex);
    m_told = false;
    return std::exchange(m_answers, {});
  }

 private:
  static bool replaces(const Answer& newer, const Answer& waiting) {
    if (newer.index() != waiting.index()) return false;
    const auto* result = std::get_if<GenerateResult>(&newer);
    return result == nullptr || result->lane == std::get<GenerateResult>(waiting).lane;
  }
  std::mutex m_mutex;
  std::vector<Answer> m_answers;
  bool m_told = false;
};

}  // namespace

struct GeneratorBridge::Impl {
  explicit Impl(GeneratorBridge* bridge) : m_bridge(bridge) {}

  void put(Answer answer) {
    if (m_mailbox.put(std::move(answer))) {
      QMetaObject::invokeMethod(
          m_bridge, [this] { deliver(); }, Qt::QueuedConnection);
    }
  }

  void deliver() {
    const QPointer<GeneratorBridge> alive(m_bridge);  // a receiver may end the session
    for (const Answer& answer : m_mailbox.take()) {
      if (alive.isNull() || m_model == nullptr) return;
      if (const auto* ready = std::get_if<ReadyModel>(&answer)) {
        if (ready->model == m_model) Q_EMIT m_bridge->modelReady(ready->model, ready->dimensionsByEffect);
      } else if (const auto* result = std::get_if<GenerateResult>(&answer)) {
        if (result->id >= m_firstId && !result->sprites.empty()) Q_EMIT m_bridge->resultReady(*result);
      } else if (const auto* found = std::get_if<FoundDirections>(&answer)) {
        // A newer model of the same run may have come meanwhile: the directions are the run's.
        if (found->model->run == m_model->run && found->model->preset == m_model->preset &&
            found->model->latentSize() == m_model->latentSize()) {
          Q_EMIT m_bridge->directionsReady(found->model, found->directions);
        }
      } else {
        Q_EMIT m_bridge->failed(errorText(std::get<std::exception_ptr>(answer)));
      }
    }
  }

  /// Takes the turn of requests that wait for an answer but were made for latents or views of another shape.
  void dropWaiting() {
    for (const int lane : m_lanes) {
      GenerateRequest nothing;
      nothing.id = m_nextId++;
      nothing.lane = lane;
      m_service->request(std::move(nothing));
    }
    m_firstId = m_nextId;
  }

  GeneratorBridge* m_bridge;
  Mailbox m_mailbox;
  std::set<int> m_lanes;  ///< that have been asked
  std::shared_ptr<const Model> m_model;
  std::uint64_t m_nextId = 1;
  std::uint64_t m_firstId = 1;                  ///< answers to older requests are about a model that was put away
  std::unique_ptr<GeneratorService> m_service;  ///< last: its thread ends before what it writes to
};

GeneratorBridge::GeneratorBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this)) {
  Impl* impl = m_impl.get();
  GeneratorService::Callbacks callbacks;
  callbacks.onResult = [impl](GenerateResult result) { impl->put(std::move(result)); };
  callbacks.onModel = [impl](std::shared_ptr<const Model> model, std::vector<int> order) {
    impl->put(ReadyModel{std::move(model), std::move(order)});
  };
  callbacks.onDirections = [impl](std::shared_ptr<const Model> model, std::vector<Direction> directions) {
    impl->put(FoundDirections{std::move(model), std::move(directions)});
  };
  callbacks.onError = [impl](std::exception_ptr error) { impl->put(std::move(error)); };
  m_impl->m_service = std::make_unique<GeneratorService>(std::move(callbacks));
}

// The service's thread is joined here; ~QObject then throws away what is queued for this object.
GeneratorBridge::~GeneratorBridge() {
  m_impl->m_service.reset();
}

void GeneratorBridge::setModel(std::shared_ptr<const Model> model) {
  const bool sameShape = model != nullptr && m_impl->m_model != nullptr &&
                         model->latentSize() == m_impl->m_model->latentSize() && model->views == m_impl->m_model->views;
  if (!sameShape) m_impl->dropWaiting();
  m_impl->m_model = std::move(model);
  if (m_impl->m_model != nullptr) m_impl->m_service->setModel(m_impl->m_model);
}

std::shared_ptr<const Model> GeneratorBridge::model() const {
  return m_impl->m_model;
}

std::uint64_t GeneratorBridge::request(GenerateRequest request) {
  const std::uint64_t id = m_impl->m_nextId++;
  request.id = id;
  m_impl->m_lanes.insert(request.lane);
  if (m_impl->m_model != nullptr) m_impl->m_service->request(std::move(request));
  return id;
}

}  // namespace loom
