// Picks the weights to generate with: a run and one of its checkpoints, the newest there are, live from training, or
// those that the program comes with.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/bridge/session.h"
#include "ui/models/character_editor.h"
#include "ui/models/character_look.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace loom {

/// Checkpoints are read as a job and handed on. With "newest" of the run in training, every new preview's weights are
/// taken over as they come. A new run is taken up by itself, unless another was chosen by hand or this is on screen,
/// where nobody's work may be exchanged under their hands. Starter weights stand last, and are taken up where the
/// project has no run with weights.
class ModelChooser : public QWidget {
  Q_OBJECT
 public:
  /// What the runs draw that are offered.
  enum class Offers { kNewSprites, kMissingViews };
  /// Who is given the weights; null: there are none.
  using Taker = std::function<void(std::shared_ptr<const Model>)>;
  ModelChooser(Session& session, Offers kind, Taker taker, QWidget* parent = nullptr);

  const ModelChoice& choice() const { return m_choice; }
  void choose(const ModelChoice& choice);  ///< by hand
  /// Takes up what was chosen when the project was left, where that is still offered.
  void resume(const ModelChoice& choice);
  bool loading() const { return m_loading; }

  /// Whether the project has runs with weights, or one in training that will have.
  bool anyRun() const { return !m_runs.empty(); }
  /// The choice of the weights that drew it; nothing where they are not kept.
  std::optional<ModelChoice> choiceThatDrew(const CharacterLook& look) const;
  /// The step of the run's checkpoint nearest to `step`; nothing when it has none.
  std::optional<std::int64_t> nearestCheckpoint(int run, std::int64_t step) const;

 Q_SIGNALS:
  void changed();  ///< the choice, what there is to choose from, or whether it is loading

 private:
  struct Entry {
    RunInfo info;
    std::vector<CheckpointInfo> checkpoints;  ///< oldest first
    std::optional<CheckpointInfo> best = {};  ///< by the preset's own measure; none of the above
    const CheckpointInfo* at(std::int64_t step) const;
  };
  void restart();  ///< another project
  void take(const ModelChoice& choice);
  bool mayTakeUp(int run) const;
  void refresh();  ///< reads the runs and their checkpoints anew
  void fillRuns();
  void fillSteps();
  void loadCheckpoint(const Entry& entry, const ModelChoice& choice);
  void load(const QString& title, std::function<std::shared_ptr<const Model>()> read);
  bool offers(const ModelChoice& choice) const;
  const StarterWeights* starterOfPreset(const std::string& preset) const;
  bool live(int run) const;
  bool offers(const std::string& preset) const;
  const Entry* find(int run) const;

  Session& m_session;
  Offers m_offers;
  Taker m_taker;
  QComboBox* m_runBox;
  QComboBox* m_stepBox;
  QLabel* m_state;
  QPushButton* m_about;                    ///< while starter weights are chosen
  std::vector<Entry> m_runs;               ///< with weights or in training, newest first
  std::vector<StarterWeights> m_starters;  ///< that draw new sprites
  ModelChoice m_choice;
  int m_liveRun = 0;  ///< the run of this project that was last in training
  bool m_loading = false;
  bool m_byHand = false;
};

}  // namespace loom
