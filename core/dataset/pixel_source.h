// Where long looks at many sprites get their pixels from, and how they spread over the cores.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/project/catalogue.h"

namespace loom {

/// The pixels of a sprite. Called on the thread that asked for the work alone, as a Catalogue wants it.
using PixelSource = std::function<Sprite(SpriteId)>;
/// From a catalogue, which must outlive the result.
PixelSource pixelsFrom(const Catalogue& catalogue);

/// Calls `look(index, pixels)` once for every sprite, on all cores and in no certain order, under the stage `stage`.
/// A few hundred sprites are in memory at a time. Throws what `pixels` throws, and Cancelled.
void lookAtSprites(std::span<const SpriteInfo> sprites, const PixelSource& pixels, const std::string& stage,
                   const std::function<void(std::size_t, const Sprite&)>& look, JobMonitor& monitor);

}  // namespace loom
