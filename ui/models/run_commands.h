// Naming, deleting and restoring runs as undo steps over the catalogue.
#pragma once

#include <QString>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

/// Each changes the catalogue, pushes its undo step, and tells the session; what cannot be done is said to the user.
void renameRun(Session& session, int run, const QString& name);
void deleteRuns(Session& session, const std::vector<int>& runs);
void restoreRuns(Session& session, const std::vector<int>& runs);

/// Lets the session's history make these steps again.
void addRunKinds(Session& session);

}  // namespace loom
