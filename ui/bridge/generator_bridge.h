// Owns the generator service and turns its answers into signals on the GUI thread.
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

class GeneratorBridge : public QObject {
  Q_OBJECT
 public:
  explicit GeneratorBridge(QObject* parent = nullptr);
  ~GeneratorBridge() override;

  void setModel(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model() const;      ///< the newest given; null: none yet
  std::uint64_t request(GenerateRequest request);  ///< fills in and returns the id

 Q_SIGNALS:
  void modelReady(std::shared_ptr<const loom::Model> model, const std::vector<int>& dimensionsByEffect);
  void resultReady(const loom::GenerateResult& result);
  /// Once a run, some time after its model is ready.
  void directionsReady(std::shared_ptr<const loom::Model> model, const std::vector<loom::Direction>& directions);
  void failed(const loom::ErrorText& error);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
