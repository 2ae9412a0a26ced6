#include "core/studio/origins.h"

#include <gtest/gtest.h>

#include "core/base/atomic_file.h"
#include "core/image/codec.h"
#include "core/image/png_text.h"
#include "core/project/project.h"
#include "core/studio/characters.h"
#include "core/training/preset.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

class Origins : public testing::Test {
 protected:
  Origins() : project(Project::create(folder / "p.loom")), catalogue(project.catalogue()) {
    number = catalogue.createRun("dcgan", Json::object(), 10, Json::object()).number;
  }
  Favourite favourite() const {
    Favourite made;
    made.name = "Zoë \"the brave\"";
    made.run = number;
    made.step = 40;
    made.latent = {.5F, -1.25F, 3};
    made.settings = {{"truncation", .7}, {"view", "left"}};
    made.note = "with a hat";
    made.views = {"front"};
    made.sprites = {picture()};
    return made;
  }
  static Sprite picture() {
    Sprite sprite(4, 4);
    sprite.at(1, 1) = {9, 9, 9, 255};
    return sprite;
  }
  TempFolder folder;
  Project project;
  Catalogue catalogue;
  int number = 0;
};

TEST_F(Origins, AFavouriteOnASheetIsKnownAgain) {
  catalogue.addFavourite(favourite());
  const Sheet sheet = layOutSheet(favouriteCharacters(catalogue), {});
  saveSheet(sheet, folder / "sheet.png", {});
  const std::vector<CharacterOrigin> origins = originsOf(folder / "sheet.png");
  ASSERT_EQ(origins.size(), 1U);
  const Favourite& made = origins.front().made;
  EXPECT_EQ(made.name, favourite().name);
  EXPECT_EQ(made.step, 40);
  EXPECT_EQ(made.latent, favourite().latent);
  EXPECT_EQ(made.settings, favourite().settings);
  EXPECT_EQ(made.note, "with a hat");
  EXPECT_TRUE(isFromHere(origins.front(), catalogue));
  EXPECT_EQ(readImage(folder / "sheet.png"), sheet.image);
}

TEST_F(Origins, ASheetSaysWhatIsOnItAndNotWhatIsOnTheNext) {
  std::vector<SheetCharacter> characters;
  for (const char* name : {"a", "b", "c"}) {
    SheetCharacter character{.name = name, .views = {{"front", picture()}}};
    Favourite made = favourite();
    made.name = name;
    character.origin = originText(made, catalogue);
    characters.push_back(character);
  }
  characters[1].origin.clear();  // a sprite of the data set, say
  SheetOptions each;
  each.each = true;
  const std::vector<Sheet> sheets = layOutSheets(characters, each);
  ASSERT_EQ(sheets.size(), 3U);
  EXPECT_EQ(sheets[0].origins, std::vector{characters[0].origin});
  EXPECT_TRUE(sheets[1].origins.empty());
  EXPECT_EQ(layOutSheet(characters, {}).origins.size(), 2U);
}

TEST_F(Origins, ADrawnCharacterHasTheLatentItWasDrawnFrom) {
  Model model;
  model.preset = model.network = "dcgan";
  model.settings = preset("dcgan").schema.complete({{"latent", 12}});
  model.run = number;
  model.step = 7;
  std::vector<SheetCharacter> characters;
  for (const char* name : {"0", "1", "2"}) characters.push_back({.name = name, .views = {{"front", picture()}}});
  noteOrigins(characters, model, 5, {.truncation = .6}, catalogue);
  JobMonitor monitor;
  saveCharacters(characters, folder / "out", false, monitor);
  const std::vector<CharacterOrigin> origins = originsOf(folder.path() / "out" / "front" / "2.png");
  ASSERT_EQ(origins.size(), 1U);
  EXPECT_EQ(origins.front().made.latent, sampleLatent(5, 2, 12));
  EXPECT_EQ(origins.front().made.step, 7);
  EXPECT_EQ(origins.front().made.settings.at("truncation"), .6);
  EXPECT_TRUE(isFromHere(origins.front(), catalogue));
}

TEST_F(Origins, ARunOfAnotherProjectIsNotTakenForThisOnes) {
  CharacterOrigin origin{.made = favourite(), .recipe = "0123456789abcdef"};
  EXPECT_FALSE(isFromHere(origin, catalogue)) << "the same number, another run";
  origin.made.run = 99;
  EXPECT_FALSE(isFromHere(origin, catalogue));
  origin.made.run = 0;
  EXPECT_FALSE(isFromHere(origin, catalogue));
  origin.made.settings["starter"] = "hero";
  EXPECT_TRUE(isFromHere(origin, catalogue));
}

TEST_F(Origins, ARunMadeAgainSaysTheSameOfWhatItDraws) {
  const auto said = [&](const char* name, int seed) {
    const Project other = Project::create(folder / name);
    Catalogue its = other.catalogue();
    its.createRun("dcgan", {{"latent", 12}}, 10, {{"seed", seed}, {"device", name}});
    return originText(favourite(), its);
  };
  EXPECT_EQ(said("a.loom", 5), said("b.loom", 5));
  EXPECT_NE(said("c.loom", 6), said("d.loom", 5));
}

TEST_F(Origins, OfDamagedWordsTheWholeCharactersStay) {
  const std::string good = originText(favourite(), catalogue);
  const auto written = [&](const std::string& text) {
    return originsOf(withPngText(encodePng(picture()), kOriginKeyword, text)).size();
  };
  EXPECT_EQ(written("{\"characters\":[" + good + "]}"), 1U);
  EXPECT_EQ(written("{\"characters\":[7," + good + ",{\"name\":\"x\"}]}"), 1U);
  for (const char* text : {"", "nothing", "[]", "{}", "{\"characters\":{}}", "{\"characters\":[[]]}"}) {
    EXPECT_EQ(written(text), 0U) << text;
  }
  Json huge = Json::parse(good);
  huge["latent"] = {{"seed", 1}, {"index", 0}, {"size", 2'000'000'000}};
  EXPECT_EQ(written("{\"characters\":[" + huge.dump() + "]}"), 0U);
  EXPECT_TRUE(originsOf(folder / "none.png").empty());
}

TEST_F(Origins, APictureWithoutALatentHasNoOrigin) {
  Favourite turnaround = favourite();
  turnaround.latent.clear();
  EXPECT_TRUE(originText(turnaround, catalogue).empty());
}

}  // namespace
}  // namespace loom
