// Procedural pixel-art characters of our own: something to train on before any file is at hand.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/base/job_monitor.h"
#include "core/dataset/importer.h"
#include "core/image/sprite.h"
#include "core/project/project.h"

namespace loom {

struct StarterCharacter {
  std::array<Sprite, 4> views;  ///< back, left, front, right; 64x64, alpha 0 or 255, at most 32 colours each
  std::string tags;             ///< "knight female slim plate sword …": what was drawn
};

/// The same seed and number give the same character on every machine; any two numbers below 2^27 give different ones.
StarterCharacter starterCharacter(std::uint64_t seed, std::uint64_t number);

/// Puts `characters` characters into the catalogue, as characters "starter-SEED-0000", … with the views above. Numbers
/// that the project has already are passed over, so that the same seed again goes on where it ended. One transaction:
/// a cancelled call leaves nothing. Throws Error for a negative count.
ImportReport addStarterSet(const Project& project, int characters, std::uint64_t seed, JobMonitor& monitor);

}  // namespace loom
