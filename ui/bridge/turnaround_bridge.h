// Owns the turnaround service and turns its answers into signals on the GUI thread.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

class TurnaroundBridge : public QObject {
  Q_OBJECT
 public:
  explicit TurnaroundBridge(QObject* parent = nullptr);
  ~TurnaroundBridge() override;

  /// Null puts the model away: what it still answers is not told.
  void setModel(std::shared_ptr<const Model> model);
  std::shared_ptr<const Model> model() const;  ///< the newest given; null: none yet
  std::uint64_t request(TurnRequest request);  ///< fills in and returns the id

 Q_SIGNALS:
  void modelReady(std::shared_ptr<const loom::Model> model);
  void resultReady(const loom::TurnResult& result);  ///< of the model that was set last
  void failed(const loom::ErrorText& error);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
