// Cleaning sprites, replaying their steps, and drawing over them, as undo steps: each is a job over the catalogue.
#pragma once

#include <QString>
#include <functional>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

/// Called on the GUI thread when the job is done; not when it failed or was cancelled (the session has said so).
using CleaningDone = std::function<void(const CleaningReport&)>;

/// Applies steps to sprites. With nothing changed there is no undo step.
void cleanSprites(Session& session, std::vector<SpriteId> ids, std::vector<CleaningStep> steps, CleaningDone done = {});
/// Gives sprites the steps that `edit` makes of theirs, from their originals on. `what` names the undo step.
void replaySteps(Session& session, std::vector<SpriteId> ids, const QString& what, StepEdit edit,
                 CleaningDone done = {});
/// Takes over new pixels for a sprite.
void editSprite(Session& session, SpriteId id, const Sprite& pixels, const QString& what, CleaningDone done = {});

/// One field of some sprites set to a value. Nothing happens when all have it.
void setSpriteField(Session& session, const std::vector<SpriteId>& ids, SpriteField field, const std::string& value);
/// Tags added to and taken from what each sprite has.
void changeTags(Session& session, const std::vector<SpriteId>& ids, const std::string& add, const std::string& remove);

/// Lets the session's history make these steps again.
void addCleaningKinds(Session& session);

}  // namespace loom
