#include "tests/ui/trained_project.h"

#include <unistd.h>

#include <atomic>

namespace loom {
namespace {

namespace fs = std::filesystem;

fs::path freshFolder() {
  static std::atomic<int> number = 0;
  return fs::temp_directory_path() /
         ("spriteloom-ui-" + std::to_string(::getpid()) + "-" + std::to_string(number++) + ".loom");
}

void train(const Project& project, const std::string& preset, int latent) {
  TrainingRequest request;
  request.preset = preset;
  request.settings = {{"size", 32}, {"features", 8}, {"latent", latent}, {"batch", 8}, {"preview_every", 1}};
  request.steps = 2;
  request.seed = 5;
  TrainingListener listener;
  JobMonitor monitor;
  TrainingSession::start(project, request, listener, monitor)->wait();
}

/// Made at the first use, removed when the program ends.
struct Original {
  Original() : folder(freshFolder()) {
    const Project project = Project::create(folder);
    JobMonitor monitor;
    addStarterSet(project, 8, 3, monitor);
    train(project, "dcgan", 10);
    train(project, "conditional-dcgan", 12);
  }
  ~Original() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  fs::path folder;
};

const Original& original() {
  static const Original kOriginal;
  return kOriginal;
}

}  // namespace

TrainedProject::TrainedProject() : m_folder(freshFolder()) {
  fs::copy(original().folder, m_folder, fs::copy_options::recursive);
}

TrainedProject::~TrainedProject() {
  std::error_code ignored;
  fs::remove_all(m_folder, ignored);
}

std::shared_ptr<const Model> TrainedProject::model(const std::string& preset) {
  const Project project = Project::open(original().folder);
  return loadRunModel(project, findRun(project.catalogue(), preset == "dcgan" ? "1" : "2"));
}

}  // namespace loom
