#include "core/base/json.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

std::string messageOf(const std::string& text) {
  try {
    parseJson(text, "atlas.json");
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty());
    return error.what();
  }
  return {};
}

TEST(ParseJson, ReadsWhatIsWhole) {
  EXPECT_EQ(parseJson(R"({"frames": [1, 2, {"x": "]}"}]})", "a")["frames"][2]["x"], "]}");
  EXPECT_EQ(parseJson(R"("a \" [[[ quote")", "a"), "a \" [[[ quote");
}

TEST(ParseJson, ReadsUpToTheDepthAllowedAndNoDeeper) {
  EXPECT_EQ(messageOf(nested(limits::kMaxJsonDepth)), "");
  EXPECT_NE(messageOf(nested(limits::kMaxJsonDepth + 1)).find("atlas.json is nested deeper than the 64"),
            std::string::npos);
  std::string objects;
  for (int i = 0; i <= limits::kMaxJsonDepth; ++i) objects += "{\"a\":";
  EXPECT_NE(messageOf(objects + "1" + std::string(limits::kMaxJsonDepth + 1, '}')).find("nested"), std::string::npos);
}

TEST(ParseJson, CountsDepthNotBrackets) {
  std::string many = "[";
  for (int i = 0; i < 1000; ++i) many += "[],\"[[\",";
  EXPECT_EQ(messageOf(many + "[]]"), "");
}

TEST(ParseJson, AMillionOpenBracketsAreRefused) {
  EXPECT_NE(messageOf(std::string(1'000'000, '[')).find("nested"), std::string::npos);
  EXPECT_EQ(jsonFrom(std::string(1'000'000, '[')), std::nullopt);
}

TEST(ParseJson, SaysThatDamagedTextIsNoJson) {
  for (const char* text : {"", "{", "[1,]", "nonsense", "\"open", "\"open\\", "[1] 2", "]"}) {
    EXPECT_EQ(messageOf(text), "atlas.json is no JSON that can be read") << text;
  }
}

}  // namespace
}  // namespace loom
