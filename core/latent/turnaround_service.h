// A turnaround on a thread of its own that always answers the newest question.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/latent/turnaround.h"

namespace loom {

struct TurnRequest {
  std::uint64_t id = 0;                      ///< returned with the answer
  int lane = 0;                              ///< a newer request of a lane replaces a waiting one; lower lanes go first
  std::vector<std::optional<Sprite>> views;  ///< as Turnaround::missingViews takes them
  std::vector<TurnaroundOptions> ways;       ///< the missing ones are drawn in each of these ways
};

struct TurnResult {
  std::uint64_t id = 0;
  int lane = 0;
  std::vector<std::vector<TurnedView>> ways;  ///< by the request's
  std::int64_t step = 0;                      ///< of the model that made them
  int run = 0;
  double milliseconds = 0;  ///< spent in the network
};

class TurnaroundService {
 public:
  struct Callbacks {  ///< called on the service's thread
    std::function<void(TurnResult)> onResult;
    std::function<void(std::shared_ptr<const Model>)> onModel;  ///< ready to use
    std::function<void(std::exception_ptr)> onError;
  };
  /// `threads` intra-op threads for each turnaround.
  explicit TurnaroundService(Callbacks callbacks, int threads = 1);
  ~TurnaroundService();
  TurnaroundService(const TurnaroundService&) = delete;
  TurnaroundService& operator=(const TurnaroundService&) = delete;

  /// Takes over before the next request; those that wait, made for the model before, are dropped. When it cannot be
  /// loaded, onError tells and the model before stays.
  void setModel(std::shared_ptr<const Model> model);
  /// Waits for the first model where there is none yet.
  void request(TurnRequest request);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
