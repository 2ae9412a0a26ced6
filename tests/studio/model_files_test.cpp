#include "core/studio/model_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/tensor_file.h"
#include "core/studio/characters.h"
#include "core/studio/sprite_credits.h"
#include "core/studio/training_session.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::kAutoencoderRun;
using test::kGanRun;
using test::TrainedRuns;

std::vector<SheetCharacter> drawn(const std::shared_ptr<const Model>& model) {
  JobMonitor monitor;
  return generateCharacters(model, 2, 9, {}, std::nullopt, monitor, 1);
}

bool equal(const std::vector<SheetCharacter>& a, const std::vector<SheetCharacter>& b) {
  return std::ranges::equal(a, b, [](const SheetCharacter& x, const SheetCharacter& y) { return x.views == y.views; });
}

TEST(ModelFiles, AnImportedModelDrawsWhatTheExportedOneDid) {
  const TrainedRuns source, target;
  for (const int number : {kAutoencoderRun, kGanRun}) {
    const fs::path file = source.scratch() / "model.safetensors";
    exportModel(source.project(), source.run(number), Weights::kNewest, file);
    const RunInfo run = importModel(target.project(), file);
    EXPECT_GT(run.number, 2);
    EXPECT_EQ(run.status, RunStatus::kFinished);
    EXPECT_EQ(run.steps, source.run(number).steps);
    EXPECT_EQ(run.preset, source.run(number).preset);
    EXPECT_EQ(run.settings, source.run(number).settings);
    const auto original = loadRunModel(source.project(), source.run(number));
    const auto imported = loadRunModel(target.project(), target.run(run.number));
    EXPECT_EQ(imported->run, run.number);
    EXPECT_EQ(imported->views, original->views);
    EXPECT_TRUE(equal(drawn(imported), drawn(original)));
  }
}

TEST(ModelFiles, HoldNoOptimiserButWhatAnotherRunCanStartFrom) {
  const TrainedRuns runs;
  const fs::path file = runs.scratch() / "gan.safetensors";
  exportModel(runs.project(), runs.run(kGanRun), Weights::kNewest, file);
  const TensorFile content = loadTensorFile(file);
  bool critic = false;
  for (const auto& [name, tensor] : content.tensors) {
    EXPECT_TRUE(name.starts_with("generator.") || name.starts_with("critic.")) << name;
    critic = critic || name.starts_with("critic.");
  }
  EXPECT_TRUE(critic);
  EXPECT_EQ(content.metadata.at("preset"), "conditional-dcgan");
  EXPECT_EQ(Json::parse(content.metadata.at("settings")).at("features"), 4);

  const RunInfo imported = importModel(runs.project(), file);
  TrainingRequest request;
  request.preset = "conditional-dcgan";
  request.settings = imported.settings;
  request.steps = 1;
  request.fromRun = imported.number;
  TrainingListener nobody;
  JobMonitor monitor;
  EXPECT_EQ(TrainingSession::start(runs.project(), request, nobody, monitor)->wait().steps, 1);
}

/// The largest difference of two drawings in any channel of any pixel, in steps of 1/255.
int mostApart(const std::vector<SheetCharacter>& a, const std::vector<SheetCharacter>& b) {
  int most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t view = 0; view < a[i].views.size(); ++view) {
      const auto left = a[i].views[view].second.pixels(), right = b[i].views[view].second.pixels();
      for (std::size_t at = 0; at < left.size(); ++at) {
        for (const auto channel : {&Rgba::r, &Rgba::g, &Rgba::b, &Rgba::a}) {
          most = std::max(most, std::abs(int{left[at].*channel} - int{right[at].*channel}));
        }
      }
    }
  }
  return most;
}

TEST(ModelFiles, HalvesTakeHalfTheSpaceAndDrawWithinAColourStep) {
  const TrainedRuns source, target;
  for (const int number : {kAutoencoderRun, kGanRun}) {
    const fs::path whole = source.scratch() / "whole.safetensors", half = source.scratch() / "half.safetensors";
    exportModel(source.project(), source.run(number), Weights::kNewest, whole);
    exportModel(source.project(), source.run(number), Weights::kNewest, half, Precision::kHalf);
    const TensorFile content = loadTensorFile(half);
    std::size_t bytes = 0, before = 0;
    for (const auto& [name, tensor] : loadTensorFile(whole).tensors) before += tensor.bytes.size();
    for (const auto& [name, tensor] : content.tensors) {
      bytes += tensor.bytes.size();
      EXPECT_EQ(tensor.type == "F16", tensor.shape.size() > 1) << name;
    }
    EXPECT_LT(static_cast<double>(bytes), .55 * static_cast<double>(before));
    const auto original = drawn(loadRunModel(source.project(), source.run(number)));
    EXPECT_LE(mostApart(drawn(loadModel(half)), original), 1) << "drawn from the file itself";
    const RunInfo imported = importModel(target.project(), half);
    EXPECT_LE(mostApart(drawn(loadRunModel(target.project(), imported)), original), 1) << "and from what it became";
  }
}

TEST(ModelFiles, AnImportedRunCannotBeResumedAndSaysWhatToDoInstead) {
  const TrainedRuns runs;
  const fs::path file = runs.scratch() / "gan.safetensors";
  exportModel(runs.project(), runs.run(kGanRun), Weights::kNewest, file);
  ResumeRequest request;
  request.run = importModel(runs.project(), file).number;
  request.steps = 20;
  TrainingListener nobody;
  JobMonitor monitor;
  try {
    TrainingSession::resume(runs.project(), request, nobody, monitor);
    ADD_FAILURE() << "it went on from nothing";
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("--from"), std::string::npos);
  }
}

TEST(ModelFiles, NamesOfArtistsTravelWithTheWeights) {
  const TrainedRuns source, target;
  {
    Catalogue catalogue = source.project().catalogue();
    std::vector<SpriteId> ids;
    for (const SpriteInfo& info : catalogue.sprites()) ids.push_back(info.id);
    catalogue.setField(ids, SpriteField::kAuthor, "Ada Pixel");
  }
  const fs::path file = source.scratch() / "gan.safetensors";
  exportModel(source.project(), source.run(kGanRun), Weights::kNewest, file);
  const RunInfo run = importModel(target.project(), file);
  EXPECT_NE(creditsForRun(target.project(), run).find("Ada Pixel"), std::string::npos);
  const fs::path again = target.scratch() / "again.safetensors";
  exportModel(target.project(), run, Weights::kNewest, again);
  EXPECT_EQ(loadTensorFile(again).metadata.at("credits"), loadTensorFile(file).metadata.at("credits"));
}

class DamagedModelFile : public testing::Test {
 protected:
  DamagedModelFile() {
    exportModel(m_runs.project(), m_runs.run(kGanRun), Weights::kNewest, m_file);
    m_content = loadTensorFile(m_file);
  }
  void expectRefused(const std::string& why) {
    saveTensorFile(m_file, m_content);
    expectFileRefused(why);
  }
  void expectFileRefused(const std::string& why) {
    EXPECT_THROW(importModel(m_runs.project(), m_file), Error) << why;
    EXPECT_EQ(m_runs.project().catalogue().runs().size(), 2U) << why << ": nothing is left of it";
    std::ptrdiff_t folders = std::distance(fs::directory_iterator(m_runs.project().folder() / "runs"), {});
    EXPECT_EQ(folders, 2) << why;
  }
  void setSetting(const std::string& name, const Json& value) {
    Json settings = Json::parse(m_content.metadata.at("settings"));
    settings[name] = value;
    m_content.metadata["settings"] = settings.dump();
  }
  TrainedRuns m_runs;
  fs::path m_file = m_runs.scratch() / "m.safetensors";
  TensorFile m_content;
};

TEST_F(DamagedModelFile, OfAnotherProgramIsRefused) {
  m_content.metadata.clear();
  expectRefused("no recipe");
  std::ofstream(m_file, std::ios::trunc) << "this is no safetensors file";
  expectFileRefused("text");
  fs::remove(m_file);
  expectFileRefused("missing");
}

TEST_F(DamagedModelFile, WithWrongShapesIsRefused) {
  m_content.tensors.begin()->second.shape.insert(m_content.tensors.begin()->second.shape.begin(), 1);
  expectRefused("shape");
}

TEST_F(DamagedModelFile, LackingATensorIsRefused) {
  m_content.tensors.erase(m_content.tensors.lower_bound("generator."));
  expectRefused("tensor");
}

TEST_F(DamagedModelFile, ClaimingToBeHugeIsRefusedBeforeItIsBuilt) {
  const TensorFile whole = m_content;
  for (const auto& [name, value] : {std::pair{"features", 1'000'000}, {"latent", 65'000}, {"size", 4096}}) {
    m_content = whole;
    setSetting(name, value);
    expectRefused(name);
  }
  m_content = whole;
  m_content.metadata["views"] = Json(std::vector<std::string>(1000, "front")).dump();
  expectRefused("a thousand views");
  m_content.metadata["views"] = Json(std::vector<std::string>(4, std::string(100'000, 'x'))).dump();
  expectRefused("long names of views");
}

TEST_F(DamagedModelFile, OfAnotherVersionIsRefused) {
  const TensorFile whole = m_content;
  m_content.metadata["preset"] = "from-the-future";
  expectRefused("preset");
  m_content = whole;
  m_content.metadata["network"] = "dcgan";
  expectRefused("the network of another preset");
  m_content = whole;
  m_content.metadata["format"] = "spriteloom-9";
  expectRefused("format");
  m_content = whole;
  setSetting("colour_of_the_sky", "blue");
  expectRefused("unknown setting");
}

}  // namespace
}  // namespace loom
