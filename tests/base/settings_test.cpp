#include "core/base/settings.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace loom {
namespace {

SettingsSchema sample() {
  return SettingsSchema({
      {.name = "batch",
       .title = "Batch",
       .type = SettingType::kInteger,
       .fallback = 64,
       .help = "",
       .minimum = 1,
       .maximum = 4096},
      {.name = "lr",
       .title = "Learning rate",
       .type = SettingType::kReal,
       .fallback = 2e-4,
       .help = "",
       .minimum = 0,
       .maximum = 1},
      {.name = "size",
       .title = "Size",
       .type = SettingType::kInteger,
       .fallback = 64,
       .help = "",
       .unit = "px",
       .minimum = 16,
       .maximum = 128,
       .multipleOf = 16},
      {.name = "loss",
       .title = "Loss",
       .type = SettingType::kChoice,
       .fallback = "bce",
       .help = "",
       .choices = {"bce", "hinge"}},
      {.name = "flip", .title = "Flip", .type = SettingType::kBoolean, .fallback = false, .help = ""},
      {.name = "ground", .title = "Ground", .type = SettingType::kColour, .fallback = "#ffffff", .help = ""},
  });
}

TEST(SettingsSchema, ParsesWhatTheCommandLineGives) {
  const SettingsSchema schema = sample();
  EXPECT_EQ(schema.parse("batch", "12"), 12);
  EXPECT_EQ(schema.parse("batch", "1e2"), 100);
  EXPECT_DOUBLE_EQ(schema.parse("lr", "5e-5").get<double>(), 5e-5);
  EXPECT_EQ(schema.parse("flip", "true"), true);
  EXPECT_EQ(schema.parse("loss", "hinge"), "hinge");
  EXPECT_EQ(schema.parse("ground", "#a0b1c2"), "#a0b1c2");
}

TEST(SettingsSchema, RefusesWhatIsNotAllowedAndSaysWhatIs) {
  const SettingsSchema schema = sample();
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{{"batch", "0"},
                                                                                   {"batch", "1.5"},
                                                                                   {"batch", "many"},
                                                                                   {"lr", "nan"},
                                                                                   {"lr", "-1"},
                                                                                   {"size", "40"},
                                                                                   {"loss", "mse"},
                                                                                   {"flip", "1"},
                                                                                   {"ground", "red"}}) {
    EXPECT_THROW(schema.parse(name, text), Error) << name << "=" << text;
  }
  try {
    schema.parse("size", "40");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("from 16 to 128 in steps of 16"), std::string::npos) << error.hint();
  }
  try {
    schema.parse("bach", "40");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("batch"), std::string::npos) << error.hint();
  }
}

TEST(SettingsSchema, CompletesWithDefaultsAndPresetDefaults) {
  const SettingsSchema schema = sample().withDefaults({{"lr", 1e-3}});
  const Json values = schema.complete({{"batch", 8}});
  EXPECT_EQ(values.at("batch"), 8);
  EXPECT_DOUBLE_EQ(values.at("lr").get<double>(), 1e-3);
  EXPECT_EQ(values.size(), 6U);
  EXPECT_THROW(schema.complete({{"unknown", 1}}), Error);
  EXPECT_THROW(sample().withDefaults({{"unknown", 1}}), Error);
}

}  // namespace
}  // namespace loom
