// The pictures of the recipes: grids of samples, real beside fake, one character in all views.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/job_monitor.h"
#include "core/project/project.h"

namespace loom {

enum class PictureKind { kSamples, kRealFake, kViews };
/// "samples", "real-fake", "views". Throws Error for another word.
PictureKind parsePictureKind(const std::string& text);

/// samples: 8x8 sprites; real-fake: 8x8 real ones left, 8x8 made ones right; views: 8 characters, a row each, a column
/// a view. On transparent ground with 1 px between cells.
Sprite makeGrid(const Project& project, const RunInfo& run, PictureKind kind, std::uint64_t seed, JobMonitor& monitor);

}  // namespace loom
