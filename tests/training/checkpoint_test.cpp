#include "core/training/checkpoint.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "core/base/error.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

/// What is left when a checkpoint is written at each of 1..`last` and thinned to `keep` every time.
std::vector<std::int64_t> keptOf(std::int64_t last, int keep) {
  std::vector<std::int64_t> steps;
  for (std::int64_t step = 1; step <= last; ++step) {
    steps.push_back(step);
    for (const std::int64_t drop : stepsToDrop(steps, keep)) std::erase(steps, drop);
  }
  return steps;
}

TEST(CheckpointThinning, AlwaysKeepsTheNewest) {
  for (const int keep : {1, 2, 3, 5, 8}) {
    const std::vector<std::int64_t> kept = keptOf(100, keep);
    EXPECT_EQ(kept.size(), static_cast<std::size_t>(keep));
    EXPECT_EQ(kept.back(), 100);
  }
  EXPECT_EQ(keptOf(9, 2), (std::vector<std::int64_t>{8, 9}));
  EXPECT_TRUE(stepsToDrop({}, 5).empty());
  EXPECT_TRUE(stepsToDrop({1, 2}, 5).empty());
}

TEST(CheckpointThinning, LeavesAgesThatGrow) {
  const std::vector<std::int64_t> kept = keptOf(200, 6);
  EXPECT_EQ(kept.front(), 1);
  EXPECT_GE(kept[4], 198);  // the one before the newest, should that be damaged
  for (std::size_t index = 1; index + 1 < kept.size(); ++index) {
    const auto age = static_cast<double>(200 - kept[index]), older = static_cast<double>(200 - kept[index - 1]);
    EXPECT_GT(older / age, 1.15) << kept[index];
    EXPECT_LT(older / age, 9) << kept[index];
  }
}

TEST(Checkpoints, RememberWhatTheSpritesFillOfTheSquare) {
  Model model;
  model.preset = model.network = "dcgan";
  model.settings = {{"size", 16}, {"latent", 4}, {"channels", 4}};
  model.views = {"any"};
  model.content = {4, 0, 8, 16};
  std::map<std::string, std::string> metadata;
  describeModel(model, metadata);
  EXPECT_EQ(modelFrom(metadata, "a").content, (PixelRect{4, 0, 8, 16}));
  for (const char* wrong :
       {"[4,0,8]", "[4,0,13,16]", "[-1,0,8,16]", "[0,0,0,16]", "{}", "[2147483647,0,2147483647,1]"}) {
    metadata["content"] = wrong;
    EXPECT_THROW(modelFrom(metadata, "a"), Error) << wrong;
  }
  metadata.erase("content");
  EXPECT_EQ(modelFrom(metadata, "a").content, PixelRect{});
}

TEST(Checkpoints, AreTheWholeOnesOfAFolderOldestFirst) {
  const TemporaryFolder folder;
  EXPECT_TRUE(checkpoints(folder / "none").empty());
  const std::filesystem::path good = train(tinyInput("dcgan", folder / "run", 2)).checkpoint;
  const std::filesystem::path place = folder / "run" / "checkpoints";
  std::filesystem::copy(good, place / "step-00000001.safetensors");
  std::filesystem::copy(good, place / ".step-00000003.safetensors.abc123");
  std::filesystem::copy(good, place / "step-00000004.safetensors.part");
  std::filesystem::copy(good, place / "step-x0000005.safetensors");
  std::filesystem::copy(good, place / "step-00000006.safetensors");
  std::filesystem::resize_file(place / "step-00000006.safetensors", std::filesystem::file_size(good) / 2);
  std::ofstream(place / "step-00000007.safetensors");
  const std::vector<CheckpointInfo> found = checkpoints(folder / "run");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].step, 1);
  EXPECT_EQ(found[1].step, 2);
  EXPECT_EQ(found[1].file, good);
}

TEST(Checkpoints, LoadAsModelsOrSayWhyNot) {
  const TemporaryFolder folder;
  const std::filesystem::path good = train(tinyInput("dcgan", folder / "run", 2)).checkpoint;
  const TensorFile file = loadTensorFile(good);
  const auto refuses = [&](const std::function<void(TensorFile&)>& change) {
    TensorFile changed = file;
    change(changed);
    saveTensorFile(folder / "changed.safetensors", changed);
    EXPECT_THROW(loadModel(folder / "changed.safetensors"), Error);
  };
  refuses([](TensorFile& changed) { changed.metadata.clear(); });
  refuses([](TensorFile& changed) { changed.metadata["format"] = "spriteloom-99"; });
  refuses([](TensorFile& changed) { changed.metadata["settings"] = "{"; });
  refuses([](TensorFile& changed) { changed.metadata["settings"] = "{}"; });
  refuses([](TensorFile& changed) { changed.metadata["settings"] = R"({"size":"big","latent":4,"channels":4})"; });
  refuses([](TensorFile& changed) { changed.metadata["views"] = "[]"; });
  refuses([](TensorFile& changed) { changed.metadata["views"] = "[1]"; });
  refuses([](TensorFile& changed) { changed.metadata["step"] = "many"; });
  refuses([](TensorFile& changed) {
    std::erase_if(changed.tensors, [](const auto& item) { return item.first.starts_with("generator."); });
  });
  EXPECT_THROW(loadModel(folder / "none.safetensors"), Error);
}

}  // namespace
}  // namespace loom
