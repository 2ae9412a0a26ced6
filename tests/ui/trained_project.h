// A small project with two trained runs for the tests of pages: made once, copied for each test.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/studio/studio.h"

namespace loom {

/// A copy of the project in a temporary folder, removed at the end. Run 1 is a dcgan (latent 10), run 2 a
/// conditional-dcgan (latent 12, four views), both 32 px, RGBA, 2 steps old: enough to draw different noise for
/// different latents.
class TrainedProject {
 public:
  TrainedProject();
  ~TrainedProject();
  TrainedProject(const TrainedProject&) = delete;
  TrainedProject& operator=(const TrainedProject&) = delete;

  const std::filesystem::path& folder() const { return m_folder; }

  /// The weights of the run of that preset.
  static std::shared_ptr<const Model> model(const std::string& preset);

 private:
  std::filesystem::path m_folder;
};

}  // namespace loom
