#include "tests/training/tiny_run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/project/project.h"
#include "core/training/preset.h"

namespace loom {

TemporaryFolder::TemporaryFolder() {
  static int count = 0;
  m_path = std::filesystem::temp_directory_path() /
           ("spriteloom-training-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  std::filesystem::create_directories(m_path);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code problem;
  std::filesystem::remove_all(m_path, problem);
}

namespace {

std::shared_ptr<const Snapshot> makeSnapshot(int characters, int side) {
  const TemporaryFolder folder;
  const Project project = Project::create(folder / "tiny.loom");
  Catalogue catalogue = project.catalogue();
  const std::vector<std::string> views{"back", "left", "front", "right"};
  for (int character = 0; character < characters; ++character) {
    for (std::size_t view = 0; view < views.size(); ++view) {
      Sprite sprite(side, side);
      const int left = view % 2 == 0 ? 1 : side / 2, top = view < 2 ? 1 : side / 2;
      const auto shade = static_cast<std::uint8_t>(40 + character * 200 / std::max(1, characters));
      for (int y = top; y < top + side / 2 - 1; ++y) {
        for (int x = left; x < left + side / 2 - 1; ++x) sprite.at(x, y) = {shade, 90, 200, 255};
      }
      catalogue.addSprite(
          {.pixels = sprite, .character = std::to_string(character), .view = views[view], .source = "test"});
    }
  }
  JobMonitor monitor;
  return takeSnapshot(catalogue, side, {}, monitor);
}

}  // namespace

std::shared_ptr<const Snapshot> tinySnapshot(int characters, int side) {
  static std::map<std::pair<int, int>, std::shared_ptr<const Snapshot>> made;  // they never change
  std::shared_ptr<const Snapshot>& snapshot = made[{characters, side}];
  if (!snapshot) snapshot = makeSnapshot(characters, side);
  return snapshot;
}

TrainerInput tinyInput(const std::string& name, const std::filesystem::path& runFolder, std::int64_t steps) {
  TrainerInput input;
  input.preset = name;
  input.settings = preset(name).schema.complete({{"size", 16}, {"features", 4}, {"latent", 6}, {"batch", 4}});
  if (input.settings.contains("measure_every")) input.settings["measure_every"] = 0;  // else the clock would have a say
  input.data = tinySnapshot(6);
  input.runFolder = runFolder;
  input.run = 3;
  input.seed = 7;
  input.device = "cpu";
  input.precision = "fp32";
  input.threads = 1;
  input.targetSteps = steps;
  return input;
}

void Recorder::onProgress(const TrainingProgress& value) {
  constexpr const char* kStates[] = {"preparing", "running", "paused", "stopping", "ended"};
  const char* state = kStates[static_cast<int>(value.state)];
  if (progress.empty() || progress.back().state != value.state) calls.emplace_back(state);
  progress.push_back(value);
}

void Recorder::onMetrics(std::span<const MetricRow> given) {
  calls.emplace_back("metrics");
  rows.insert(rows.end(), given.begin(), given.end());
  if (atStep) atStep(rows.back().step);
}

void Recorder::onPreview(const Preview& preview) {
  calls.emplace_back("preview");
  previews.push_back(preview);
}

void Recorder::onModel(std::shared_ptr<const Model> model) {
  calls.emplace_back("model");
  models.push_back(std::move(model));
}

void Recorder::onHealth(const Health& health) {
  calls.emplace_back("health");
  healths.push_back(health);
}

void Recorder::onCheckpoint(const CheckpointInfo& info) {
  calls.emplace_back("checkpoint");
  checkpointSteps.push_back(info.step);
}

void Recorder::onFinished(const TrainingResult&) {
  calls.emplace_back("finished");
}
void Recorder::onFailed(std::exception_ptr) {
  calls.emplace_back("failed");
}

TrainingResult train(const TrainerInput& input, Recorder& recorder) {
  Trainer trainer(input, recorder);
  return trainer.wait();
}

TrainingResult train(const TrainerInput& input) {
  Recorder recorder;
  return train(input, recorder);
}

std::vector<std::string> differences(const std::filesystem::path& a, const std::filesystem::path& b) {
  const TensorFile first = loadTensorFile(a), second = loadTensorFile(b);
  std::set<std::string> names, differing;
  for (const TensorFile* file : {&first, &second}) {
    for (const auto& item : file->tensors) names.insert(item.first);
  }
  for (const std::string& name : names) {
    const auto x = first.tensors.find(name), y = second.tensors.find(name);
    if (x == first.tensors.end() || y == second.tensors.end() || x->second.bytes != y->second.bytes) {
      differing.insert(name);
    }
  }
  for (const auto& [name, value] : first.metadata) {
    const auto other = second.metadata.find(name);
    if (name != "seconds" && (other == second.metadata.end() || other->second != value)) differing.insert(name);
  }
  return {differing.begin(), differing.end()};
}

}  // namespace loom
