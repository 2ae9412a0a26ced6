#include "core/training/checkpoint.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/nets/network.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr std::string_view kFormat = "spriteloom-1";
constexpr std::string_view kPrefix = "step-";
constexpr std::string_view kExtension = ".safetensors";

/// The step in a checkpoint's file name; nothing for any other file.
std::optional<std::int64_t> stepOf(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (!name.starts_with(kPrefix) || !name.ends_with(kExtension)) return {};
  const std::string digits = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kExtension.size());
  if (digits.size() < 8 || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos) return {};
  return std::stoll(digits);
}

const std::string& field(const std::map<std::string, std::string>& metadata, const std::string& name,
                         const std::filesystem::path& file) {
  const auto found = metadata.find(name);
  if (found == metadata.end()) {
    throw Error(file.string() + " holds no model of this program: '" + name + "' is missing",
                "choose a checkpoint from a run's folder", file);
  }
  return found->second;
}

bool isTurnaround(const std::string& network) {
  return std::ranges::count(networkNames(), network) > 0 && networkHasTurnaround(network);
}

void checkModel(const Model& model, const std::filesystem::path& file) {
  const bool turns = isTurnaround(model.network);  // of what it makes neither latents nor channels are asked
  const auto fits = [&](const char* name, std::int64_t low, std::int64_t high) {
    const auto value = model.settings.find(name);
    return value != model.settings.end() && value->is_number_integer() && *value >= low && *value <= high;
  };
  const auto contentFits = [&model] {
    const PixelRect& content = model.content;
    return content.x >= 0 && content.y >= 0 && content.width >= 0 && content.height >= 0 &&
           content.width <= model.side() - content.x && content.height <= model.side() - content.y &&
           (content.width == 0) == (content.height == 0);
  };
  const bool drawn = turns || (fits("latent", 1, 65536) && fits("channels", 1, 4));
  if (!fits("size", 1, 4096) || !drawn || model.views.empty() || model.step < 0 || !contentFits()) {
    throw Error(file.string() + " describes no model that can be drawn with", "it is damaged: take another one", file);
  }
}

}  // namespace

std::filesystem::path checkpointFile(const std::filesystem::path& runFolder, std::int64_t step) {
  char name[48];
  std::snprintf(name, sizeof name, "step-%08lld.safetensors", static_cast<long long>(step));
  return runFolder / "checkpoints" / name;
}

void describeModel(const Model& model, std::map<std::string, std::string>& metadata) {
  metadata["format"] = kFormat;
  metadata["preset"] = model.preset;
  metadata["network"] = model.network;
  metadata["settings"] = model.settings.dump();
  metadata["views"] = Json(model.views).dump();
  if (model.content.width > 0) {
    metadata["content"] = Json({model.content.x, model.content.y, model.content.width, model.content.height}).dump();
  }
  metadata["step"] = std::to_string(model.step);
  metadata["run"] = std::to_string(model.run);
}

Model modelFrom(const std::map<std::string, std::string>& metadata, const std::filesystem::path& file) {
  if (field(metadata, "format", file) != kFormat) {
    throw Error(file.string() + " was written by another version of this program", "open it with that version", file);
  }
  Model model;
  try {
    model.preset = field(metadata, "preset", file);
    model.network = field(metadata, "network", file);
    model.settings = jsonFrom(field(metadata, "settings", file)).value();
    model.views = jsonFrom(field(metadata, "views", file)).value().get<std::vector<std::string>>();
    if (const auto content = metadata.find("content"); content != metadata.end()) {
      const auto sides = jsonFrom(content->second).value().get<std::array<int, 4>>();
      model.content = {sides[0], sides[1], sides[2], sides[3]};
    }
    model.step = std::stoll(field(metadata, "step", file));
    model.run = std::stoi(field(metadata, "run", file));
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw Error(file.string() + " describes its model in a way that cannot be read", "it is damaged: take another one",
                file);
  }
  checkModel(model, file);
  return model;
}

std::shared_ptr<const Model> loadModel(const std::filesystem::path& checkpoint) {
  TensorFile file = loadTensorFile(checkpoint, "generator.");
  auto model = std::make_shared<Model>(modelFrom(file.metadata, checkpoint));
  if (isTurnaround(model->network)) file = loadTensorFile(checkpoint, "turnaround.");
  if (file.tensors.empty()) {
    throw Error(checkpoint.string() + " holds no generator", "choose a checkpoint from a run's folder", checkpoint);
  }
  model->weights.tensors = std::move(file.tensors);
  for (const char* part : {"encoder.", "prior."})
    model->weights.tensors.merge(loadTensorFile(checkpoint, part).tensors);
  return model;
}

std::vector<CheckpointInfo> checkpoints(const std::filesystem::path& runFolder) {
  std::vector<CheckpointInfo> found;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(runFolder / "checkpoints", problem)) {
    const std::optional<std::int64_t> step = stepOf(entry.path());
    if (!step) continue;
    try {
      modelFrom(loadTensorMetadata(entry.path()), entry.path());
      found.push_back({entry.path(), *step});
    } catch (const Error&) {  // a damaged one is no checkpoint: the next older one counts
    }
  }
  std::ranges::sort(found, {}, &CheckpointInfo::step);
  return found;
}

std::vector<std::int64_t> stepsToDrop(std::vector<std::int64_t> steps, int keep) {
  std::vector<std::int64_t> dropped;
  const auto drop = [&](std::size_t index) {
    dropped.push_back(steps[index]);
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
  };
  while (steps.size() > static_cast<std::size_t>(std::max(keep, 1))) {
    if (keep < 3) {
      drop(0);
      continue;
    }
    // Of those between the oldest and the newest two, the one whose neighbours are closest for their age.
    std::size_t densest = 1;
    double least = 2;
    for (std::size_t index = 1; index + 2 < steps.size(); ++index) {
      const double gap = static_cast<double>(steps[index + 1] - steps[index - 1]);
      const double age = static_cast<double>(steps.back() - steps[index - 1]);
      if (gap / age < least) {
        least = gap / age;
        densest = index;
      }
    }
    drop(densest);
  }
  return dropped;
}

void thinCheckpoints(const std::filesystem::path& runFolder, int keep, std::int64_t justWritten) {
  std::vector<std::int64_t> steps;
  for (const CheckpointInfo& info : checkpoints(runFolder)) steps.push_back(info.step);
  for (const std::int64_t step : stepsToDrop(std::move(steps), keep)) {
    std::error_code problem;  // one that cannot be deleted now is deleted next time
    if (step != justWritten) std::filesystem::remove(checkpointFile(runFolder, step), problem);
  }
}

}  // namespace loom
