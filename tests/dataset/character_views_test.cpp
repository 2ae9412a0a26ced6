#include "core/dataset/character_views.h"

#include <gtest/gtest.h>

#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class CharacterViewsTest : public testing::Test {
 protected:
  void add(const std::string& character, const std::string& view) {
    m_catalogue.addSprite({.pixels = sampleSprite(++m_count, 16, 16), .character = character, .view = view});
  }
  std::shared_ptr<const Snapshot> take() {
    JobMonitor monitor;
    return takeSnapshot(m_catalogue, 16, {}, monitor);
  }
  TempFolder m_folder;
  Catalogue m_catalogue{m_folder / "project.db"};
  int m_count = 0;
};

TEST_F(CharacterViewsTest, AreThoseSeenFromTwoSidesOrMore) {
  add("elf", "front");
  add("orc", "left");
  add("elf", "back");
  add("elf", "front");  // of the next frame
  add("imp", "any");
  add("imp", "front");
  const auto data = take();
  const std::vector<std::string> views = namedViews(*data);
  EXPECT_EQ(views, (std::vector<std::string>{"back", "left", "front"}));
  EXPECT_EQ(charactersOf(*data, views), std::vector<CharacterViews>({{2, kNoSprite, 0}}));
}

TEST_F(CharacterViewsTest, FollowTheViewsAskedForInTheirOrder) {
  add("elf", "front");
  add("elf", "back");
  add("orc", "back");
  add("orc", "right");
  const auto data = take();
  EXPECT_EQ(charactersOf(*data, {"front", "left", "back"}), std::vector<CharacterViews>({{0, kNoSprite, 1}}))
      << "a view that the model does not know counts for nothing";
  EXPECT_TRUE(charactersOf(*data, {"front"}).empty());
}

TEST_F(CharacterViewsTest, MayBeSeenFromOneSideAlone) {
  add("elf", "front");
  add("orc", "left");
  add("elf", "back");
  add("imp", "any");
  const auto data = take();
  EXPECT_EQ(characterViewNames(*data, 1), (std::vector<std::string>{"back", "left", "front"}));
  EXPECT_EQ(charactersOf(*data, characterViewNames(*data, 1), 1),
            (std::vector<CharacterViews>{{2, kNoSprite, 0}, {kNoSprite, 1, kNoSprite}}));
}

TEST_F(CharacterViewsTest, AreAllSpritesWhereNoneSaysItsView) {
  add("elf", "any");
  add("elf", "any");
  add("orc", "any");
  const auto data = take();
  EXPECT_TRUE(characterViewNames(*data, 2).empty());
  EXPECT_EQ(characterViewNames(*data, 1), std::vector<std::string>{"any"});
  EXPECT_EQ(charactersOf(*data, {"any"}, 1), (std::vector<CharacterViews>{{0}, {1}, {2}}));
}

}  // namespace
}  // namespace loom
