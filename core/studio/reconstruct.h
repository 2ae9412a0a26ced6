// What a model makes of pictures it is shown: through its encoder, or by looking for their latents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/latent/inversion.h"
#include "core/latent/reconstruction.h"
#include "core/training/model.h"

namespace loom {

/// The reconstruction of each sprite. `views` holds an index into model->views for each, nothing where it is not known.
/// Through the encoder where the model has one; else by inversion, some seconds a sprite. `options.shown` counts for
/// both. `threads` are intra-op, 0: one a core. Throws Error, Cancelled.
std::vector<Reconstruction> reconstructSprites(const std::shared_ptr<const Model>& model,
                                               std::span<const Sprite> sprites,
                                               std::span<const std::optional<int>> views,
                                               const InversionOptions& options, JobMonitor& monitor, int threads = 0);

/// One picture of a folder, and where its reconstruction goes: OUT/VIEW/NAME.png as it lies in the folder.
struct ReconstructionFile {
  std::filesystem::path from;
  std::filesystem::path to;
  std::string view;
};
/// Throws Error when the folder holds no pictures, or when a picture would be written over itself.
std::vector<ReconstructionFile> reconstructionFiles(const std::filesystem::path& in, const std::filesystem::path& out);

struct ReconstructionReport {
  struct Skipped {
    std::filesystem::path file;
    std::string reason;
  };
  std::vector<std::filesystem::path> files;  ///< written
  std::vector<Skipped> skipped;
  bool inverted = false;  ///< without an encoder
  // Means over the files, against the clean pictures (core/latent/reconstruction.h).
  double l1 = 0;
  double accuracy = 0;
  std::optional<double> strongestChannel = {};
};

/// Reads, reconstructs and writes the files. A view that the model does not know is looked for among those it has. One
/// that cannot be read is skipped. Throws Error when not a single one could be read, Cancelled (what has been written
/// stays).
ReconstructionReport reconstructFiles(const std::shared_ptr<const Model>& model,
                                      const std::vector<ReconstructionFile>& files, const InversionOptions& options,
                                      JobMonitor& monitor);

}  // namespace loom
