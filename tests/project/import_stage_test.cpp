#include "core/project/import_stage.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class ImportStageTest : public testing::Test {
 protected:
  static PreparedSprite prepared(int number) {
    return {
        .pixels = packSprite(sampleSprite(number)),
        .labels = {.suffix = "2", .view = "left", .animation = "walk", .frame = 3, .milliseconds = 80, .tags = "a b"},
        .original = packSprite(sampleSprite(number, 32, 16)),
        .steps = Json::array({{{"name", "upscaling"}, {"settings", {{"scale", 2.5}}}}})};
  }
  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "a.loom");
};

TEST_F(ImportStageTest, WhatWasPutAsideIsThereAfterOpeningAgain) {
  {
    ImportStage stage(m_project);
    EXPECT_FALSE(stage.find(7));
    stage.put(7, {prepared(1), {.pixels = packSprite(sampleSprite(2))}}, {{"scale", 2}});
  }
  ImportStage stage(m_project);
  const auto found = stage.find(7);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->about, (Json{{"scale", 2}}));
  ASSERT_EQ(found->sprites.size(), 2U);
  EXPECT_EQ(found->sprites[0].labels.animation, "walk");
  const PreparedSprite sprite = stage.take(found->sprites[0].ticket);
  EXPECT_EQ(sprite.pixels.bytes, packSprite(sampleSprite(1)).bytes);
  EXPECT_EQ(sprite.pixels.hash, packSprite(sampleSprite(1)).hash);
  EXPECT_EQ(sprite.labels.frame, 3);
  EXPECT_EQ(sprite.labels.tags, "a b");
  EXPECT_EQ(sprite.steps, prepared(1).steps);
  ASSERT_TRUE(sprite.original);
  EXPECT_EQ(sprite.original->width, 32);
  EXPECT_EQ(sprite.original->bytes, prepared(1).original->bytes);
  EXPECT_FALSE(stage.take(found->sprites[1].ticket).original);
}

TEST_F(ImportStageTest, ClearLeavesNoFile) {
  ImportStage stage(m_project);
  stage.put(7, {prepared(1)}, {});
  stage.clear();
  for (const auto& entry : std::filesystem::directory_iterator(m_project.folder())) {
    EXPECT_EQ(entry.path().filename().string().find("import"), std::string::npos) << entry.path();
  }
}

TEST_F(ImportStageTest, ADamagedFileIsMadeAnew) {
  { ImportStage(m_project).put(7, {prepared(1)}, {}); }
  std::ofstream(m_project.folder() / "import.part", std::ios::binary) << std::string(5000, 'x');
  ImportStage stage(m_project);
  EXPECT_FALSE(stage.find(7));
  stage.put(7, {prepared(1)}, {});
  EXPECT_TRUE(stage.find(7));
}

TEST_F(ImportStageTest, TwoImportsDoNotShareAFile) {
  ImportStage one(m_project);
  ImportStage other(m_project);
  one.put(7, {prepared(1)}, {});
  EXPECT_FALSE(other.find(7));
  other.put(8, {prepared(2)}, {});
  EXPECT_TRUE(other.find(8));
}

}  // namespace
}  // namespace loom
