#include "core/studio/model_files.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/latent/model_check.h"
#include "core/nets/half_weights.h"
#include "core/studio/run_files.h"
#include "core/studio/sprite_credits.h"
#include "core/training/checkpoint.h"
#include "core/training/preset.h"

namespace loom {
namespace {

constexpr const char* kCredits = "credits";

/// The recipe of a file, checked against this program's presets before any network is built from it.
Model checkedRecipe(const std::map<std::string, std::string>& metadata, const std::filesystem::path& file) {
  Model model = modelFrom(metadata, file);
  const auto fits = [](const std::string& view) {
    return !view.empty() && std::cmp_less_equal(view.size(), limits::kMaxNameLength);
  };
  if (std::cmp_greater(model.views.size(), limits::kMaxModelViews) || !std::ranges::all_of(model.views, fits)) {
    throw Error(file.string() + " describes more views, or longer names of them, than there can be",
                "it is damaged: take another one", file);
  }
  try {
    const Preset& known = preset(model.preset);
    if (known.network != model.network) {
      throw Error("its network '" + model.network + "' is not the preset's '" + known.network + "'");
    }
    model.settings = known.schema.complete(model.settings);
  } catch (const Error& error) {
    throw Error(file.string() + " does not fit this version: " + error.what(), "open it with the version that wrote it",
                file);
  }
  return model;
}

/// Takes a run that could not be filled out of the project again.
class UnlessKept {
 public:
  UnlessKept(const Project& project, const RunInfo& run) : m_project(project), m_run(run) {}
  UnlessKept(const UnlessKept&) = delete;
  UnlessKept& operator=(const UnlessKept&) = delete;
  ~UnlessKept() {
    if (m_kept) return;
    try {
      m_project.catalogue().removeRun(m_run.number);
      std::filesystem::remove_all(m_project.runFolder(m_run));
    } catch (...) {  // the error under way says more
    }
  }
  void keep() { m_kept = true; }

 private:
  const Project& m_project;
  const RunInfo& m_run;
  bool m_kept = false;
};

void fillFolder(const std::filesystem::path& folder, const Model& model, TensorFile weights,
                const std::filesystem::path& source, const std::string& credits) {
  std::error_code problem;  // told by the first file that cannot be written
  std::filesystem::create_directories(folder / "checkpoints", problem);
  std::filesystem::create_directories(folder / "samples", problem);
  writeRecipe(folder, {{"preset", model.preset},
                       {"settings", model.settings},
                       {"imported", source.filename().string()},
                       {"metrics", Json::array()}});
  describeModel(model, weights.metadata);
  saveTensorFile(checkpointFile(folder, model.step), weights);
  if (!credits.empty()) writeRunCredits(folder, credits);
  appendRunLog(folder, "imported from " + source.string());
}

}  // namespace

void exportModel(const Project& project, const RunInfo& run, Weights which, const std::filesystem::path& target,
                 Precision precision) {
  const auto checkpoint = checkpointOf(project, run, which);
  if (!checkpoint) {
    throw Error("run " + std::to_string(run.number) + " has no checkpoint yet",
                "train it for longer, or write a checkpoint now");
  }
  const Model model = modelFrom(loadTensorMetadata(checkpoint->file), checkpoint->file);
  TensorFile file = loadModelParts(checkpoint->file);
  file.metadata.clear();
  describeModel(model, file.metadata);
  file.metadata["spriteloom"] = SPRITELOOM_VERSION;
  if (const std::string credits = creditsForRun(project, run); !credits.empty()) file.metadata[kCredits] = credits;
  if (precision == Precision::kHalf) halve(file);
  saveTensorFile(target, file);
}

RunInfo importModel(const Project& project, const std::filesystem::path& source) {
  TensorFile file = loadModelParts(source);
  Model model = checkedRecipe(file.metadata, source);
  const auto credits = file.metadata.find(kCredits);
  const std::string names = credits != file.metadata.end() ? credits->second : std::string();
  TensorFile weights = checkedWeights(model, file, source);

  Catalogue catalogue = project.catalogue();
  RunInfo run =
      catalogue.createRun(model.preset, model.settings, model.step,
                          {{"program", "spriteloom " SPRITELOOM_VERSION}, {"imported", source.filename().string()}});
  UnlessKept undo(project, run);
  model.run = run.number;
  fillFolder(project.runFolder(run), model, std::move(weights), source, names);
  run.status = RunStatus::kFinished;
  run.steps = model.step;
  catalogue.updateRun(run);
  undo.keep();
  return run;
}

}  // namespace loom
