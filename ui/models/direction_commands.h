// Keeping, renaming, pinning and removing directions as undo steps over the catalogue.
#pragma once

#include <QString>
#include <cstdint>

#include "ui/bridge/session.h"

namespace loom {

/// Each changes the catalogue, pushes its undo step, and tells the session; a database that fails is said to the user.
void keepDirection(Session& session, const KeptDirection& direction, const QString& text);
void renameDirection(Session& session, std::int64_t id, const QString& before, const QString& after);
void pinDirection(Session& session, std::int64_t id, bool pinned);
void removeDirection(Session& session, std::int64_t id, const QString& name);

/// Lets the session's history make these steps again.
void addDirectionKinds(Session& session);

}  // namespace loom
