#include "core/studio/starter_weights.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/tensor_file.h"
#include "core/studio/runs.h"
#include "core/training/checkpoint.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWord = "starter";

fs::path weightsFile(const std::string& preset) {
  return starterFolder() / (preset + ".safetensors");
}

/// Nothing where the folder has no such file. Throws Error for one that is damaged, of another version, or lacks its
/// card.
std::optional<StarterWeights> read(const Preset& preset) {
  const fs::path file = weightsFile(preset.name);
  std::error_code problem;
  if (!fs::exists(file, problem)) return {};
  StarterWeights starter{.preset = preset.name,
                         .file = file,
                         .model = modelFrom(loadTensorMetadata(file), file),
                         .card = readStarterCard(fs::path(file).replace_extension(".json"))};
  if (starter.model.preset != preset.name || starter.model.network != preset.network) {
    throw Error(file.string() + " holds weights of the preset '" + starter.model.preset + "'",
                "install the program again", file);
  }
  starter.model.settings = preset.schema.complete(starter.model.settings);
  starter.model.run = 0;
  return starter;
}

bool serves(const std::string& preset, StarterUse use) {
  return drawsNewSprites(preset) == (use == StarterUse::kDraw);
}

std::string known() {
  std::string names;
  for (const StarterWeights& starter : starterWeights()) names += (names.empty() ? "" : ", ") + starter.preset;
  return names.empty() ? "train a run of your own, then name it or 'last'"
                       : "those there are: " + names + "; or train a run of your own, then name it or 'last'";
}

/// Models by file while somebody holds them.
class Shared {
 public:
  std::shared_ptr<const Model> at(const fs::path& file) {
    const std::lock_guard lock(m_mutex);
    std::weak_ptr<const Model>& slot = m_models[file];
    if (auto model = slot.lock()) return model;
    auto model = std::make_shared<Model>(*loadModel(file));
    model->run = 0;  // the number that it had where it was trained means nothing here
    slot = model;
    return model;
  }

 private:
  std::mutex m_mutex;
  std::map<fs::path, std::weak_ptr<const Model>> m_models;
};

}  // namespace

fs::path starterFolder() {
  if (const char* chosen = std::getenv("SPRITELOOM_MODELS"); chosen != nullptr && *chosen != '\0') return chosen;
  std::error_code problem;
  const fs::path program = fs::read_symlink("/proc/self/exe", problem);
  return program.parent_path().parent_path() / "share" / "spriteloom" / "models";
}

std::vector<StarterWeights> starterWeights() {
  std::vector<StarterWeights> all;
  for (const Preset& preset : presets()) {
    try {
      if (auto starter = read(preset)) all.push_back(*std::move(starter));
    } catch (const Error&) {  // whoever asks for it by name is told
    }
  }
  return all;
}

StarterWeights starterOf(const std::string& name) {
  if (auto starter = read(preset(name))) return *std::move(starter);
  throw Error("the program comes with no starter weights of the preset '" + name + "'", known());
}

std::shared_ptr<const Model> loadStarter(const StarterWeights& starter) {
  static Shared shared;
  return shared.at(starter.file);
}

std::string starterCredits(const StarterWeights& starter) {
  std::string text = "Credits for sprites drawn by the starter weights '" + starter.card.title + "'\n";
  for (const StarterCard::Data& data : starter.card.data) {
    std::string artists;
    for (const std::string& artist : data.artists) artists += (artists.empty() ? "" : ", ") + artist;
    text += "\nAuthor:     " + artists + "\nLicence:    " + data.licence + "\nSource:     " + data.name + ", " +
            data.source + "\n";
  }
  return text;
}

RunInfo starterRun(const StarterWeights& starter) {
  return {.name = starter.card.title,
          .preset = starter.preset,
          .settings = starter.model.settings,
          .status = RunStatus::kFinished,
          .steps = starter.model.step};
}

bool isStarter(const RunInfo& run) {
  return run.number == 0;
}

bool namesStarter(const std::string& word) {
  return word == kWord || word.starts_with(std::string(kWord) + ':');
}

StarterWeights starterFor(const std::string& word, StarterUse use) {
  if (word.size() > kWord.size()) return starterOf(word.substr(kWord.size() + 1));
  for (StarterWeights& starter : starterWeights()) {
    if (serves(starter.preset, use)) return std::move(starter);
  }
  throw Error(use == StarterUse::kDraw ? "the program comes with no starter weights that draw new characters"
                                       : "the program comes with no starter weights that draw missing views",
              known());
}

RunInfo runOrStarter(const Catalogue& catalogue, int number, const std::string& preset) {
  return number > 0 ? catalogue.run(number) : starterRun(starterOf(preset));
}

RunInfo findRunOrStarter(const Catalogue& catalogue, const std::string& word, StarterUse use) {
  return namesStarter(word) ? starterRun(starterFor(word, use)) : findRun(catalogue, word);
}

}  // namespace loom
