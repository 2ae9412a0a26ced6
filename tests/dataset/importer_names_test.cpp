#include "core/dataset/importer_names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/limits.h"

namespace loom {
namespace {

/// "pack/front/1.png" as a picture of the folder "pack" in "/data".
PicturePath picture(const std::string& text) {
  PicturePath path{.where = "/data", .folders = {}, .file = {}};
  std::size_t begin = 0;
  for (std::size_t slash = text.find('/'); slash != std::string::npos; slash = text.find('/', begin)) {
    path.folders.push_back(text.substr(begin, slash - begin));
    begin = slash + 1;
  }
  path.file = text.substr(begin);
  return path;
}

std::vector<std::string> named(const std::vector<std::string>& texts, const std::set<std::string>& taken = {}) {
  std::vector<PicturePath> paths;
  for (const std::string& text : texts) paths.push_back(picture(text));
  std::vector<std::string> result;
  for (const PictureName& name : namePictures(paths, [&](const std::string& n) { return taken.contains(n); })) {
    result.push_back(name.character + " | " + name.view);
  }
  return result;
}

using Names = std::vector<std::string>;

TEST(ImporterNames, NumberedFoldersAreViewsWhenTheyAreZeroToThree) {
  EXPECT_EQ(named({"hero/0/5.png", "hero/1/5.png", "hero/2/5.png", "hero/3/5.png"}),
            (Names{"5 | back", "5 | left", "5 | front", "5 | right"}));
  EXPECT_EQ(named({"data/0/7.png", "data/2/7.png"}), (Names{"7 | back", "7 | front"}));
}

TEST(ImporterNames, OtherNumberedFoldersAreNone) {
  EXPECT_EQ(named({"s/0/a.png", "s/1/b.png", "s/4/c.png"}), (Names{"a | any", "b | any", "c | any"}));
  EXPECT_EQ(named({"s/0/a.png", "s/x/b.png"}), (Names{"a | any", "b | any"})) << "one number alone says nothing";
  EXPECT_EQ(named({"s/00/a.png", "s/1/b.png", "s/2/b.png"}), (Names{"00/a | any", "1/b | any", "2/b | any"}))
      << "where pictures stand in each other's way, all get their folders";
}

TEST(ImporterNames, FoldersThatAreSourcesThemselvesCountAsNeighbours) {
  EXPECT_EQ(named({"0/5.png", "1/5.png"}), (Names{"5 | back", "5 | left"}));
  EXPECT_EQ(named({"front/5.png", "back/5.png"}), (Names{"5 | front", "5 | back"}));
  std::vector<PicturePath> archives{picture("0/5.png"), picture("1/5.png")};
  for (PicturePath& path : archives) path.inArchive = true;
  const auto names = namePictures(archives, [](const std::string&) { return false; });
  EXPECT_EQ(names[0].view, "any") << "0.zip and 1.zip are two packs, no two views";
  EXPECT_NE(names[0].character, names[1].character);
}

TEST(ImporterNames, TheNearestFolderThatIsAViewWins) {
  EXPECT_EQ(named({"up/heroes/left/a.png"}), Names{"a | left"});
  EXPECT_EQ(named({"front/heroes/a.png", "Back/heroes/a.png"}), (Names{"a | front", "a | back"}));
  EXPECT_EQ(named({"pack/right/sword-up.png"}), Names{"sword-up | right"}) << "a folder speaks louder than a word";
}

TEST(ImporterNames, WordsInTheFileNameAreViews) {
  EXPECT_EQ(named({"p/knight-front.png", "p/knight-back.png", "p/left_knight.png", "p/knight right.png"}),
            (Names{"knight | front", "knight | back", "knight | left", "knight | right"}));
  EXPECT_EQ(named({"p/dark.knight.Down.01.png"}), Names{"dark.knight.01 | front"});
  EXPECT_EQ(named({"p/orc-back-left.png", "p/orc_north_west.png"}), (Names{"orc | back-left", "orc (2) | back-left"}));
  EXPECT_EQ(named({"p/top-down-hero.png", "p/backpack.png", "p/hero-0.png"}),
            (Names{"top-down-hero | any", "backpack | any", "hero-0 | any"}));
}

TEST(ImporterNames, AFileThatIsOnlyAViewIsTheCharacterOfItsFolder) {
  EXPECT_EQ(named({"p/knight/front.png", "p/knight/back.png", "p/mage/front.png"}),
            (Names{"knight | front", "knight | back", "mage | front"}));
  EXPECT_EQ(named({"knight/front.png"}), Names{"knight | front"});
}

TEST(ImporterNames, SameNamesInFoldersThatAreNoViewsAreDifferentCharacters) {
  EXPECT_EQ(named({"p/mages/front/1.png", "p/mages/back/1.png", "p/orcs/front/1.png", "p/orcs/front/2.png"}),
            (Names{"mages/1 | front", "mages/1 | back", "orcs/1 | front", "orcs/2 | front"}));
  EXPECT_EQ(named({"p/1.png", "p/more/1.png"}), (Names{"1 | any", "more/1 | any"}));
  EXPECT_EQ(named({"p/0/1.png", "p/1/1.png", "p/extras/1.png"}), (Names{"1 | back", "1 | left", "extras/1 | any"}))
      << "nothing says that a picture without a view shows the same character";
}

TEST(ImporterNames, FoldersStayOutOfTheNamesWhereNothingCollides) {
  EXPECT_EQ(named({"p/mages/red.png", "p/orcs/green.png"}), (Names{"red | any", "green | any"}));
}

TEST(ImporterNames, TwoPicturesOfOneViewInOneFolderAreTwoCharacters) {
  EXPECT_EQ(named({"p/front/5.png", "p/back/5.png", "p/front/5.gif", "p/back/5.gif"}),
            (Names{"5.png | front", "5.png | back", "5.gif | front", "5.gif | back"}));
  EXPECT_EQ(named({"p/elf-front.png", "p/front-elf.png", "p/elf (2)-front.png", "p/elf-back.png"}),
            (Names{"elf | front", "elf (2) | front", "elf (2) (2) | front", "elf | back"}));
}

TEST(ImporterNames, WhatIsTakenPutsTheSourceInFrontOfAll) {
  EXPECT_EQ(named({"more/0.png", "more/1.png"}, {"0"}), (Names{"more/0 | any", "more/1 | any"}));
  EXPECT_EQ(named({"more/0.png", "more/1.png"}, {"0", "more/1"}), (Names{"more 2/0 | any", "more 2/1 | any"}));
  EXPECT_EQ(named({"front/0.png", "back/0.png"}, {"0"}), (Names{"data/0 | front", "data/0 | back"}))
      << "a view is no name for a source";
  EXPECT_EQ(named({"a/0.png", "b/0.png"}, {"a/0"}), (Names{"a 2/0 | any", "b 2/0 | any"})) << "or with a/a/0";
}

TEST(ImporterNames, LongNamesAreCutBetweenLettersAndStayApart) {
  const auto most = static_cast<std::size_t>(limits::kMaxNameLength);
  std::string longName(most - 1, 'x');
  longName += "ü";
  const Names names = named({"p/" + longName + "one.png", "p/" + longName + "two.png"});
  EXPECT_EQ(names[0], std::string(most - 1, 'x') + " | any");
  EXPECT_NE(names[0], names[1]);
  for (const std::string& name : names) EXPECT_LE(name.size(), most + 6);
}

TEST(ImporterNames, AFileWithoutAStemGetsAName) {
  for (const std::string& name : named({"p/-.png", "---.png", "p/front/-front-.png"})) {
    EXPECT_FALSE(name.starts_with(" |")) << name;
  }
}

TEST(ImporterNames, BytesThatAreNoUtf8BecomeReplacementCharacters) {
  EXPECT_EQ(validUtf8("plain ü 漢 \xF0\x9F\x90\x99"), "plain ü 漢 \xF0\x9F\x90\x99");
  EXPECT_EQ(validUtf8("M\xFCller"), "M\xEF\xBF\xBDller");
  EXPECT_EQ(validUtf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD") << "an overlong slash";
  EXPECT_EQ(validUtf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "half a surrogate pair";
  EXPECT_EQ(validUtf8("end\xE2\x82"), "end\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(validUtf8(""), "");
}

}  // namespace
}  // namespace loom
