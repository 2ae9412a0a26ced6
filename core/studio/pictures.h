// The pictures of the recipes: grids of samples, real beside fake, one character in all views, what an autoencoder
// makes of sprites and of noise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/project/project.h"
#include "core/studio/runs.h"

namespace loom {

enum class PictureKind { kSamples, kRealFake, kViews, kOriginals, kReconstructions, kDenoised };
/// "samples", "real-fake", "views", "originals", "reconstructions", "denoised".
const std::vector<std::string>& pictureKindNames();
/// Throws Error for another word.
PictureKind parsePictureKind(const std::string& text);

struct PictureOptions {
  std::uint64_t seed = 0;
  Weights weights = Weights::kNewest;
  std::optional<double> noise = {};  ///< kDenoised: its deviation on the scale [-1, 1]; nothing: the run's own, or .9
};

/// samples: 8x8 sprites, of an autoencoder 10x10; real-fake: 8x8 real ones left, 8x8 made ones right; views: 8
/// characters, a row each, a column a view. originals: 10x10 sprites; reconstructions: what the model makes of the same
/// ones; denoised: 10 of them, a row each: clean, noisy, made of the noisy one. These three show sprites the run was
/// not trained on, where there are any. On transparent ground with 1 px between cells. Throws Error, also for
/// reconstructions of a model without an encoder.
Sprite makeGrid(const Project& project, const RunInfo& run, PictureKind kind, const PictureOptions& options,
                JobMonitor& monitor);

}  // namespace loom
