// All kinds of steps over the catalogue that the history of a session can make again.
#pragma once

#include "ui/bridge/session.h"

namespace loom {

/// Before a project is opened; steps of an editor are added with it.
void addUndoKinds(Session& session);

}  // namespace loom
