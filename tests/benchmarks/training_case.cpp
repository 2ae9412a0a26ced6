#include "tests/benchmarks/training_case.h"

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "core/nets/network.h"
#include "core/project/project.h"
#include "core/training/environment.h"
#include "core/training/preset.h"
#include "core/training/training_memory.h"
#include "core/training/training_run.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::int64_t parameters(const Preset& preset, const Json& settings) {
  const std::int64_t generator = parameterCount(*makeGenerator(preset.network, settings, 0));
  return generator + (preset.training == "autoencoder" ? parameterCount(*makeEncoder(preset.network, settings))
                                                       : parameterCount(*makeCritic(preset.network, settings, 0)));
}

/// In MiB; ru_maxrss would count the parent's before it started us.
double peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

std::int64_t pageFaults() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

void answer(const Json& description, const fs::path& project, const fs::path& folder) {
  const TrainingMemory memory;
  prepareTrainingThread(description.at("threads"));
  TrainingRun run(inputOf(description, project, folder));
  const std::int64_t count = parameters(preset(description.at("preset").get<std::string>()), description["settings"]);
  for (std::string line; std::getline(std::cin, line);) {
    const std::int64_t faults = pageFaults();
    const auto begin = std::chrono::steady_clock::now();
    for (int left = std::stoi(line); left > 0; --left) run.advance();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    const Json figures{
        {"seconds", taken.count()}, {"parameters", count}, {"peak", peakMemory()}, {"faults", pageFaults() - faults}};
    std::cout << figures.dump() << std::endl;
  }
}

}  // namespace

const std::vector<TrainingCase>& trainingCases() {
  static const std::vector<TrainingCase> cases{
      {"dcgan-48", "dcgan", {{"latent", 84}, {"features", 48}, {"batch", 64}}, 2.5},
      {"dcgan-64", "dcgan", {{"latent", 100}, {"features", 64}, {"batch", 64}}, 2.2},
      {"cvae", "cvae", Json::object(), 1.7},
      // One batch a step: sixteen in a row take sixteen times as long on both sides.
      {"critic-gan-96", "critic-gan-96", {{"batch", 32}, {"accumulate", 1}}, 1.7},
      {"critic-gan-96-large", "critic-gan-96", {{"accumulate", 1}}, 1.7},
      {"dcgan-80", "dcgan-80", Json::object(), 0},
  };
  return cases;
}

Json describe(const TrainingCase& chosen, int threads, const std::string& precision) {
  return {{"preset", chosen.preset},
          {"settings", preset(chosen.preset).schema.complete(chosen.changes)},
          {"threads", threads},
          {"precision", precision}};
}

TrainerInput inputOf(const Json& description, const fs::path& project, const fs::path& folder) {
  TrainerInput input;
  input.preset = description.at("preset");
  input.settings = description.at("settings");
  JobMonitor monitor;
  input.data = takeSnapshot(Project::open(project).catalogue(), input.settings.at("size"), {}, monitor);
  input.runFolder = folder;
  input.seed = 1;
  input.device = "cpu";
  input.precision = description.at("precision");
  input.threads = description.at("threads");
  input.targetSteps = 1;
  return input;
}

int trainAsAsked(const Json& description, const fs::path& project) {
  const fs::path folder =
      fs::temp_directory_path() / ("spriteloom-speed-run-" + std::to_string(std::random_device()()));
  std::thread([&] { answer(description, project, folder); }).join();
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return 0;
}

}  // namespace loom
