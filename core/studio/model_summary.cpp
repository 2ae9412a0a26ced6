#include "core/studio/model_summary.h"

#include <algorithm>

#include "core/studio/runs.h"
#include "core/studio/starter_weights.h"
#include "core/training/checkpoint.h"
#include "core/training/preset.h"

namespace loom {
namespace {

std::string partName(NetworkPart part) {
  switch (part) {
    case NetworkPart::kGenerator:
      return "generator";
    case NetworkPart::kCritic:
      return "critic";
    case NetworkPart::kTurnaround:
      return "turnaround";
    case NetworkPart::kEncoder:
      break;
  }
  return "encoder";
}

/// Of the parts a network has, those that the preset's training uses.
bool isTrained(const Preset& preset, NetworkPart part) {
  if (part == NetworkPart::kTurnaround) return true;
  const bool autoencoder = preset.training == "autoencoder";
  return part == NetworkPart::kGenerator || (part == NetworkPart::kEncoder) == autoencoder;
}

}  // namespace

std::int64_t ModelSummary::parameters() const {
  std::int64_t sum = 0;
  for (const PartSummary& part : parts) sum += part.network.parameters;
  return sum;
}

std::int64_t ModelSummary::drawing() const {
  return parts.empty() ? 0 : parts.front().network.multiplyAdds;
}

ModelSummary summarisePreset(const std::string& name, const Json& settings, int views) {
  const Preset& chosen = preset(name);
  const Json complete = chosen.schema.complete(settings);
  ModelSummary summary{.preset = name, .network = chosen.network, .parts = {}};
  std::vector<NetworkPart> parts = networkParts(chosen.network);
  std::ranges::sort(parts);
  for (const NetworkPart part : parts) {
    if (!isTrained(chosen, part)) continue;
    summary.parts.push_back({partName(part), summarise(chosen.network, part, complete, views)});
  }
  return summary;
}

ModelSummary summariseRun(const Project& project, const RunInfo& run) {
  if (isStarter(run)) {
    return summarisePreset(run.preset, run.settings, static_cast<int>(starterOf(run.preset).model.views.size()));
  }
  const auto newest = newestCheckpoint(project, run);
  const std::size_t views = newest ? modelFrom(loadTensorMetadata(newest->file), newest->file).views.size()
                                   : project.catalogue().counts().views.size();
  return summarisePreset(run.preset, run.settings, static_cast<int>(std::max<std::size_t>(1, views)));
}

std::string shapeText(const LayerSummary& layer) {
  std::string text;
  for (const std::int64_t length : layer.shape) text += (text.empty() ? "" : " x ") + std::to_string(length);
  return text;
}

}  // namespace loom
