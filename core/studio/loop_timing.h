// When the pictures of loops change. Private to loops.h.
#pragma once

#include <cstddef>
#include <vector>

#include "core/studio/loops.h"

namespace loom {

/// One a change of any track. Changes that follow too fast for a film are shown at once.
std::vector<Loop::Frame> loopFrames(const std::vector<Loop::Track>& tracks);

/// The view that a track shows `at` milliseconds after its beginning.
std::size_t viewAt(const Loop::Track& track, int at);

}  // namespace loom
