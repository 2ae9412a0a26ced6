#include "core/studio/turnaround_draft.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr Rgba kRed{200, 30, 30, 255}, kBlue{30, 30, 200, 255}, kGlass{90, 200, 220, 120};
const std::vector<std::string> kViews{"back", "left", "front", "right"};

Sprite filled(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  for (Rgba& pixel : sprite.pixels()) pixel = colour;
  return sprite;
}

void paint(TurnaroundDraft& draft, const std::string& view, PixelPlace place, Rgba colour) {
  draft.paint(view, {&place, 1}, colour);
}

/// A front of 4 x 6 in red, and two pixels decided at its left.
TurnaroundDraft hero() {
  TurnaroundDraft draft;
  draft.name = "hero";
  draft.origins = {3, 8};
  draft.give("front", filled(4, 6, kRed));
  paint(draft, "left", {1, 2}, kBlue);
  paint(draft, "left", {3, 5}, kRed);
  return draft;
}

TEST(TurnaroundDraft, ShowsAModelItsGivenViews) {
  const auto seen = hero().seen(kViews);
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_FALSE(seen[0] || seen[1] || seen[3]);
  EXPECT_EQ(seen[2], filled(4, 6, kRed));
  EXPECT_FALSE(hero().seen(std::vector<std::string>{"back"})[0]) << "a model without that view";
}

TEST(TurnaroundDraft, TellsAModelThePixelsDecidedInItsMissingViews) {
  TurnaroundDraft draft = hero();
  draft.likeliest = true;
  const TurnaroundOptions options = draft.options(kViews, 4, 6);
  EXPECT_TRUE(options.likeliest);
  ASSERT_EQ(options.set.size(), 2U);
  EXPECT_EQ(options.set[0].view, 1);
  EXPECT_EQ(options.set[0].x, 1);
  EXPECT_EQ(options.set[0].y, 2);
  EXPECT_EQ(options.set[0].colour, kBlue);
  EXPECT_EQ(draft.options(kViews, 4, 5).set.size(), 1U) << "outside of what will be made";
}

TEST(TurnaroundDraft, PaintsGivenViewsAndDecidesPixelsOfTheOthers) {
  TurnaroundDraft draft = hero();
  paint(draft, "front", {0, 0}, kBlue);
  EXPECT_EQ(draft.given.at("front").sprite.at(0, 0), kBlue);
  EXPECT_FALSE(draft.hasDecided("front"));
  const Sprite before = draft.given.at("front").sprite;
  paint(draft, "front", {4, 0}, kBlue);
  EXPECT_EQ(draft.given.at("front").sprite, before) << "outside";
  paint(draft, "left", {1, 2}, {});
  EXPECT_EQ(draft.decided.at("left").at({2, 1}), Rgba{}) << "the newest counts";
}

TEST(TurnaroundDraft, GivingAViewForgetsThePixelsDecidedInIt) {
  TurnaroundDraft draft = hero();
  draft.give("left", filled(4, 6, kBlue), true);
  EXPECT_FALSE(draft.hasDecided("left"));
  EXPECT_TRUE(draft.given.at("left").accepted);
  draft.release("left");
  EXPECT_FALSE(draft.isGiven("left"));
  TurnaroundDraft other = hero();
  other.release("left");
  EXPECT_FALSE(other.hasDecided("left")) << "released, the model draws as it likes";
}

TEST(TurnaroundDraft, ChangesAColourEverywhere) {
  TurnaroundDraft draft = hero();
  draft.recolour({kRed, kGlass});
  EXPECT_EQ(draft.given.at("front").sprite, filled(4, 6, kGlass));
  EXPECT_EQ(draft.decided.at("left").at({5, 3}), kGlass);
  EXPECT_EQ(draft.decided.at("left").at({2, 1}), kBlue);
}

TEST(TurnaroundDraft, CountsItsColoursTheMostFrequentFirst) {
  TurnaroundDraft draft = hero();
  paint(draft, "front", {0, 0}, {});
  using Colours = std::vector<std::pair<Rgba, int>>;
  EXPECT_EQ(draft.colours(), (Colours{{kRed, 24}, {kBlue, 1}})) << "transparent pixels have none";
}

TEST(TurnaroundDraft, IsTheSameAfterItWasKept) {
  TurnaroundDraft draft = hero();
  draft.likeliest = true;
  Sprite soft = filled(3, 3, kGlass);
  soft.at(1, 1) = {};
  draft.give("back", soft, true);
  paint(draft, "right", {0, 1}, kGlass);
  const Json json = Json::parse(toJson(draft).dump());
  EXPECT_EQ(draftFromJson(json), draft);
  EXPECT_EQ(draftFromJson(toJson(TurnaroundDraft())), TurnaroundDraft());
}

TEST(TurnaroundDraft, SaysWhenWhatWasKeptIsDamaged) {
  Json json = toJson(hero());
  json["given"]["front"]["png"] = "bm90IGEgcGljdHVyZQ==";
  EXPECT_THROW(draftFromJson(json), Error);
  json = toJson(hero());
  json["decided"]["left"][0] = Json::array({1});
  EXPECT_THROW(draftFromJson(json), Error);
  EXPECT_THROW(draftFromJson(Json::object()), Error);
}

}  // namespace
}  // namespace loom
