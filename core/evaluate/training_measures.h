// A cheap form of the measures, taken while a run trains.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/dataset/snapshot.h"
#include "core/training/run_measures.h"

namespace loom {

/// On 96 fixed real sprites of whole characters (held-out ones where there are any, else some that are trained on), and
/// as many of the model, of fixed latents, seen from the same sides:
///   kid: in the fixed feature space;
///   swd: the mean over scales of the sliced Wasserstein distance;
///   coverage: in the fixed feature space;
///   copies: share of the made sprites that are copies of one of 2,048 training sprites at most.
/// Not taken (NaN) of models of less than 16 px, or by sprites of fewer than four characters.
class TrainingMeasures final : public RunMeasures {
 public:
  /// Both are kept. `heldOut` may be null; `seed` draws which sprites and latents; `threads` are those of the training.
  TrainingMeasures(std::shared_ptr<const Snapshot> training, std::shared_ptr<const Snapshot> heldOut,
                   std::uint64_t seed, int threads);
  ~TrainingMeasures() override;

  std::vector<float> take(const std::shared_ptr<const Model>& model) override;

 private:
  std::vector<float> measured(const std::shared_ptr<const Model>& model);
  struct Reference;
  std::shared_ptr<const Snapshot> m_training, m_heldOut;
  std::uint64_t m_seed;
  int m_threads;
  std::unique_ptr<Reference> m_reference;  ///< null until the first time
};

}  // namespace loom
