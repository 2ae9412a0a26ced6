// The projects that are worked on, killed and looked at, round after round, and what was promised of them so far.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "core/base/random_stream.h"
#include "core/project/project.h"
#include "tests/trust/checks.h"
#include "tests/trust/training_check.h"
#include "tests/trust/worker.h"

namespace loom::trust {

inline constexpr std::array<const char*, 5> kPhases{"import", "training", "checkpointing", "editing", "export"};

struct Tally {
  std::map<std::string, int> kills = {};
  std::map<std::string, std::int64_t> acknowledged = {};  ///< operations and checkpoints, by phase
  std::map<std::string, int> underWay = {};               ///< operations that a kill fell into
  std::map<std::string, int> happened = {};               ///< of those
  int mixedExports = 0;                                   ///< some files of a set old and some new
  int silentRuns = 0;                                     ///< begun, without having said so
  int comparedRuns = 0;                                   ///< to the bit
  int killsOfComparedRuns = 0;
  std::int64_t missingRows = 0;  ///< of metrics, in those
  Leftovers leftovers = {};
};

class World {
 public:
  /// Makes the reference trainings. `folder` is new or empty.
  World(std::filesystem::path folder, std::filesystem::path worker, std::uint64_t seed);

  /// New projects in the place of the old ones.
  void renew();
  /// Works until the kill, and checks. Throws Broken. `meanwhile` is called between the two.
  void round(const std::string& phase, const KillPlan& plan, const std::function<void()>& meanwhile = {});
  /// When to kill in a round of that phase.
  KillPlan drawPlan(const std::string& phase);
  /// Trains the run that is being killed to its end and compares it, where there is one.
  void finishRun();

  const Tally& tally() const { return m_tally; }
  std::filesystem::path folder() const { return m_folder; }
  Project project(const std::string& phase) const;
  const Json& state(const std::string& phase) const;
  int run() const { return m_run.number; }

 private:
  struct Heard;
  Heard listen(const std::string& phase, const WorkerEnd& end);
  void checkStudio(const std::string& phase, const Heard& heard);
  void checkTraining(const std::string& phase, const Heard& heard);
  void count(const std::string& phase, const Heard& heard, bool happened);

  const std::filesystem::path m_folder;
  const std::filesystem::path m_worker;
  RandomStream m_random;
  Json m_studio, m_training;  ///< what was acknowledged of each project
  PromisedRun m_run;
  int m_kind = 0;
  int m_killsOfRun = 0;
  int m_lastRun = 0;
  Tally m_tally;
};

}  // namespace loom::trust
