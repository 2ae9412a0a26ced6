#include "ui/bridge/turnaround_bridge.h"

#include <QMetaObject>
#include <utility>

namespace loom {

struct TurnaroundBridge::Impl {
  explicit Impl(TurnaroundBridge* bridge) : m_bridge(bridge) {}

  template <class Action>
  void onWindow(Action action) {
    QMetaObject::invokeMethod(m_bridge, std::move(action), Qt::QueuedConnection);
  }

  TurnaroundBridge* m_bridge;
  std::shared_ptr<const Model> m_model;
  std::uint64_t m_nextId = 1;
  std::uint64_t m_firstId = 1;  ///< answers to older requests are about a model that was put away
  std::unique_ptr<TurnaroundService> m_service;
};

TurnaroundBridge::TurnaroundBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(this)) {
  Impl* impl = m_impl.get();
  TurnaroundService::Callbacks callbacks;
  callbacks.onResult = [this, impl](TurnResult result) {
    impl->onWindow([this, impl, result = std::move(result)] {
      if (impl->m_model != nullptr && result.id >= impl->m_firstId) Q_EMIT resultReady(result);
    });
  };
  callbacks.onModel = [this, impl](std::shared_ptr<const Model> model) {
    impl->onWindow([this, impl, model = std::move(model)] {
      if (model == impl->m_model) Q_EMIT modelReady(model);
    });
  };
  callbacks.onError = [this, impl](const std::exception_ptr& error) {
    impl->onWindow([this, impl, error] {
      if (impl->m_model != nullptr) Q_EMIT failed(errorText(error));
    });
  };
  m_impl->m_service = std::make_unique<TurnaroundService>(std::move(callbacks));
}

// The service's thread is joined here; ~QObject then throws away what is queued for this object.
TurnaroundBridge::~TurnaroundBridge() {
  m_impl->m_service.reset();
}

void TurnaroundBridge::setModel(std::shared_ptr<const Model> model) {
  m_impl->m_model = std::move(model);
  m_impl->m_firstId = m_impl->m_nextId;
  if (m_impl->m_model != nullptr) m_impl->m_service->setModel(m_impl->m_model);
}

std::shared_ptr<const Model> TurnaroundBridge::model() const {
  return m_impl->m_model;
}

std::uint64_t TurnaroundBridge::request(TurnRequest request) {
  const std::uint64_t id = m_impl->m_nextId++;
  request.id = id;
  if (m_impl->m_model != nullptr) m_impl->m_service->request(std::move(request));
  return id;
}

}  // namespace loom
