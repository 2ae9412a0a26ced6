// The step that takes enlarged art back to its native size, and the grid it keeps.
#pragma once

#include "core/image/cleaning.h"
#include "core/image/pixel_grid.h"

namespace loom {

/// The settings of the "upscaling" step for a grid that is known; those of kNone leave sprites as they are.
Json upscalingSettings(const PixelGrid& grid);

namespace cleaning {
CleaningKind upscalingKind();
}

}  // namespace loom
