// What a project must hold after the operations that were acknowledged, and the operations themselves.
//
// An operation is a JSON object {"op": …}. The worker performs it on a catalogue, the harness on a state: an object of
// favourites, sprites, values, steps and exports. Both choose and number alike, so no answer of the program is
// believed.
#pragma once

#include "core/base/json.h"
#include "core/base/random_stream.h"
#include "core/project/project.h"

namespace loom::trust {

/// The state of a project without anything.
Json emptyState();
/// The state of a project after addTrainingSprites.
Json trainingState(const Project& project);
/// The state after an operation.
void promise(Json& state, const Json& operation);

/// An edit that makes sense in that state; of favourites, values and steps alone where `sprites` is false.
Json chooseEdit(RandomStream& random, const Json& state, bool sprites);
/// Throws what the catalogue throws.
void perform(const Project& project, Catalogue& catalogue, const Json& operation);

/// What can be seen of a state, and what is to be seen in a catalogue: equal where every promise was kept.
Json visible(const Json& state);
Json visible(const Catalogue& catalogue);
/// Gives the sprites of imports the ids that they got in the catalogue.
void adoptSprites(Json& state, const Json& seen);

}  // namespace loom::trust
