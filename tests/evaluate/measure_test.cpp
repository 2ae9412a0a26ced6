#include "core/evaluate/measure.h"

#include <gtest/gtest.h>

namespace loom {
namespace {

Measure figure(Better better, double value, double floor, double baseline, std::optional<double> confidence = {}) {
  return {.value = value, .confidence = confidence, .floor = floor, .baseline = baseline, .better = better};
}

TEST(Verdict, SaysHowFarAFigureIsFromFloorAndBaseline) {
  EXPECT_EQ(verdict(figure(Better::kLower, .1, .1, .3)), "as good as the floor, better than the baseline");
  EXPECT_EQ(verdict(figure(Better::kLower, .18, .1, .3)), "within twice the floor, better than the baseline");
  EXPECT_EQ(verdict(figure(Better::kLower, .52, .1, .3)), "5 times the floor, worse than the baseline");
  EXPECT_EQ(verdict(figure(Better::kLower, .2, -.01, .2)), "above the floor, equal to the baseline");
  EXPECT_EQ(verdict(figure(Better::kHigher, .9, .8, .5)), "as good as the floor, better than the baseline");
  EXPECT_EQ(verdict(figure(Better::kHigher, .5, .8, .7)), "more than half the floor, worse than the baseline");
  EXPECT_EQ(verdict(figure(Better::kHigher, .1, .8, .7)), "less than half the floor, worse than the baseline");
  EXPECT_EQ(verdict(figure(Better::kLikeFloor, 10.5, 10, 12)), "like real sprites");
  EXPECT_EQ(verdict(figure(Better::kLikeFloor, 14, 10, 12)), "more than real sprites");
  EXPECT_EQ(verdict(figure(Better::kLikeFloor, 7, 10, 12)), "less than real sprites");
}

TEST(Verdict, DoesNotTellApartWhatTheIntervalCovers) {
  EXPECT_EQ(verdict(figure(Better::kLower, .2, .1, .25, .15)), "as good as the floor, about the baseline");
  EXPECT_EQ(verdict(figure(Better::kHigher, .6, .7, .9, .12)), "as good as the floor, worse than the baseline");
  EXPECT_EQ(verdict(figure(Better::kLikeFloor, 14, 10, 12, 5)), "like real sprites");
}

TEST(Measure, ComesBackFromJsonWithAllItsBaselines) {
  Measure measure = figure(Better::kHigher, .6, .7, .9, .12);
  measure.name = "exact_front_left";
  measure.baselines = {{"copy", .2}, {"mirror", .9}};
  const Measure back = measureFromJson(measureAsJson(measure));
  EXPECT_EQ(back.name, measure.name);
  EXPECT_EQ(back.better, Better::kHigher);
  EXPECT_EQ(back.baselines, measure.baselines);
  EXPECT_EQ(back.confidence, measure.confidence);
  EXPECT_THROW(measureFromJson(Json::object()), Json::exception);
}

}  // namespace
}  // namespace loom
