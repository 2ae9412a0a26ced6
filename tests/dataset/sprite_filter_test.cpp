#include "core/dataset/sprite_filter.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

SpriteInfo knight() {
  return {.id = 7,
          .character = "Knight of Zürich",
          .view = "back-left",
          .width = 64,
          .height = 48,
          .colours = 16,
          .source = "/data/pack.zip!data/front/knight.png",
          .licence = "CC-BY-SA 4.0",
          .author = "Anna Ångström",
          .tags = "armour sword undead",
          .animation = "walk",
          .frame = 3,
          .excluded = true,
          .cleaned = false};
}

bool matches(const std::string& filter) {
  return SpriteFilter::parse(filter).matches(knight());
}

TEST(SpriteFilter, EveryWordAndEveryTermMustHold) {
  for (const char* filter : {"",
                             "  ",
                             "knight",
                             "KNIGHT",
                             "zÜrich",
                             "sword knight pack.zip",
                             "back-left",
                             "\"of zürich\"",
                             "view:back-left",
                             "view:Back_Left",
                             "view:nw",
                             "character:knight",
                             "character:\"knight of\"",
                             "tag:sword",
                             "tag:ARMOUR tag:undead",
                             "source:front",
                             "licence:cc-by",
                             "license:4.0",
                             "author:ångström",
                             "animation:walk",
                             "frame:3",
                             "size:64x48",
                             "size:64X48",
                             "width:64",
                             "width:>63",
                             "width:>=64",
                             "width:<65",
                             "width:<=64",
                             "width:16..64",
                             "height:=48",
                             "colours:<=16",
                             "colors:16",
                             "excluded:yes",
                             "cleaned:no",
                             "duplicate:no",
                             "-orc",
                             "not:orc",
                             "-view:left",
                             "-tag:swo",
                             "not:not:knight",
                             "-\"orc king\"",
                             "knight -excluded:no",
                             "-licence:\"\""}) {
    EXPECT_TRUE(matches(filter)) << filter;
  }
  for (const char* filter : {"orc",
                             "knight orc",
                             "anna",
                             "walk",
                             "knightback",
                             "view:left",
                             "view:back",
                             "tag:swo",
                             "tag:\"armour undead\"",
                             "character:sword",
                             "source:rear",
                             "licence:cc0",
                             "author:ben",
                             "author:\"\"",
                             "animation:wal",
                             "frame:>3",
                             "size:64",
                             "size:48x64",
                             "width:<64",
                             "width:>64",
                             "colours:<16",
                             "excluded:no",
                             "cleaned:yes",
                             "duplicate:yes",
                             "-knight",
                             "not:knight",
                             "-view:back-left",
                             "not:tag:sword",
                             "--orc"}) {
    EXPECT_FALSE(matches(filter)) << filter;
  }
}

TEST(SpriteFilter, AnEmptyValueFindsWhatLacksOne) {
  SpriteInfo bare{.id = 1, .character = "a", .view = "any", .width = 1, .height = 1};
  for (const char* filter : {"author:\"\"", "licence:\"\"", "tag:\"\"", "animation:\"\"", "source:\"\""}) {
    EXPECT_TRUE(SpriteFilter::parse(filter).matches(bare)) << filter;
    EXPECT_FALSE(matches(filter)) << filter;
  }
}

TEST(SpriteFilter, SaysWhatIsWrong) {
  try {
    SpriteFilter::parse("colour:red");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("colour:"), std::string::npos);
    for (const char* key : {"character", "view", "tag", "source", "licence", "author", "animation", "size", "width",
                            "height", "colours", "excluded", "cleaned", "duplicate"}) {
      EXPECT_NE(error.hint().find(key), std::string::npos) << key;
    }
  }
  for (const char* filter : {"view:", "width:wide", "width:>", "width:5..", "size:64x", "size:axb", "excluded:maybe",
                             "\"open", "tag:\"open", "http://x.org", "width:99999999999", "width:-5", ":x", "not:"}) {
    EXPECT_THROW(SpriteFilter::parse(filter), Error) << filter;
  }
}

TEST(SpriteFilter, AskedOnceForDuplicatesAndExcluded) {
  EXPECT_TRUE(SpriteFilter::parse("").empty());
  EXPECT_FALSE(SpriteFilter::parse("a").needsDuplicates());
  SpriteFilter filter = SpriteFilter::parse("duplicate:yes excluded:yes");
  EXPECT_TRUE(filter.needsDuplicates());
  EXPECT_TRUE(filter.asksForExcluded());
  EXPECT_FALSE(filter.matches(knight()));
  filter.setDuplicates({7});
  EXPECT_TRUE(filter.matches(knight()));
}

TEST(SpriteFilter, FindsSpritesOfACatalogue) {
  const TempFolder folder;
  Catalogue catalogue(folder / "project.db");
  const SpriteId first = catalogue.addSprite({.pixels = sampleSprite(1), .character = "a", .view = "front"});
  const SpriteId twin = catalogue.addSprite({.pixels = sampleSprite(1), .character = "b", .view = "front"});
  const SpriteId other = catalogue.addSprite({.pixels = sampleSprite(2), .character = "c", .view = "left"});
  const auto ids = [&](const std::string& filter) {
    std::vector<SpriteId> found;
    for (const SpriteInfo& sprite : spritesWhere(catalogue, SpriteFilter::parse(filter))) found.push_back(sprite.id);
    return found;
  };
  EXPECT_EQ(ids("duplicate:yes"), (std::vector{first, twin}));
  EXPECT_EQ(ids("duplicate:no"), (std::vector{other}));
  EXPECT_EQ(ids("view:front -b"), (std::vector{first}));
  EXPECT_EQ(ids(""), (std::vector{first, twin, other}));
}

TEST(SpriteFilter, TextMadeOnceGivesTheSame) {
  SpriteInfo info = knight();
  info.tags = "two\nlines";
  const std::string text = filterText(info);
  for (const char* filter : {"two", "tag:lines", "author:ångström", "lines knight", "animation:walk", "nothing"}) {
    const SpriteFilter parsed = SpriteFilter::parse(filter);
    EXPECT_EQ(parsed.matches(info), parsed.matches(info, text)) << filter;
  }
  EXPECT_TRUE(SpriteFilter::parse("animation:walk tag:two").matches(info, text));
}

TEST(SpriteFilter, RandomTextNeverCrashes) {
  constexpr std::uint64_t kSeed = 5;
  RandomStream random(kSeed);
  const std::vector<std::string> parts{"view:", "-",  "not:", "\"", " ",  ":", "size:", "6", "x",       "4",
                                       "..",    ">=", "<",    "a",  "\n", "é", "\xFF",  "",  "width:1", "excluded:yes"};
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (int i = random.between(0, 12); i > 0; --i)
      text += parts[random.below(static_cast<std::uint32_t>(parts.size()))];
    try {
      SpriteFilter::parse(text).matches(knight());
    } catch (const Error& error) {
      EXPECT_STRNE(error.what(), "");
    }
  }
}

}  // namespace
}  // namespace loom
