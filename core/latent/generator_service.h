// A generator on a thread of its own that always answers the newest question.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include "core/latent/directions.h"
#include "core/latent/sprite_generator.h"

namespace loom {

struct GenerateRequest {
  std::uint64_t id = 0;  ///< returned with the answer
  int lane = 0;          ///< a newer request of a lane replaces a waiting one; lower lanes go first
  std::vector<Latent> latents;
  std::vector<int> views;
  GenerateOptions options = {};
};

struct GenerateResult {
  std::uint64_t id = 0;
  int lane = 0;
  std::vector<Sprite> sprites;
  std::int64_t step = 0;  ///< of the model that made them
  int run = 0;
  double milliseconds = 0;  ///< spent in the generator
};

class GeneratorService {
 public:
  struct Callbacks {  ///< called on the service's thread
    std::function<void(GenerateResult)> onResult;
    /// Ready to use. For a run not seen before it comes a second time, when the effect of its dimensions has been
    /// measured between requests (until then they come in their own order).
    std::function<void(std::shared_ptr<const Model>, std::vector<int> dimensionsByEffect)> onModel;
    std::function<void(std::exception_ptr)> onError;
    /// The directions of a run not seen before, once they have been found between requests; may be left out.
    std::function<void(std::shared_ptr<const Model>, std::vector<Direction>)> onDirections = {};
  };
  explicit GeneratorService(Callbacks callbacks);
  ~GeneratorService();
  GeneratorService(const GeneratorService&) = delete;
  GeneratorService& operator=(const GeneratorService&) = delete;

  /// Takes over before the next request. The same run's newer weights keep the order of dimensions
  /// and the directions. When it cannot be
  /// loaded, onError tells and the model before stays.
  void setModel(std::shared_ptr<const Model> model);
  /// Waits for the first model where there is none yet.
  void request(GenerateRequest request);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
