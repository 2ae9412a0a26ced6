// The missing views of characters that lie in folders.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/latent/turnaround.h"
#include "core/training/model.h"

namespace loom {

/// One character of a folder: the pictures there are of it, and where those that are missing go.
struct TurnaroundCharacter {
  struct File {
    std::filesystem::path file;
    int view = 0;  ///< index into the model's views
  };
  std::string name;
  std::vector<File> seen;
  std::vector<File> missing;  ///< OUT/VIEW/NAME.png
};

struct TurnaroundReport {
  struct Skipped {
    std::filesystem::path file;
    std::string reason;
  };
  std::vector<std::filesystem::path> files;  ///< written
  std::vector<Skipped> skipped;              ///< pictures, or the first one of a character
  int characters = 0;                        ///< that views were drawn of
  double confidence = 0;                     ///< mean over the characters and the pixels drawn, 0..1
};

/// The characters of IN/VIEW/NAME.png by name. A picture whose folder is no view of the model, or of which there are
/// two, goes into `report.skipped`. Throws Error when the folder holds no pictures, or the model is no turnaround.
std::vector<TurnaroundCharacter> turnaroundCharacters(const Model& model, const std::filesystem::path& in,
                                                      const std::filesystem::path& out, TurnaroundReport& report);

/// Reads, draws and writes, and adds to `report`. A picture that cannot be read is skipped, and the character drawn
/// from its others; its own view is then left as it is. Throws Error when views of not a single character could be
/// drawn, Cancelled (what has been written stays).
void turnFiles(const std::shared_ptr<const Model>& model, const std::vector<TurnaroundCharacter>& characters,
               const TurnaroundOptions& options, TurnaroundReport& report, JobMonitor& monitor);

}  // namespace loom
