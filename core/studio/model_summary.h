// The layers of what a preset trains, or a run has trained, for people to read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/nets/summary.h"
#include "core/project/project.h"

namespace loom {

struct PartSummary {
  std::string name;  ///< "generator", "critic", "encoder", "turnaround"
  NetworkSummary network;
};

struct ModelSummary {
  std::string preset;
  std::string network;
  std::vector<PartSummary> parts;  ///< those the preset trains, the generator first

  std::int64_t parameters() const;  ///< of all parts
  std::int64_t drawing() const;     ///< multiply-adds of the generator for one sprite, of a turnaround for all views
};

/// `settings` are what differs from the preset's defaults; `views` counts where the network is told the view. Builds
/// the networks: tens of milliseconds, and memory for their weights. Throws Error for a preset or settings that cannot
/// be.
ModelSummary summarisePreset(const std::string& preset, const Json& settings, int views);
/// Of what the run trains, with the views of its sprites where it has a checkpoint, else of the project's.
ModelSummary summariseRun(const Project& project, const RunInfo& run);

/// "256 x 8 x 8".
std::string shapeText(const LayerSummary& layer);

}  // namespace loom
