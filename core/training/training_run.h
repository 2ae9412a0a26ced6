// The state of one run while it trains: data, networks, where it is. One thread, no clock, no commands (trainer.cpp).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/training/batch_source.h"
#include "core/training/best_checkpoint.h"
#include "core/training/objective.h"
#include "core/training/previews.h"
#include "core/training/recipe.h"
#include "core/training/trainer.h"

namespace loom {

class TrainingRun {
 public:
  /// Builds everything, and continues from a checkpoint where `input` asks for it. Throws Error.
  explicit TrainingRun(TrainerInput input);

  std::int64_t step() const { return m_step; }
  double secondsBefore() const { return m_secondsBefore; }  ///< spent before this stretch
  double epochs() const { return m_batches->epochs(); }
  /// Of characters every view counts.
  std::int64_t spritesAStep() const { return m_batch * m_batchesAStep * (m_viewsNeeded > 0 ? std::ssize(m_views) : 1); }
  const std::vector<std::string>& metricNames() const { return m_metricNames; }

  /// One step. Returns its metrics, measures and objective not taken (NaN).
  std::vector<float> advance();
  /// Measures the objective on the newest weights, and remembers the model when it is the best so far.
  double evaluate();
  /// Whether there are measures to take beside the objective.
  bool measures() const { return m_input.measures && m_input.settings.value("measure_every", 0.0) > 0; }
  /// Takes them of the newest weights, into a step's metrics.
  void measure(std::vector<float>& metrics);
  const std::optional<BestModel>& best() const { return m_best.best(); }

  struct Look {
    Preview preview;
    double diversity = 0;  ///< of the samples, relative to the real sprites'; 0 where there are no samples
    double opacity = 1;    ///< how much of the samples is there, likewise
  };
  /// Draws the fixed latents, or turns the fixed characters round, and saves the picture.
  Look look();
  /// The newest weights as a value.
  std::shared_ptr<const Model> model() const;
  /// Writes a checkpoint and thins the older ones. Throws Error when a weight is no number; nothing is written then.
  CheckpointInfo checkpoint(double seconds);

 private:
  void resume(const std::filesystem::path& file);
  std::unique_ptr<BatchStore> characterStore(const Snapshot& data) const;
  std::unique_ptr<BatchStore> spriteStore(const Snapshot& data) const;
  std::unique_ptr<BatchStore> heldOutStore() const;
  PreviewLayout makeLayout() const;
  void meetSprites();
  void meetCharacters();
  Objective makeObjective() const;
  const BatchStore& sprites() const { return m_sprites ? *m_sprites : *m_store; }
  Look lookAtSamples();
  at::Tensor withReconstructions(const at::Tensor& made);
  void makeBatches(Sampler sampler, RandomStream augmenting);
  Model description() const;

  TrainerInput m_input;
  const Preset& m_preset;
  Environment m_environment;
  bool m_knowsViews;
  bool m_turns;                ///< it draws missing views
  std::int64_t m_viewsNeeded;  ///< 0: it trains on single sprites, not on characters
  std::vector<std::string> m_views;
  std::int64_t m_batch;
  std::int64_t m_batchesAStep;
  std::vector<std::string> m_metricNames;
  std::unique_ptr<BatchStore> m_store;
  std::unique_ptr<BatchStore>
      m_sprites;  ///< those of m_store as sprites, where it holds characters that are drawn anew
  std::unique_ptr<BatchStore> m_heldOut;  ///< null: judged by those it trains on
  std::unique_ptr<BatchSource> m_batches;
  std::unique_ptr<Recipe> m_recipe;
  Objective m_objective;
  BestKeeper m_best;
  PreviewLayout m_layout;
  at::Tensor m_originals;  ///< of an autoencoder's preview
  Batch m_characters;      ///< of a turnaround's
  double m_realDiversity = 0;
  double m_realOpacity = 1;
  int m_previewsKept = 0;
  std::int64_t m_step = 0;
  double m_secondsBefore = 0;
};

}  // namespace loom
