// A small project with a trained turnaround for the tests of its page: made once, copied for each test.
#pragma once

#include <filesystem>

#include "core/studio/studio.h"

namespace loom {

/// A copy of the project in a temporary folder, removed at the end. Twelve characters of 16 x 16 px, "0" to "11", seen
/// from four sides; run 1 is a turnaround, 2 steps old: enough to draw different things for different views.
class TurnaroundProject {
 public:
  TurnaroundProject();
  ~TurnaroundProject();
  TurnaroundProject(const TurnaroundProject&) = delete;
  TurnaroundProject& operator=(const TurnaroundProject&) = delete;

  const std::filesystem::path& folder() const { return m_folder; }
  /// The run's weights.
  static std::shared_ptr<const Model> model();

 private:
  std::filesystem::path m_folder;
};

}  // namespace loom
