#include "ui/models/character_state_json.h"

#include <gtest/gtest.h>

#include <limits>

namespace loom {
namespace {

CharacterState unusual() {
  return {.latent = {.1F, -2.5F, 3e-8F},
          .seed = 0xFFFF'FFFF'FFFF'FFFFULL,
          .truncation = .35,
          .crispAlpha = false,
          .colours = {{.ramp = {.grey = true}, .shift = {.lightness = .25F}},
                      {.ramp = {.hue = 120}, .like = RampName{.hue = 30}, .shift = {.hue = 15, .chroma = 2}}}};
}

TEST(CharacterStateJson, ComesBackAsItWas) {
  for (const CharacterState& state : {CharacterState{}, unusual()}) {
    EXPECT_EQ(characterStateFromJson(Json::parse(toJson(state).dump())), state);
  }
}

TEST(CharacterStateJson, WhatIsMissingIsAsInANewState) {
  EXPECT_EQ(characterStateFromJson(Json::object()), CharacterState{});
  EXPECT_EQ(characterStateFromJson({{"truncation", .5}}), (CharacterState{.latent = {}, .truncation = .5}));
  for (const Json& none : {Json(), Json(7), Json::array({1})}) {
    EXPECT_EQ(characterStateFromJson(none), CharacterState{});
  }
}

TEST(CharacterStateJson, WhatIsDamagedIsAsInANewStateAndTheRestStays) {
  const Json whole = toJson(unusual());
  for (const auto& [key, value] : whole.items()) {
    Json damaged = whole;
    damaged[key] = Json::array({Json::object()});
    Json without = whole;
    without.erase(key);
    EXPECT_EQ(characterStateFromJson(damaged), characterStateFromJson(without)) << key;
  }
  Json endless = whole;
  endless["latent"] = toJson(CharacterState{.latent = {1, std::numeric_limits<float>::infinity()}})["latent"];
  EXPECT_TRUE(characterStateFromJson(endless).latent.empty());
}

TEST(CharacterStateJson, AChoiceOfWeightsComesBackAsItWas) {
  for (const ModelChoice& choice :
       {ModelChoice{}, ModelChoice{3, 500}, ModelChoice{3, {}}, ModelChoice{0, {}, "hero"}}) {
    EXPECT_EQ(modelChoiceFromJson(Json::parse(toJson(choice).dump())), choice);
  }
  EXPECT_EQ(modelChoiceFromJson({{"run", "three"}, {"step", -.5}}), ModelChoice{});
}

}  // namespace
}  // namespace loom
