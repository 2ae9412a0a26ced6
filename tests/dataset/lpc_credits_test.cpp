#include "core/dataset/lpc_credits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "core/base/limits.h"
#include "tests/dataset/made_layers.h"

namespace loom {
namespace {

using Names = std::vector<std::string>;

TEST(LpcCredits, FindsAuthorsByTheWordsOfThePath) {
  const LpcCredits credits(kMadeAuthors, "GNU GPL 3.0 and CC-BY-SA 3.0", "");
  EXPECT_EQ(credits.everyone(), (Names{"Ann Archer", "Bob Baker", "Cy Cook"}));
  EXPECT_EQ(credits.of("weapons/right hand/either/bow.png").authors, Names{"Ann Archer"});
  EXPECT_EQ(credits.of("hair/male/short/black.png").authors, (Names{"Bob Baker", "Cy Cook"})) << "drawn and recoloured";
  EXPECT_EQ(credits.of("feet/shoes/female/brown_shoes_female.png").authors, (Names{"Bob Baker", "Cy Cook"}));
  EXPECT_EQ(credits.of("body/male/light.png").authors, Names{"Ann Archer"}) << "the base animations";
  EXPECT_EQ(credits.of("legs/pants/male/teal_pants_male.png").authors, Names{"Cy Cook"});
  EXPECT_TRUE(credits.of("hair/male/short/black.png").exact);
  EXPECT_EQ(credits.of("hair/male/short/black.png").licence, "GPL-3.0 and CC-BY-SA 3.0");
}

TEST(LpcCredits, NamesEveryoneWhereTheWordsDoNotSettleIt) {
  const LpcCredits credits(kMadeAuthors, "", "");
  for (const char* path : {"torso/chain/mail_male.png", "feet/shoes/male/brown_shoes_male.png",
                           "belt/leather/female/leather_female.png", "head/helms/male/metal_helm_male.png"}) {
    EXPECT_EQ(credits.of(path).authors, credits.everyone()) << path;
    EXPECT_FALSE(credits.of(path).exact) << path;
  }
  EXPECT_EQ(credits.of("torso/chain/mail_male.png").licence, "") << "none is stated";
}

TEST(LpcCredits, TakesCreditsCsvByPath) {
  const LpcCredits credits(
      kMadeAuthors, "GPL 3.0",
      "filename,notes,authors,licenses,urls\r\n"
      "body/male/light.png,\"a \"\"note\"\", two\nlines\",\"Dora Doe,Eve Eden\",\"CC-BY-SA 4.0,OGA-BY 3.0\",u\r\n"
      "hair/male/short/black.png,,,GPL 3.0,u\n");
  EXPECT_EQ(credits.of("spritesheets/body/male/light.png").authors, (Names{"Dora Doe", "Eve Eden"}));
  EXPECT_EQ(credits.of("body/male/light.png").licence, "CC-BY-SA 4.0,OGA-BY 3.0");
  EXPECT_TRUE(credits.of("body/male/light.png").exact);
  EXPECT_EQ(credits.of("hair/male/short/black.png").authors, (Names{"Bob Baker", "Cy Cook"}))
      << "a line without authors";
}

TEST(LpcCredits, MergeWithoutRepeats) {
  const LpcCredit merged = mergedCredits({{.authors = {"Ann", "Bob"}, .licence = "A", .exact = true},
                                          {.authors = {"Bob", "Cy"}, .licence = "B", .exact = false},
                                          {.authors = {"Cy"}, .licence = "A", .exact = true}});
  EXPECT_EQ(authorList(merged), "Ann, Bob, Cy");
  EXPECT_EQ(merged.licence, "A; B");
  EXPECT_FALSE(merged.exact);
}

TEST(LpcCredits, TakeNoLongTimeForATextWithoutEnd) {
  std::string text = kMadeAuthors;
  for (int i = 0; i < 100'000; ++i)
    text += "\nSomebody " + std::to_string(i) + "\n-----\nhat " + std::to_string(i) + "\n";
  const auto begin = std::chrono::steady_clock::now();
  const LpcCredits credits(text, "", "");
  EXPECT_EQ(credits.of("weapons/right hand/either/bow.png").authors, Names{"Ann Archer"});
  EXPECT_EQ(credits.everyone().size(), std::size_t{limits::kMaxLpcAuthors});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));  // many minutes without the limits
}

TEST(LpcCredits, SurviveAnyText) {
  const std::string odd = std::string("\0---\n-----\n((([\n\"\n,,\"\n", 22) + std::string(1000, '(') + "\n---";
  const LpcCredits credits(odd, odd, odd);
  EXPECT_NO_THROW(credits.of("hair/male/short/black.png"));
  EXPECT_NO_THROW(credits.of(""));
  EXPECT_TRUE(LpcCredits().of("hair/male/short/black.png").authors.empty());
}

}  // namespace
}  // namespace loom
