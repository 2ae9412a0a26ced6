#include "tests/studio/trained_runs.h"

#include <cstdlib>

#include "core/dataset/starter.h"
#include "core/studio/training_session.h"

namespace loom::test {
namespace {

namespace fs = std::filesystem;

fs::path freshFolder() {
  std::string pattern = (fs::temp_directory_path() / "loom-runs-XXXXXX").string();
  return mkdtemp(pattern.data());
}

void train(const Project& project, const std::string& preset, std::int64_t steps, Json settings) {
  TrainingRequest request;
  request.preset = preset;
  settings.update({{"size", 16}, {"features", 4}, {"latent", 6}, {"batch", 8}});
  request.settings = std::move(settings);
  request.steps = steps;
  request.seed = 5;
  request.device = "cpu";
  request.precision = "fp32";
  TrainingListener nobody;
  JobMonitor monitor;
  TrainingSession::start(project, request, nobody, monitor)->wait();
}

/// Made at the first use, removed when the program ends.
struct Original {
  Original() : folder(freshFolder()) {
    const Project project = Project::create(folder / "p.loom");
    JobMonitor monitor;
    addStarterSet(project, 8, 3, monitor);
    train(project, "autoencoder", 6, {{"channels", 4}, {"evaluate_every", 3}});
    // Long enough for the latent to show: BatchNorm's running statistics have arrived.
    train(project, "conditional-dcgan", 60, {{"view_embedding", 2}});
  }
  ~Original() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  fs::path folder;
};

}  // namespace

TrainedRuns::TrainedRuns() : m_scratch(freshFolder()) {
  static const Original original;
  fs::copy(original.folder, m_scratch, fs::copy_options::recursive);
}

TrainedRuns::~TrainedRuns() {
  std::error_code ignored;
  fs::remove_all(m_scratch, ignored);
}

}  // namespace loom::test
