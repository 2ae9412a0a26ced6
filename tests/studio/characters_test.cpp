#include "core/studio/characters.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/project/view.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class Characters : public ::testing::Test {
 protected:
  Characters() : m_folder(fs::temp_directory_path() / ("loom-characters-" + std::to_string(::getpid()))) {
    fs::create_directories(m_folder);
  }
  ~Characters() override { fs::remove_all(m_folder); }

  void picture(const fs::path& path, std::uint8_t shade) {
    fs::create_directories((m_folder / path).parent_path());
    writePng(m_folder / path, filled(shade));
  }
  static Sprite filled(std::uint8_t shade) {
    Sprite sprite(4, 4);
    std::ranges::fill(sprite.pixels(), Rgba{shade, 0, 0, 255});
    return sprite;
  }
  std::vector<SheetCharacter> read(const fs::path& path = {}) {
    JobMonitor monitor;
    return folderCharacters(m_folder / path, monitor);
  }
  std::vector<fs::path> save(const std::vector<SheetCharacter>& characters, bool flat) {
    JobMonitor monitor;
    return saveCharacters(characters, m_folder / "out", flat, monitor);
  }

  fs::path m_folder;
};

using Views = std::vector<std::pair<std::string, Sprite>>;

TEST_F(Characters, OfAFolderAreMatchedAcrossViewsByName) {
  picture("front/10.png", 1);
  picture("front/2.png", 2);
  picture("back/2.png", 3);
  const auto characters = read();
  ASSERT_EQ(characters.size(), 2U);
  EXPECT_EQ(characters[0].name, "2") << "counted, not spelt";
  EXPECT_EQ(characters[1].name, "10");
  ASSERT_EQ(characters[0].views.size(), 2U);
  for (const auto& [view, sprite] : characters[0].views) EXPECT_EQ(sprite, filled(view == "front" ? 2 : 3));
  EXPECT_EQ(characters[1].views, (Views{{"front", filled(1)}}));
}

TEST_F(Characters, OfAFlatFolderHaveOneViewOfNoName) {
  picture("b.png", 1);
  picture("a.png", 2);
  writeFileAtomically(m_folder / "notes.txt", std::string_view("not a picture"));
  const auto characters = read();
  ASSERT_EQ(characters.size(), 2U);
  EXPECT_EQ(characters[0].name, "a");
  EXPECT_EQ(characters[0].views, (Views{{std::string(kAnyView), filled(2)}}));
}

TEST_F(Characters, OfNumberedFoldersTakeTheNumbersForViewsOnlyWhereAllAre) {
  picture("good/0/a.png", 1);
  picture("good/2/a.png", 2);
  const auto known = read("good");
  ASSERT_EQ(known.size(), 1U);
  std::vector<std::string> views;
  for (const auto& view : known[0].views) views.push_back(view.first);
  std::ranges::sort(views);
  EXPECT_EQ(views, (std::vector<std::string>{"back", "front"}));

  picture("other/0/a.png", 1);
  picture("other/7/a.png", 2);
  const auto unknown = read("other");
  views.clear();
  for (const auto& view : unknown.at(0).views) views.push_back(view.first);
  std::ranges::sort(views);
  EXPECT_EQ(views, (std::vector<std::string>{"0", "7"}));
}

TEST_F(Characters, OfAFolderWithoutPicturesAreAnError) {
  EXPECT_THROW(read(), Error);
  EXPECT_THROW(read("nowhere"), Error);
}

TEST_F(Characters, OfAFolderWithADamagedPictureAreAnErrorThatNamesIt) {
  picture("front/a.png", 1);
  writeFileAtomically(m_folder / "front" / "b.png", std::string_view("\x89PNG\r\n\x1a\n and no more"));
  try {
    read();
    FAIL() << "a sheet without b would have been made";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("b.png"), std::string::npos);
  }
}

TEST_F(Characters, AreSavedByViewAndReadBack) {
  const std::vector<SheetCharacter> characters = {{"0", {{"back", filled(1)}, {"front", filled(2)}}},
                                                  {"1", {{"back", filled(3)}, {"front", filled(4)}}}};
  const auto files = save(characters, false);
  EXPECT_EQ(files.size(), 4U);
  EXPECT_EQ(readImage(m_folder / "out" / "front" / "1.png"), filled(4));
  const auto again = read("out");
  ASSERT_EQ(again.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    auto views = again[i].views;
    std::ranges::sort(views, {}, [](const auto& view) { return view.first; });
    EXPECT_EQ(again[i].name, characters[i].name);
    EXPECT_EQ(views, characters[i].views);
  }
}

TEST_F(Characters, AreSavedFlat) {
  const auto files = save({{"0", {{"front", filled(1)}}}, {"1", {{"front", filled(2)}}}}, true);
  EXPECT_EQ(files, (std::vector<fs::path>{m_folder / "out" / "0.png", m_folder / "out" / "1.png"}));
}

TEST_F(Characters, WithUnsafeOrEqualNamesStayInsideTheFolder) {
  const auto files = save({{"../../evil", {{"front", filled(1)}}},
                           {"same", {{"front", filled(2)}}},
                           {"same", {{"front", filled(3)}}},
                           {"", {{"front", filled(4)}}}},
                          false);
  ASSERT_EQ(files.size(), 4U);
  for (const fs::path& file : files) {
    EXPECT_EQ(file.parent_path(), m_folder / "out" / "front") << file;
    EXPECT_TRUE(fs::exists(file)) << file;
  }
  EXPECT_EQ(readImage(m_folder / "out" / "front" / "same-2.png"), filled(3));
}

TEST_F(Characters, SavingStopsWhenItIsCancelled) {
  std::stop_source stop;
  stop.request_stop();
  JobMonitor monitor(stop.get_token(), {});
  EXPECT_THROW(saveCharacters({{"0", {{"front", filled(1)}}}}, m_folder / "out", true, monitor), Cancelled);
}

TEST_F(Characters, OfTheCatalogueComeInItsOrder) {
  const Project project = Project::create(m_folder / "p.loom");
  Catalogue catalogue = project.catalogue();
  std::vector<SpriteId> ids;
  for (const auto& [character, view, shade] :
       {std::tuple{"zoe", "front", 1}, std::tuple{"adam", "front", 2}, std::tuple{"zoe", "back", 3}}) {
    NewSprite sprite;
    sprite.pixels = filled(static_cast<std::uint8_t>(shade));
    sprite.character = character;
    sprite.view = view;
    sprite.source = "test";
    ids.push_back(catalogue.addSprite(sprite));
  }
  std::ranges::reverse(ids);
  const auto characters = catalogueCharacters(catalogue, ids);
  ASSERT_EQ(characters.size(), 2U);
  EXPECT_EQ(characters[0].name, "zoe");
  EXPECT_EQ(characters[0].views, (Views{{"front", filled(1)}, {"back", filled(3)}}));
  EXPECT_EQ(characters[1].views, (Views{{"front", filled(2)}}));
  EXPECT_TRUE(catalogueCharacters(catalogue, {}).empty());
}

TEST_F(Characters, OfTheCatalogueKnowTheirAnimations) {
  const Project project = Project::create(m_folder / "p.loom");
  Catalogue catalogue = project.catalogue();
  NewSprite sprite;
  sprite.pixels = filled(1);
  sprite.character = "zoe";
  sprite.view = "left";
  sprite.animation = "walk";
  sprite.frame = 3;
  sprite.milliseconds = 120;
  const std::vector<SpriteId> ids = {catalogue.addSprite(sprite)};
  const auto characters = catalogueCharacters(catalogue, ids);
  ASSERT_EQ(characters.front().motions.size(), 1U);
  const Sheet sheet = layOutSheet(characters, {.layout = SheetLayout::kLpcFull});
  EXPECT_EQ(sheet.frames.front().name, "zoe/walk-left-3");
  EXPECT_EQ(sheet.frames.front().frame.x, 3 * 64);
  EXPECT_EQ(sheet.frames.front().frame.y, 9 * 64);
  EXPECT_EQ(sheet.frames.front().motion.milliseconds, 120);
}

TEST_F(Characters, OfFavouritesAreAsTheyWereKept) {
  const Project project = Project::create(m_folder / "p.loom");
  Catalogue catalogue = project.catalogue();
  std::vector<std::int64_t> ids;
  for (const int shade : {10, 20, 30}) {
    Favourite favourite;
    favourite.name = "hero " + std::to_string(shade);
    favourite.latent = {1, 2};
    favourite.views = {"back", "front"};
    favourite.sprites = {filled(static_cast<std::uint8_t>(shade)), filled(static_cast<std::uint8_t>(shade + 1))};
    ids.push_back(catalogue.addFavourite(favourite));
  }
  const auto all = favouriteCharacters(catalogue);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].name, "hero 20");
  EXPECT_EQ(all[1].views, (Views{{"back", filled(20)}, {"front", filled(21)}}));
  const std::vector<std::int64_t> some = {ids[2], ids[0]};
  const auto chosen = favouriteCharacters(catalogue, some);
  ASSERT_EQ(chosen.size(), 2U);
  EXPECT_EQ(chosen[0].name, "hero 10") << "in the order in which they were made";
  EXPECT_EQ(chosen[1].name, "hero 30");
}

}  // namespace
}  // namespace loom
