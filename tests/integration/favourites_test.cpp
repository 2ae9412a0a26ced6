// Favourites on the command line: listed with what is said of them, laid out by collection.
#include <gtest/gtest.h>

#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

using test::CliResult;
using Words = std::vector<std::string>;

class Favourites : public testing::Test {
 protected:
  void SetUp() override {
    Catalogue catalogue = Project::create(m_project).catalogue();
    const auto add = [&](const char* name, const char* collection, const char* note, const char* tags) {
      return catalogue.addFavourite({.name = name,
                                     .collection = collection,
                                     .note = note,
                                     .tags = tags,
                                     .views = {"front"},
                                     .sprites = {sampleSprite(1)}});
    };
    const std::int64_t knight = add("Knight", "Heroes", "brave", "metal tall");
    const std::int64_t mage = add("Mage", "", "", "");
    const std::int64_t rogue = add("Rogue", "Heroes", "", "leather");
    catalogue.orderFavourites(std::vector{rogue, mage, knight});
  }
  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  /// How many frames are on a sheet of favourites.
  int sheet(const Words& more) const {
    Words words = {"sheet", m_project.string(), "--favourites", "--layout", "strip", "--force", "--out", path("s.png")};
    words.insert(words.end(), more.begin(), more.end());
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 0) << result.errors;
    return result.done().at("frames").get<int>();
  }
  TempFolder m_folder;
  std::filesystem::path m_project = m_folder / "p.loom";
};

TEST_F(Favourites, AreListedInTheirOrderWithCollectionNoteAndTags) {
  const Json done = cli({"info", m_project.string()}).done();
  EXPECT_EQ(done.at("favourites"), 3);
  const Json& list = done.at("favourite_list");
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].at("name"), "Rogue");
  EXPECT_EQ(list[2].at("name"), "Knight");
  EXPECT_EQ(list[2].at("collection"), "Heroes");
  EXPECT_EQ(list[2].at("note"), "brave");
  EXPECT_EQ(list[2].at("tags"), "metal tall");
}

TEST_F(Favourites, OfOneCollectionAreLaidOut) {
  EXPECT_EQ(sheet({}), 3);
  EXPECT_EQ(sheet({"--collection", "Heroes"}), 2);
  EXPECT_EQ(sheet({"--collection", ""}), 1);
  const Words base = {"sheet", m_project.string(), "--out", path("t.png"), "--collection"};
  Words unknown = base;
  unknown.insert(unknown.end(), {"Monsters", "--favourites"});
  const CliResult result = cli(unknown);
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_NE(result.error().find("Monsters"), std::string::npos);
  EXPECT_NE(result.errors.find("'Heroes'"), std::string::npos) << result.errors;
  Words withoutFavourites = base;
  withoutFavourites.emplace_back("Heroes");
  EXPECT_EQ(cli(withoutFavourites).exitCode, 2);
}

}  // namespace
}  // namespace loom
