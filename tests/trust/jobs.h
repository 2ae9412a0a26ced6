// What the worker does until it is killed. Before each operation it says {"will": operation}, after it {"done": true}.
#pragma once

#include "core/base/json.h"
#include "core/base/random_stream.h"
#include "core/project/project.h"

namespace loom::trust {

struct Work {
  Project project;
  Json state;  ///< what the project holds, as far as it was acknowledged
  RandomStream random;
  int number = 0;  ///< of what the job begins with: a batch, or the run to go on with
  int kind = 0;    ///< of a new training
};

void importBatches(Work& work);
void edit(Work& work);
void exportFiles(Work& work);
/// Trains one run to its end, `checkpointEvery` so many steps, and keeps favourites meanwhile. It says {"run": N} once
/// the run was begun, {"checkpoint": step} for each one and {"finished": N} at the end.
void train(Work& work, int checkpointEvery);

}  // namespace loom::trust
