// Which characters are held out of training, changed as an undo step.
#pragma once

#include "ui/bridge/session.h"

namespace loom {

/// Saves `after` with the project and pushes the step; what cannot be saved is said to the user.
void changeSplit(Session& session, const SplitSettings& before, const SplitSettings& after);

/// Lets the session's history make these steps again.
void addSplitKinds(Session& session);

}  // namespace loom
