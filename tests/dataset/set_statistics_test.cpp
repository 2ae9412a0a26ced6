#include "core/dataset/set_statistics.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/dataset/sprite_list.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

SpriteInfo record(const std::string& character, const std::string& view, const std::string& tags,
                  const std::string& source) {
  SpriteInfo info{.character = character, .view = view, .width = 16, .height = 24, .colours = 5, .source = source};
  info.tags = tags;
  return info;
}

using Counted = std::vector<CountedName>;

TEST(SetStatistics, CountsWhatTheRecordsSay) {
  std::vector<SpriteInfo> sprites{
      record("knight", "front", "sword male", "packs/heroes/front/1.png"),
      record("knight", "left", "sword male male", "packs/heroes/left/1.png"),
      record("mage", "front", "female", "heroes.zip!front/2.png"),
      record("blob", "any", "", "blob.png"),
  };
  sprites[2].width = 32;
  sprites[2].colours = 9;
  sprites[0].licence = sprites[1].licence = "CC0-1.0";
  sprites[1].animation = "walk";
  const SetStatistics statistics = statisticsOf(sprites);
  EXPECT_EQ(statistics.sprites, 4);
  EXPECT_EQ(statistics.characters, 3);
  EXPECT_EQ(statistics.sizes, (Counted{{"16x24", 3}, {"32x24", 1}}));
  EXPECT_EQ(statistics.coloursPerSprite, (std::map<int, std::int64_t>{{5, 3}, {9, 1}}));
  EXPECT_EQ(statistics.views, (Counted{{"left", 1}, {"front", 2}, {"any", 1}}));
  EXPECT_EQ(statistics.viewsPerCharacter, (std::map<int, std::int64_t>{{1, 2}, {2, 1}}));
  EXPECT_EQ(statistics.missingViews, (std::vector<MissingViews>{{"mage", {"left"}}}))
      << "the blob has no view that others could go with";
  EXPECT_EQ(statistics.tags, (Counted{{"male", 2}, {"sword", 2}, {"female", 1}})) << "a word counts once a sprite";
  EXPECT_EQ(statistics.licences, (Counted{{"", 2}, {"CC0-1.0", 2}}));
  EXPECT_EQ(statistics.sources,
            (Counted{{"blob.png", 1}, {"heroes.zip", 1}, {"packs/heroes/front", 1}, {"packs/heroes/left", 1}}));
  EXPECT_EQ(statistics.animations, (Counted{{"walk", 1}}));
  EXPECT_EQ(statisticsOf({}).characters, 0);
}

TEST(SetColours, AreSharesOfAllVisiblePixels) {
  const Rgba red{200, 0, 0, 255}, blue{0, 0, 200, 255}, glass{0, 0, 200, 90};
  SpriteList list;
  Sprite sprite(2, 2);
  sprite.at(0, 0) = sprite.at(1, 0) = sprite.at(0, 1) = red;
  list.add(sprite, "a", "front");
  sprite.at(1, 1) = blue;
  list.add(sprite, "b", "front");
  sprite.at(1, 1) = glass;
  list.add(sprite, "c", "front");
  list.add(Sprite(2, 2), "d", "front");
  JobMonitor monitor;
  const SetColours colours = coloursOf(list.infos(), list.source(), 2, monitor);
  EXPECT_EQ(colours.different, 3);
  ASSERT_EQ(colours.mostUsed.size(), 2U);
  EXPECT_EQ(colours.mostUsed[0].colour, red);
  EXPECT_DOUBLE_EQ(colours.mostUsed[0].share, 9. / 11);
  EXPECT_DOUBLE_EQ(colours.mostUsed[1].share, 1. / 11);
  EXPECT_EQ(colours.partialAlpha, 1);
  EXPECT_EQ(colours.opaque, 1);
  EXPECT_EQ(colours.empty, 1);
}

TEST(SetColours, CountingCanBeCancelled) {
  SpriteList list;
  for (int i = 0; i < 100; ++i) list.add(sampleSprite(i), "a" + std::to_string(i), "any");
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
  EXPECT_THROW(coloursOf(list.infos(), list.source(), 10, monitor), Cancelled);
}

}  // namespace
}  // namespace loom
