// The sprites that a run is measured by: those it was trained on, and others that it has not seen. Private to evaluate.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/project/project.h"
#include "core/studio/evaluate.h"
#include "core/training/model.h"

namespace loom {

class EvaluationSprites {
 public:
  /// Of more than 10,000 training sprites so many of characters that lie evenly among all; of the held-out ones at most
  /// options.count of characters drawn at random, each with the views that the model knows. Throws Error (no sprites to
  /// measure by, or the run's own are not in the project), Cancelled.
  EvaluationSprites(const Project& project, const RunInfo& run, const Model& model, const EvaluateOptions& options,
                    JobMonitor& monitor);
  ~EvaluationSprites();

  const std::vector<SpriteInfo>& training() const { return m_training; }
  const std::vector<SpriteInfo>& heldOut() const { return m_heldOut; }
  Sprite trainingPixels(const SpriteInfo& info) const { return m_own.pixels(info.id); }
  Sprite heldOutPixels(const SpriteInfo& info) const;
  std::int64_t twins() const { return m_twins; }  ///< held-out ones that are byte twins of training sprites
  std::int64_t heldOutCharacters() const;

 private:
  class Outside;
  Catalogue m_own;
  std::unique_ptr<Outside> m_outside;  ///< null: the held-out ones are the project's own
  std::vector<SpriteInfo> m_training, m_heldOut;
  std::int64_t m_twins = 0;
};

/// False for a model of the one view kAnyView.
bool knowsViews(const Model& model);

}  // namespace loom
