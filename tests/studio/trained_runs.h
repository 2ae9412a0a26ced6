// A small project with a trained autoencoder and a trained GAN: made once, copied for each test.
#pragma once

#include <filesystem>

#include "core/project/project.h"

namespace loom::test {

inline constexpr int kAutoencoderRun = 1;  ///< plain, 4 channels
inline constexpr int kGanRun = 2;          ///< conditional, four views

/// A copy in a temporary folder, removed at the end. 8 starter characters in four views; runs of 16 px, 6 steps old.
class TrainedRuns {
 public:
  TrainedRuns();
  ~TrainedRuns();
  TrainedRuns(const TrainedRuns&) = delete;
  TrainedRuns& operator=(const TrainedRuns&) = delete;

  const std::filesystem::path& scratch() const { return m_scratch; }  ///< for what a test writes
  Project project() const { return Project::open(m_scratch / "p.loom"); }
  RunInfo run(int number) const { return project().catalogue().run(number); }

 private:
  std::filesystem::path m_scratch;
};

}  // namespace loom::test
