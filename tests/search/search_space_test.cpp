#include "core/search/search_space.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"

namespace loom {
namespace {

Setting number(const std::string& name, SettingType type, double minimum) {
  Setting setting;
  setting.name = name;
  setting.type = type;
  setting.minimum = minimum;
  return setting;
}

SettingsSchema schema() {
  Setting size = number("size", SettingType::kInteger, 16);
  size.maximum = 128;
  size.multipleOf = 16;
  Setting batch = number("batch", SettingType::kInteger, 2);
  batch.maximum = 1024;
  Setting dropout = number("dropout", SettingType::kReal, 0);
  dropout.maximum = .9;
  Setting mirror;
  mirror.name = "mirror";
  mirror.type = SettingType::kBoolean;
  Setting loss;
  loss.name = "loss";
  loss.type = SettingType::kChoice;
  loss.choices = {"bce", "wasserstein"};
  return SettingsSchema({size, batch, number("lr", SettingType::kReal, 0), dropout, mirror, loss});
}

SearchRange range(const std::string& setting, const std::string& text) {
  SearchSpace space;
  space.add(schema(), setting, text);
  return space.ranges().front();
}

std::vector<double> drawn(const SearchRange& range, int count) {
  RandomStream random(7);
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(range.draw(random).get<double>());
  std::ranges::sort(values);
  return values;
}

std::string refusal(const std::string& setting, const std::string& text) {
  try {
    range(setting, text);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << setting << "=" << text;
    return error.what();
  }
  ADD_FAILURE() << setting << "=" << text << " was taken";
  return {};
}

TEST(SearchSpace, LogarithmicRangesAreEvenInTheirLogarithm) {
  const std::vector<double> values = drawn(range("lr", "1e-6..1e-2:log"), 4000);
  for (const double quantile : {.1, .25, .5, .75, .9}) {
    const double value = values[static_cast<std::size_t>(quantile * 4000)];
    EXPECT_NEAR((std::log10(value) + 6) / 4, quantile, .03);
  }
  EXPECT_GE(values.front(), 1e-6);
  EXPECT_LE(values.back(), 1e-2);
}

TEST(SearchSpace, OtherRangesAreEven) {
  const std::vector<double> values = drawn(range("dropout", "0.1..0.5"), 4000);
  for (const double quantile : {.1, .25, .5, .75, .9}) {
    EXPECT_NEAR((values[static_cast<std::size_t>(quantile * 4000)] - .1) / .4, quantile, .03);
  }
}

TEST(SearchSpace, WholeNumbersStayWholeAndBothEndsAreAsLikelyAsTheMiddle) {
  const SearchRange batch = range("batch", "2..5");
  RandomStream random(3);
  std::map<std::int64_t, int> counts;
  for (int i = 0; i < 4000; ++i) {
    const Json value = batch.draw(random);
    ASSERT_TRUE(value.is_number_integer());
    ++counts[value.get<std::int64_t>()];
  }
  ASSERT_EQ(counts.size(), 4U);
  for (const auto& [value, count] : counts) EXPECT_NEAR(count, 1000, 120) << value;
}

TEST(SearchSpace, KeepsToTheStepsOfASetting) {
  for (const std::string text : {"20..100", "20..100:log"}) {
    const SearchRange size = range("size", text);
    EXPECT_EQ(size.count(), 5);
    RandomStream random(3);
    std::set<Json> values;
    for (int i = 0; i < 1000; ++i) values.insert(size.draw(random));
    EXPECT_EQ(values, (std::set<Json>{32, 48, 64, 80, 96})) << text;
  }
}

TEST(SearchSpace, TakesListsAndAnyOfTheChoices) {
  EXPECT_EQ(range("batch", "32|64|32").choices, (std::vector<Json>{32, 64}));
  EXPECT_EQ(range("mirror", "any").choices, (std::vector<Json>{false, true}));
  EXPECT_EQ(range("mirror", "true").choices, (std::vector<Json>{true}));
  EXPECT_EQ(range("loss", "any").choices, (std::vector<Json>{"bce", "wasserstein"}));
  EXPECT_EQ(range("lr", "1e-4|1e-3").choices, (std::vector<Json>{1e-4, 1e-3}));
}

TEST(SearchSpace, SaysWhatIsWrongWithARange) {
  EXPECT_NE(refusal("learning", "1..2").find("no setting 'learning'"), std::string::npos);
  EXPECT_NE(refusal("batch", "64..2000").find("'batch' cannot be 2000"), std::string::npos);
  EXPECT_NE(refusal("batch", "1..8").find("'batch' cannot be 1"), std::string::npos);
  EXPECT_NE(refusal("lr", "1e-2..1e-4").find("above the second"), std::string::npos);
  EXPECT_NE(refusal("lr", "0..1e-4:log").find("begins above 0"), std::string::npos);
  EXPECT_NE(refusal("size", "33..47").find("multiple of 16"), std::string::npos);
  EXPECT_NE(refusal("size", "32|40").find("'size' cannot be 40"), std::string::npos);
  EXPECT_NE(refusal("loss", "bce|hinge").find("hinge"), std::string::npos);
  EXPECT_NE(refusal("loss", "1..2").find("no numbers"), std::string::npos);
  EXPECT_NE(refusal("lr", "any").find("few choices"), std::string::npos);
  for (const char* text : {"", "..", "1e-4..", "..1", "1e-4..1e-3:lin", "1e-4..nan", "0..inf", "a..b", "1..2..3"}) {
    EXPECT_FALSE(refusal("lr", text).empty());
  }
  SearchSpace space;
  space.add(schema(), "lr", "1e-4..1e-3");
  EXPECT_THROW(space.add(schema(), "lr", "1e-4..1e-3"), Error);
}

TEST(SearchSpace, ComesBackFromItsText) {
  const Json ranges = {
      {"lr", "1.2345678901e-05..0.001:log"}, {"batch", "8|32"}, {"mirror", "any"}, {"dropout", "0..0.3"}};
  const SearchSpace space(schema(), ranges);
  const SearchSpace again(schema(), space.toJson());
  EXPECT_EQ(again.toJson(), space.toJson());
  RandomStream one(5);
  RandomStream other(5);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(space.draw(one), again.draw(other));
  EXPECT_THROW(SearchSpace(schema(), {{"lr", 3}}), Error);
  EXPECT_THROW(SearchSpace(schema(), {{"none", "1..2"}}), Error);
  EXPECT_THROW(SearchSpace(schema(), Json::array()), Error);
}

TEST(SearchSpace, IsInTheOrderOfTheFormHoweverItWasWritten) {
  SearchSpace space;
  for (const char* name : {"dropout", "lr", "size"})
    space.add(schema(), name, name == std::string("size") ? "64" : "0..0.5");
  EXPECT_EQ(space.ranges()[0].setting, "size");
  EXPECT_EQ(space.ranges()[1].setting, "lr");
  EXPECT_EQ(space.ranges()[2].setting, "dropout");
}

TEST(SearchSpace, CountsItsValues) {
  EXPECT_EQ(SearchSpace(schema(), {{"batch", "8|16"}, {"size", "16..64"}}).count(), 8);
  EXPECT_EQ(SearchSpace(schema(), {{"batch", "8|16"}, {"lr", "1e-4..1e-3"}}).count(), std::nullopt);
}

TEST(SearchSpace, PlacesValuesOnAnAxis) {
  EXPECT_NEAR(range("lr", "1e-4..1e-2:log").position(1e-3), .5, 1e-9);
  EXPECT_NEAR(range("dropout", "0.2..0.6").position(.3), .25, 1e-9);
  EXPECT_EQ(range("batch", "8|16|64").position(16), .5);
  EXPECT_EQ(range("batch", "8|16|64").position(64), 1);
}

TEST(ReadyMadeSpace, EveryPresetHasOneThatFitsItsSettings) {
  for (const Preset& preset : presets()) {
    const SearchSpace space = readyMadeSpace(preset);
    EXPECT_GE(space.ranges().size(), 3U) << preset.name;
    EXPECT_FALSE(preset.search.title.empty()) << preset.name;
    RandomStream random(1);
    for (int i = 0; i < 100; ++i) EXPECT_NO_THROW(preset.schema.complete(space.draw(random))) << preset.name;
  }
}

TEST(ReadyMadeSpace, AsksTheQuestionThatTheVariationalAutoencoderLeftOpen) {
  const SearchSpace space = readyMadeSpace(preset("cvae"));
  for (const char* name : {"latent", "batch", "kernel", "channels"}) EXPECT_NE(space.find(name), nullptr) << name;
}

}  // namespace
}  // namespace loom
