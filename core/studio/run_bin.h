// Deleting runs: to the project's bin first, from where they come back whole, then for good.
#pragma once

#include <span>
#include <vector>

#include "core/project/project.h"

namespace loom {

/// Puts runs into the bin. Throws Error, and bins none of them, when one is being trained, here or by another program.
void binRuns(const Project& project, Catalogue& catalogue, std::span<const int> numbers);

/// Removes a run's record, metrics and files. Favourites made from it stay, and who is to be credited for them too.
/// Throws Error when it is being trained, or when a file cannot be deleted; the run is then still in the bin, to be
/// deleted another time. Returns the bytes freed.
std::int64_t removeRunForGood(const Project& project, int number);

/// What a run that is gone for good was trained on, if favourites were made from it.
std::vector<SpriteId> spritesOfRemovedRun(const Catalogue& catalogue, int number);

}  // namespace loom
