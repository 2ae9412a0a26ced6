#include "tests/ui/turnaround_project.h"

#include "tests/base/temp_folder.h"
#include "tests/ui/tiny_project.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

/// Made at the first use, removed when the program ends.
struct Original {
  Original() {
    const Project project = makeTinyProject(folder / "p.loom", 12, {"back", "left", "front", "right"});
    TrainingRequest request;
    request.preset = "turnaround";
    request.settings = {{"size", 16}, {"features", 8}, {"key_depth", 8}, {"batch", 4}};
    request.steps = 2;
    request.seed = 5;
    request.device = "cpu";
    TrainingListener nobody;
    JobMonitor monitor;
    TrainingSession::start(project, request, nobody, monitor)->wait();
  }
  TempFolder folder;
};

const fs::path& original() {
  static const Original kOriginal;
  static const fs::path kFolder = kOriginal.folder / "p.loom";
  return kFolder;
}

fs::path freshFolder() {
  std::string pattern = (fs::temp_directory_path() / "loom-turn-XXXXXX").string();
  return fs::path(::mkdtemp(pattern.data())) / "p.loom";
}

}  // namespace

TurnaroundProject::TurnaroundProject() : m_folder(freshFolder()) {
  fs::copy(original(), m_folder, fs::copy_options::recursive);
}

TurnaroundProject::~TurnaroundProject() {
  std::error_code ignored;
  fs::remove_all(m_folder.parent_path(), ignored);
}

std::shared_ptr<const Model> TurnaroundProject::model() {
  const Project project = Project::open(original());
  return loadRunModel(project, findRun(project.catalogue(), "1"));
}

}  // namespace loom
