#include "core/studio/model_summary.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/error.h"
#include "core/studio/runs.h"
#include "core/training/preset.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

std::set<std::string> partsOf(const ModelSummary& summary) {
  std::set<std::string> names;
  for (const PartSummary& part : summary.parts) names.insert(part.name);
  return names;
}

TEST(ModelSummary, HasThePartsThatThePresetTrains) {
  const Json small = {{"size", 32}, {"features", 4}, {"latent", 6}};
  EXPECT_EQ(partsOf(summarisePreset("dcgan", small, 1)), (std::set<std::string>{"critic", "generator"}));
  EXPECT_EQ(partsOf(summarisePreset("autoencoder", small, 1)), (std::set<std::string>{"encoder", "generator"}));
  EXPECT_EQ(partsOf(summarisePreset("cvae", small, 1)), (std::set<std::string>{"encoder", "generator"}));
  EXPECT_EQ(partsOf(summarisePreset("turnaround", {{"size", 32}, {"features", 4}}, 4)),
            std::set<std::string>{"turnaround"});
  for (const Preset& preset : presets()) {
    const ModelSummary summary = summarisePreset(preset.name, {{"features", 4}}, 4);
    EXPECT_EQ(summary.parts.front().name, drawsNewSprites(preset.name) ? "generator" : "turnaround") << preset.name;
    EXPECT_GT(summary.drawing(), 0) << preset.name;
  }
}

TEST(ModelSummary, CountsWhatTheWeightFileHolds) {
  const test::TrainedRuns runs;
  const RunInfo run = runs.run(test::kGanRun);
  const ModelSummary summary = summariseRun(runs.project(), run);
  std::int64_t sum = 0;
  for (const PartSummary& part : summary.parts) {
    for (const LayerSummary& layer : part.network.layers) sum += layer.parameters;
  }
  EXPECT_EQ(sum, summary.parameters());

  const auto model = loadRunModel(runs.project(), run);
  std::int64_t stored = 0;
  for (const auto& [name, tensor] : model->weights.tensors) {
    if (name.find("running_") != std::string::npos || name.find("num_batches") != std::string::npos) continue;
    stored += static_cast<std::int64_t>(tensor.bytes.size() / sizeof(float));
  }
  EXPECT_EQ(summary.parts.front().network.parameters, stored);
}

TEST(ModelSummary, RefusesWhatCannotBeBuilt) {
  EXPECT_THROW(summarisePreset("no-such", Json::object(), 1), Error);
  EXPECT_THROW(summarisePreset("dcgan", {{"size", 17}}, 1), Error);
}

}  // namespace
}  // namespace loom
