#include "core/studio/turnaround_files.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/natural_order.h"
#include "core/image/codec.h"
#include "core/studio/characters.h"
#include "core/studio/drawing.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::optional<int> viewIndex(const Model& model, const std::string& view) {
  const auto found = std::ranges::find(model.views, view);
  return found == model.views.end() ? std::nullopt : std::optional(static_cast<int>(found - model.views.begin()));
}

std::string known(const Model& model) {
  std::string names;
  for (const std::string& view : model.views) names += (names.empty() ? "" : ", ") + view;
  return names;
}

/// A sprite for each view that could be read.
std::vector<std::optional<Sprite>> readViews(const TurnaroundCharacter& character, const Model& model,
                                             TurnaroundReport& report) {
  std::vector<std::optional<Sprite>> views(model.views.size());
  for (const auto& [file, view] : character.seen) {
    try {
      views[static_cast<std::size_t>(view)] = readImage(file);
    } catch (const Error& error) {
      report.skipped.push_back({file, error.what()});
    }
  }
  return views;
}

double mean(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(std::max<std::size_t>(1, values.size()));
}

/// Writes the views that are wanted of those made. Returns the mean of how sure the model is of them.
double save(const std::vector<TurnedView>& made, const TurnaroundCharacter& character, TurnaroundReport& report) {
  double sure = 0;
  for (const auto& [file, view] : character.missing) {
    const auto found = std::ranges::find(made, view, &TurnedView::view);
    std::error_code problem;  // a folder that cannot be made is told by the file that cannot be written
    fs::create_directories(file.parent_path(), problem);
    writePng(file, found->sprite);
    report.files.push_back(file);
    sure += mean(found->confidence);
  }
  return sure / static_cast<double>(character.missing.size());
}

}  // namespace

std::vector<TurnaroundCharacter> turnaroundCharacters(const Model& model, const fs::path& in, const fs::path& out,
                                                      TurnaroundReport& report) {
  if (!isTurnaround(model)) {
    throw Error("a model of the preset '" + model.preset + "' draws no missing views",
                "choose a run of the preset 'turnaround'");
  }
  const auto less = [](const std::string& left, const std::string& right) { return naturalLess(left, right); };
  std::map<std::string, TurnaroundCharacter, decltype(less)> byName(less);
  for (const FolderPicture& picture : folderPictures(in)) {
    const std::optional<int> view = viewIndex(model, picture.view);
    if (!view) {
      report.skipped.push_back({picture.file, "its folder names no view of the model, which are " + known(model)});
      continue;
    }
    const std::string name = picture.file.stem().string();
    TurnaroundCharacter& character = byName.try_emplace(name, TurnaroundCharacter{name, {}, {}}).first->second;
    if (std::ranges::count(character.seen, *view, &TurnaroundCharacter::File::view) > 0) {
      report.skipped.push_back({picture.file, "there is another picture of this view"});
      continue;
    }
    character.seen.push_back({picture.file, *view});
  }
  FilePaths paths;
  std::vector<TurnaroundCharacter> characters;
  for (auto& [name, character] : byName) {
    for (int view = 0; std::cmp_less(view, model.views.size()); ++view) {
      if (std::ranges::count(character.seen, view, &TurnaroundCharacter::File::view) > 0) continue;
      const fs::path folder = out / safeFileName(model.views[static_cast<std::size_t>(view)]);
      character.missing.push_back({paths.add(folder, name, ".png"), view});
    }
    if (character.missing.empty()) {
      report.skipped.push_back({character.seen.front().file, "all views of '" + name + "' are there"});
    } else {
      characters.push_back(std::move(character));
    }
  }
  return characters;
}

void turnFiles(const std::shared_ptr<const Model>& model, const std::vector<TurnaroundCharacter>& characters,
               const TurnaroundOptions& options, TurnaroundReport& report, JobMonitor& monitor) {
  Turnaround turnaround(model, usableCores());
  monitor.begin("Turning characters round", std::ssize(characters));
  std::int64_t done = 0;
  double sure = 0;
  for (const TurnaroundCharacter& character : characters) {
    const std::vector<std::optional<Sprite>> views = readViews(character, *model, report);
    if (std::ranges::any_of(views, [](const auto& view) { return view.has_value(); })) {
      sure += save(turnaround.missingViews(views, options), character, report);
      ++report.characters;
    }
    monitor.advance(++done);
  }
  if (report.characters == 0) {
    const bool told = !report.skipped.empty();
    throw Error("there is no character to draw missing views of",
                told ? report.skipped.front().file.string() + ": " + report.skipped.front().reason : std::string());
  }
  report.confidence = sure / report.characters;
}

}  // namespace loom
