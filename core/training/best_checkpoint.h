// The best model of a run by its objective, which thinning of checkpoints never touches.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/training/model.h"
#include "core/training/telemetry.h"

namespace loom {

/// Keeps RUN/checkpoints/best.safetensors: a model (loadModel), its step and value in the metadata. A better one waits
/// in memory until the run's next checkpoint: were the run killed before that, it would go on from the checkpoint
/// before and meet the same model again.
class BestKeeper {
 public:
  /// Goes on with what the folder has; a file that cannot be read counts as none.
  BestKeeper(std::filesystem::path runFolder, std::string objective);

  /// Whether `value` is lower than any before; then the model of that step should be given.
  bool isBetter(double value) const;
  void take(double value, std::shared_ptr<const Model> model);
  /// Writes the one that waits, if one does. Throws Error.
  void flush();

  const std::optional<BestModel>& best() const { return m_best; }

 private:
  std::filesystem::path m_runFolder;
  std::string m_objective;
  std::optional<BestModel> m_best;
  std::shared_ptr<const Model> m_waiting;
};

}  // namespace loom
