// What a run is started with: preset cards, the form of its settings, length, device, seed and starting weights.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/studio/studio.h"
#include "core/studio/training_session.h"

namespace loom {

class TrainingSetup : public QWidget {
  Q_OBJECT
 public:
  explicit TrainingSetup(QWidget* parent = nullptr);
  ~TrainingSetup() override;

  /// What there is to train on. Suggests a preset for it, and chooses that while the user has chosen none by hand.
  void setData(const CatalogueCounts& counts);
  /// Runs whose speed gives the estimates, and whose weights may be started from. Starter weights are offered where
  /// they fit preset, settings and views, and chosen for small sets (core/studio/starter_fit.h) until somebody chooses.
  void setRuns(const std::vector<RunInfo>& runs);
  /// Forgets choices made by hand: for another project.
  void startOver();
  /// Takes over preset, settings, length and seed of a run, and, `withWeights`, starts from its newest ones. What is
  /// changed then is told, until somebody has enough of it. Throws Error for a preset that is not known.
  void copyFrom(const RunInfo& run, bool withWeights = false);

  /// Takes over a preset and what differs from its defaults. Throws Error like SettingsSchema::complete.
  void useSettings(const std::string& preset, const Json& settings);

  TrainingRequest request() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// Remembers how fast a run went on this machine, for estimates in other projects.
void rememberSpeed(const RunInfo& run);

}  // namespace loom
