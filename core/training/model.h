// A trained generator or turnaround as an immutable value: what drawing needs, free of LibTorch, safe to share between
// threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/settings.h"
#include "core/base/tensor_file.h"
#include "core/image/edit.h"

namespace loom {

struct Model {
  std::string preset;
  std::string network;
  Json settings = Json::object();  ///< complete
  std::vector<std::string> views;  ///< {kAnyView} for a model that knows no views
  PixelRect content = {};          ///< what its sprites fill of the square; empty: all of it
  std::int64_t step = 0;
  int run = 0;  ///< 0: not from a run of this project
  /// "generator.*" (averaged weights where there are any) and, where the network has an encoder, "encoder.*". Latents
  /// are standard normal numbers everywhere; where the codes of a network are not (a plain autoencoder's), "prior.mean"
  /// (latent) and "prior.factor" (latent x latent) make codes of them: code = mean + factor * latent. Of a turnaround
  /// "turnaround.*" alone.
  TensorFile weights;

  int latentSize() const;  ///< Throws Error for a turnaround, which draws no latents.
  int side() const { return settings.at("size").get<int>(); }
  int channels() const;  ///< Throws Error likewise: it sees and gives palettes.
};

/// Reads a checkpoint's generator, encoder and prior, or its turnaround (not its critic or optimisers). Throws Error
/// when the file is damaged or no model.
std::shared_ptr<const Model> loadModel(const std::filesystem::path& checkpoint);

struct CheckpointInfo {
  std::filesystem::path file;
  std::int64_t step = 0;
};
/// The whole checkpoints of a run folder, oldest first. Leftovers of a crash are not among them.
std::vector<CheckpointInfo> checkpoints(const std::filesystem::path& runFolder);
/// The best model of a run by its preset's objective; it is none of the checkpoints above, and no run continues from
/// it. Nothing where none was kept.
std::optional<CheckpointInfo> bestCheckpoint(const std::filesystem::path& runFolder);

}  // namespace loom
