#include "core/studio/add_character.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class AddCharacter : public ::testing::Test {
 protected:
  SpriteId origin(const std::string& author, const std::string& licence, const std::string& tags, int number) {
    NewSprite sprite;
    sprite.pixels = sampleSprite(number, 8, 8);
    sprite.character = "hero";
    sprite.view = number % 2 == 0 ? "front" : "back";
    sprite.author = author;
    sprite.licence = licence;
    sprite.tags = tags;
    return project.catalogue().addSprite(sprite);
  }
  std::vector<SpriteInfo> added(const ImportReport& report) { return project.catalogue().sprites(report.sprites); }

  TempFolder folder;
  Project project = Project::create(folder / "p.loom");
  JobMonitor monitor;
};

TEST_F(AddCharacter, BringsAllViewsWithTheLabelsOfTheirOrigins) {
  const SpriteId one = origin("Ada", "CC0-1.0", "knight red", 2), other = origin("Bob", "CC0-1.0", "red elf", 3);
  const NewCharacter character{
      .pictures = {"squire", {{"front", sampleSprite(7, 8, 8)}, {"left", sampleSprite(8, 8, 8)}}},
      .origins = {one, other, 999},
      .source = "turnaround of run 3, step 40"};
  const ImportReport report = addCharacter(project, character, monitor);
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.characters, 1);
  EXPECT_EQ(report.duplicates, 0);
  EXPECT_EQ(report.views, (std::vector<std::string>{"left", "front"}));
  const std::vector<SpriteInfo> sprites = added(report);
  ASSERT_EQ(sprites.size(), 2U);
  for (const SpriteInfo& sprite : sprites) {
    EXPECT_EQ(sprite.character, "squire");
    EXPECT_EQ(sprite.author, "Ada, Bob");
    EXPECT_EQ(sprite.licence, "CC0-1.0");
    EXPECT_EQ(sprite.tags, "knight red elf");
    EXPECT_EQ(sprite.source, "turnaround of run 3, step 40");
  }
  EXPECT_EQ(sprites[1].view, "left");
  EXPECT_EQ(project.catalogue().pixels(sprites[1].id), sampleSprite(8, 8, 8));
}

TEST_F(AddCharacter, NeverJoinsACharacterOfTheSameName) {
  origin({}, {}, {}, 2);
  const NewCharacter again{.pictures = {"hero", {{"front", sampleSprite(2, 8, 8)}}}, .origins = {}, .source = {}};
  const ImportReport first = addCharacter(project, again, monitor);
  EXPECT_EQ(added(first).front().character, "hero 2");
  EXPECT_EQ(first.duplicates, 1) << "the picture was there before";
  EXPECT_EQ(added(addCharacter(project, again, monitor)).front().character, "hero 3");
}

TEST_F(AddCharacter, CompletesTheCharacterThatItWasMadeFrom) {
  const SpriteId front = origin("Ada", "CC0-1.0", "knight", 2), back = origin("Ada", "CC0-1.0", "knight", 3);
  const NewCharacter whole{.pictures = {"hero",
                                        {{"front", sampleSprite(2, 8, 8)},
                                         {"back", sampleSprite(3, 8, 8)},
                                         {"left", sampleSprite(8, 8, 8)}}},
                           .origins = {front, back},
                           .source = {}};
  const ImportReport report = addCharacter(project, whole, monitor);
  ASSERT_EQ(report.imported, 1) << "the other views are there";
  EXPECT_EQ(added(report).front().character, "hero");
  EXPECT_EQ(added(report).front().view, "left");
  EXPECT_EQ(added(report).front().author, "Ada");
  EXPECT_EQ(added(addCharacter(project, whole, monitor)).front().character, "hero 2") << "nothing is missing any more";
}

TEST_F(AddCharacter, CompletesNoCharacterThatLooksDifferent) {
  const SpriteId front = origin({}, {}, {}, 2);
  NewCharacter other{.pictures = {"hero", {{"front", sampleSprite(4, 8, 8)}, {"left", sampleSprite(8, 8, 8)}}},
                     .origins = {front},
                     .source = {}};
  EXPECT_EQ(added(addCharacter(project, other, monitor)).front().character, "hero 2");
  other.pictures.name = "squire";
  other.pictures.views.front().second = sampleSprite(2, 8, 8);
  const ImportReport renamed = addCharacter(project, other, monitor);
  EXPECT_EQ(renamed.imported, 2) << "called something else, it is somebody else";
  EXPECT_EQ(added(renamed).front().character, "squire");
}

TEST_F(AddCharacter, RefusesWhatIsNoCharacter) {
  EXPECT_THROW(addCharacter(project, {.pictures = {"hero", {}}, .origins = {}, .source = {}}, monitor), Error);
  EXPECT_THROW(
      addCharacter(project, {.pictures = {"", {{"front", Sprite(1, 1)}}}, .origins = {}, .source = {}}, monitor),
      Error);
  EXPECT_EQ(project.catalogue().counts().sprites, 0);
}

}  // namespace
}  // namespace loom
