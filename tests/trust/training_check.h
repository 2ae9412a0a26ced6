// Whether a run that was killed is what was promised, and comes to the bit to where one that was not arrives.
#pragma once

#include <cstdint>

#include "core/project/project.h"

namespace loom::trust {

/// Trains every kind once without disturbing it: run 1 + kind.
void makeReference(const Project& reference);

/// What the journal said of the run that is being trained.
struct PromisedRun {
  int number = 0;               ///< 0: none was acknowledged
  std::int64_t checkpoint = 0;  ///< the newest one that was acknowledged
  bool finished = false;
};

/// Sets the runs right, as opening the program does, and checks that none is "running", that the newest checkpoint is
/// the promised one or a later one, loads whole, and that its metrics are there. Returns whether the run has finished.
bool checkRun(const Project& project, const PromisedRun& promised);
/// The run that a killed start left without having said so, if it can be gone on with; one that cannot is deleted.
int runBegunInSilence(const Project& project, int lastKnown);

/// Trains the run to its end and compares it with the reference. Throws Broken where any weight, optimiser state,
/// random stream or metric differs. Returns how many rows of metrics are missing.
std::int64_t finishToTheBit(const Project& project, int run, const Project& reference, int kind);

}  // namespace loom::trust
