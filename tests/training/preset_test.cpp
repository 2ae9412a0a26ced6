#include "core/training/preset.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/nets/network.h"
#include "core/training/preset_files.h"
#include "core/training/shared_settings.h"
#include "core/training/trainer.h"

namespace loom {
namespace {

TEST(Presets, AreTheFilesUnderModels) {
  ASSERT_EQ(presets().size(), presetFiles().size());
  EXPECT_EQ(preset("dcgan").network, "dcgan");
  EXPECT_EQ(preset("conditional-dcgan").title, "Conditional DCGAN");
  try {
    preset("gan");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("conditional-dcgan"), std::string::npos);
  }
}

TEST(Presets, NameOnlySettingsAndNetworksThatThereAre) {
  for (const std::string_view text : presetFiles()) {
    const Json json = Json::parse(text);
    for (const auto& item : json.at("settings").items()) {
      EXPECT_NE(sharedSettings().find(item.key()), nullptr) << item.key();
    }
    EXPECT_NO_THROW(networkKnowsViews(json.at("network")));
    const Preset& each = preset(json.at("name").get<std::string>());
    EXPECT_TRUE((each.epochs > 0) != (each.steps > 0)) << each.name;
    EXPECT_EQ(metricNames(each.name, each.schema.defaults()).back(), each.objective);
    EXPECT_EQ(drawsNewSprites(each.name), networkHasGenerator(each.network)) << each.name;
    if (each.training == "adversarial") {
      EXPECT_EQ(each.objective, "distance") << each.name;
      EXPECT_TRUE(networkHasCritic(each.network)) << each.name;
    } else if (each.training == "autoencoder") {
      EXPECT_EQ(each.objective, "held_out_loss") << each.name;
      EXPECT_TRUE(networkHasEncoder(each.network)) << each.name;
    } else if (each.training == "hero") {
      EXPECT_EQ(each.objective, "distance") << each.name;
      EXPECT_EQ(viewsNeeded(each), 1) << each.name;
    } else {
      EXPECT_EQ(each.training, "turnaround") << each.name;
      EXPECT_EQ(each.objective, "held_out_l1") << each.name;
      EXPECT_TRUE(networkHasTurnaround(each.network)) << each.name;
    }
  }
}

TEST(Presets, HaveThePublishedDefaults) {
  const Json plain = preset("dcgan").schema.defaults();
  EXPECT_EQ(plain.at("latent"), 84);
  EXPECT_EQ(plain.at("features"), 48);
  EXPECT_EQ(plain.at("channels"), 3);
  EXPECT_EQ(plain.at("batch"), 64);
  EXPECT_EQ(preset("dcgan").epochs, 30);
  EXPECT_DOUBLE_EQ(plain.at("lr").get<double>(), 2e-4);
  EXPECT_DOUBLE_EQ(plain.at("lr_critic").get<double>(), 2e-4);
  EXPECT_DOUBLE_EQ(plain.at("real_label_high").get<double>(), 1.05);
  EXPECT_FALSE(plain.contains("view_weight"));
  EXPECT_FALSE(plain.contains("view_embedding"));
  const Json conditional = preset("conditional-dcgan").schema.defaults();
  EXPECT_EQ(conditional.at("latent"), 40);
  EXPECT_EQ(conditional.at("view_embedding"), 10);
  EXPECT_EQ(conditional.at("features"), 64);
  EXPECT_EQ(conditional.at("batch"), 100);
  EXPECT_EQ(preset("conditional-dcgan").epochs, 200);
  EXPECT_DOUBLE_EQ(conditional.at("lr").get<double>(), 1e-4);
  EXPECT_DOUBLE_EQ(conditional.at("lr_critic").get<double>(), 4e-4);
  EXPECT_DOUBLE_EQ(conditional.at("real_label_low").get<double>(), .8);
  EXPECT_DOUBLE_EQ(conditional.at("view_weight").get<double>(), .5);
  EXPECT_DOUBLE_EQ(conditional.at("jitter_hue").get<double>(), .1);
  EXPECT_DOUBLE_EQ(conditional.at("mode_seeking").get<double>(), .1);  // ours; the published training has none
  EXPECT_DOUBLE_EQ(plain.at("mode_seeking").get<double>(), 0);
}

TEST(Presets, HaveTheFiguresOfTheOtherRecipes) {
  const auto number = [](const char* name, const char* setting) {
    return preset(name).schema.defaults().at(setting).get<double>();
  };
  EXPECT_EQ(number("dcgan-wasserstein", "penalty"), 10);
  EXPECT_EQ(number("dcgan-wasserstein", "critic_steps"), 5);
  EXPECT_DOUBLE_EQ(number("dcgan-wasserstein", "lr"), 1e-4);
  EXPECT_EQ(number("dcgan-wasserstein", "beta1"), 0);
  EXPECT_DOUBLE_EQ(number("dcgan-wasserstein", "beta2"), .9);
  EXPECT_GT(number("dcgan-wasserstein", "generator_dropout"), 0);
  EXPECT_EQ(number("autoencoder", "latent"), 40);
  EXPECT_EQ(number("autoencoder", "features"), 64);
  EXPECT_EQ(number("autoencoder", "batch"), 100);
  EXPECT_DOUBLE_EQ(number("autoencoder", "lr_decay"), .995);
  EXPECT_EQ(preset("autoencoder").schema.defaults().at("schedule"), "exponential");
  EXPECT_DOUBLE_EQ(number("autoencoder", "noise_level"), .9);
  for (const char* same : {"size", "channels", "latent", "features", "kernel"}) {
    EXPECT_EQ(number("autoencoder-gan", same), number("autoencoder", same)) << same << ": its weights must fit";
  }
  EXPECT_EQ(number("critic-gan-96", "size"), 96);
  EXPECT_EQ(number("critic-gan-96", "batch") * number("critic-gan-96", "accumulate"), 2048);
  EXPECT_EQ(number("critic-gan-96", "latent"), 128);
  EXPECT_EQ(number("critic-gan-96", "critic_steps"), 2);
  EXPECT_DOUBLE_EQ(number("critic-gan-96", "foreground_weight"), .1);
  EXPECT_DOUBLE_EQ(number("critic-gan-96", "suppression"), .1);
  EXPECT_EQ(number("cvae", "latent"), 512);
  EXPECT_DOUBLE_EQ(number("cvae", "lr"), 1e-3);
  EXPECT_EQ(number("cvae", "batch"), 64);
  EXPECT_EQ(preset("cvae").epochs, 30);
  EXPECT_EQ(number("dcgan-80", "size"), 80);
  EXPECT_EQ(number("dcgan-80", "batch"), 40);
  EXPECT_EQ(number("dcgan-80", "preview_every"), 10);
  EXPECT_EQ(preset("dcgan-80").steps, 10000);
}

TEST(Presets, CompleteTheSettingsOfOlderRuns) {
  const Json old = {{"size", 64}, {"channels", 3}, {"background", "#ffffff"}, {"mirror", false}, {"latent", 84}};
  const Json now = preset("dcgan").schema.complete(old);
  EXPECT_EQ(now.at("augment"), "off");
  EXPECT_EQ(now.at("loss"), "bce");
  EXPECT_EQ(now.at("critic_steps"), 1);
  EXPECT_EQ(now.at("kernel"), 4);
  EXPECT_EQ(now.at("schedule"), "constant");
  EXPECT_EQ(now.at("gradient_clip"), 0);
}

TEST(SharedSettings, AreExplainedToPeople) {
  for (const Setting& setting : sharedSettings().settings()) {
    EXPECT_FALSE(setting.title.empty()) << setting.name;
    EXPECT_FALSE(setting.group.empty()) << setting.name;
    EXPECT_GE(setting.help.size(), 10U) << setting.name;
    EXPECT_TRUE(setting.help.ends_with('.')) << setting.name;
    EXPECT_NO_THROW(sharedSettings().check(setting.name, setting.fallback)) << setting.name;
    const bool number = setting.type == SettingType::kInteger || setting.type == SettingType::kReal;
    EXPECT_TRUE(!number || setting.minimum.has_value()) << setting.name;
  }
  for (const Preset& each : presets()) {
    const auto basics = std::ranges::count_if(each.schema.settings(), &Setting::basic);
    EXPECT_GE(basics, 4) << each.name;
    EXPECT_LE(basics, 8) << each.name;
  }
}

}  // namespace
}  // namespace loom
