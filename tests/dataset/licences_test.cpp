#include "core/dataset/licences.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace loom {
namespace {

LicenceReport together(const std::vector<std::string>& licences) {
  std::vector<Credit> credits;
  for (const std::string& licence : licences) credits.push_back({.author = "Ann", .licence = licence});
  return licencesTogether(credits);
}
using Names = std::vector<std::string>;

TEST(Licences, ShareAlikeAndGplDoNotGoTogetherButForTheVersionThatMayBecomeGpl) {
  EXPECT_EQ(together({"CC-BY-SA 3.0", "GPL-3.0"}).conflicts.size(), 1U);
  EXPECT_EQ(together({"CC BY-SA 4.0", "GPL 3.0"}).usable, Names{"GPL-3.0"});
  EXPECT_EQ(together({"CC-BY-SA 3.0", "cc_by_sa-4.0"}).usable, Names{"CC-BY-SA 4.0"});
  EXPECT_EQ(together({"CC-BY-SA-4.0", "GPL-2.0"}).conflicts.size(), 1U);
  EXPECT_EQ(together({"GPL-2.0 or later", "GPL-3.0"}).usable, Names{"GPL-3.0"});
  EXPECT_EQ(together({"GPL-2.0", "GPLv3"}).conflicts.size(), 1U);
}

TEST(Licences, AListLeavesTheChoice) {
  for (const char* both : {"CC-BY-SA 3.0, GPL 3.0", "GPL-3.0 and CC-BY-SA 3.0", "CC-BY-SA 3.0 / GPL 3.0",
                           "OGA-BY 3.0; CC-BY-SA 3.0; GPL 3.0"}) {
    EXPECT_TRUE(together({both, "GPL-3.0"}).conflicts.empty()) << both;
    EXPECT_TRUE(together({both, "CC-BY-SA 3.0"}).conflicts.empty()) << both;
  }
  EXPECT_EQ(together({"CC-BY-SA 3.0, GPL 3.0", "GPL 3.0"}).usable, Names{"GPL-3.0"});
}

TEST(Licences, FreeOnesGoWithEverythingAndAskForNothing) {
  const LicenceReport report = together({"CC0", "Public Domain", "CC-BY 4.0", "OGA-BY 3.0", "MIT"});
  EXPECT_TRUE(report.usable.empty() && report.conflicts.empty() && report.unknown.empty());
  EXPECT_EQ(together({"CC0 1.0", "GPL-3.0"}).usable, Names{"GPL-3.0"});
  EXPECT_TRUE(licenceWarning(report).empty());
}

TEST(Licences, NoDerivativesAllowsNothingAndNonCommercialStaysSo) {
  const LicenceReport kept = together({"CC-BY-ND 4.0", "CC0"});
  ASSERT_EQ(kept.conflicts.size(), 1U);
  EXPECT_NE(kept.conflicts.front().find("CC-BY-ND 4.0"), std::string::npos);
  const LicenceReport forFun = together({"CC-BY-NC 4.0", "CC-BY 3.0"});
  EXPECT_TRUE(forFun.nonCommercial && forFun.conflicts.empty());
  EXPECT_NE(licenceWarning(forFun).find("sold"), std::string::npos);
  EXPECT_EQ(together({"CC-BY-NC-SA 4.0", "CC-BY-SA 4.0"}).conflicts.size(), 1U);
  EXPECT_EQ(together({"CC-BY-NC-SA 3.0", "CC-BY-NC-SA 4.0"}).usable, Names{"CC-BY-NC-SA 4.0"});
}

TEST(Licences, WhatIsNotUnderstoodIsSaid) {
  const LicenceReport report = together({"", "ask me", "CC0"});
  EXPECT_EQ(report.unknown, (Names{"", "ask me"}));
  const std::string warning = licenceWarning(report);
  EXPECT_NE(warning.find("'ask me'"), std::string::npos);
  EXPECT_EQ(std::ranges::count(warning, '\n'), 2);
}

TEST(Licences, ThreeThatOnlyConflictTogetherAreAllNamed) {
  // Any two of them have an outcome in common, all three have none.
  const LicenceReport report = together({"CC-BY-SA 3.0, GPL 2.0", "GPL-2.0, GPL-3.0", "CC-BY-SA 3.0, GPL-3.0"});
  ASSERT_EQ(report.conflicts.size(), 1U);
  for (const char* licence : {"CC-BY-SA 3.0, GPL 2.0", "GPL-2.0, GPL-3.0", "CC-BY-SA 3.0, GPL-3.0"}) {
    EXPECT_NE(report.conflicts.front().find(licence), std::string::npos) << licence;
  }
}

TEST(Licences, CreditsAreReadBackFromTheirText) {
  const std::vector<Credit> made = {
      {.author = "Ann, Bob", .licence = "CC0", .source = "a.zip", .sprites = 3, .characters = {"x", "y"}},
      {.author = "", .licence = "", .source = "b", .sprites = 1, .characters = {"z"}}};
  const std::string text = creditsText(made, "a test");
  const std::vector<Credit> read = creditsIn(text + "\n" + text);
  ASSERT_EQ(read.size(), 2U) << "each once";
  EXPECT_EQ(read[0].author, "Ann, Bob");
  EXPECT_EQ(read[0].licence, "CC0");
  EXPECT_EQ(read[0].source, "a.zip");
  EXPECT_EQ(read[0].sprites, 6);
  EXPECT_EQ(read[1].author, "");
  EXPECT_EQ(read[1].licence, "");
  EXPECT_TRUE(creditsIn("").empty());
  EXPECT_TRUE(creditsIn("Licence: lost\nnonsense").empty());
}

}  // namespace
}  // namespace loom
