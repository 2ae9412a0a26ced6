#include "core/image/cleaning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/palette_files.h"
#include "tests/base/temp_folder.h"
#include "tests/image/painted_backgrounds.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

CleanedSprite cleaned(const Sprite& sprite, const std::string& step) {
  return clean(sprite, parseCleaningStep(step));
}

SpriteWalk walkOver(const std::vector<Sprite>& sprites) {
  return [sprites](const std::function<void(const Sprite&)>& visit) {
    for (const Sprite& sprite : sprites) visit(sprite);
  };
}

/// A block of one colour somewhere on a canvas.
Sprite block(int width, int height, const PixelRect& area, Rgba colour = {200, 30, 40, 255}) {
  Sprite sprite(width, height);
  for (int y = area.y; y < area.y + area.height; ++y) {
    for (int x = area.x; x < area.x + area.width; ++x) sprite.at(x, y) = colour;
  }
  return sprite;
}

TEST(Cleaning, KindsAreDescribedInFull) {
  std::set<std::string> names;
  for (const CleaningKind& kind : cleaningKinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name << " is there twice";
    EXPECT_FALSE(kind.title.empty()) << kind.name;
    EXPECT_FALSE(kind.help.empty()) << kind.name;
    const bool known = kind.mainSetting.empty() || kind.settings.find(kind.mainSetting) != nullptr ||
                       (kind.palette && kind.mainSetting == "palette");
    EXPECT_TRUE(known) << kind.name << " has no setting " << kind.mainSetting;
    for (const Setting& setting : kind.settings.settings()) {
      EXPECT_NO_THROW(kind.settings.check(setting.name, setting.fallback)) << kind.name << " " << setting.name;
      EXPECT_FALSE(setting.title.empty() || setting.help.empty()) << kind.name << " " << setting.name;
    }
  }
}

TEST(Cleaning, StepsAreReadFromText) {
  EXPECT_EQ(parseCleaningStep("background").settings.at("mode"), "auto");
  EXPECT_EQ(parseCleaningStep("background=flood,tolerance=0.1").settings.at("mode"), "flood");
  EXPECT_EQ(parseCleaningStep("fit=48,mode=area").settings, (Json{{"size", 48}, {"mode", "area"}}));
  EXPECT_EQ(parseCleaningStep("trim,margin=2").settings, (Json{{"margin", 2}}));
  EXPECT_EQ(parseCleaningStep("lock=/my, own/a=b.gpl,alpha=keep").settings.at("palette"), "/my, own/a=b.gpl");
  EXPECT_EQ(parseCleaningStep("lock=/my, own/a=b.gpl,alpha=keep").settings.at("alpha"), "keep");
  for (const char* bad : {"", "magic", "background=magic", "fit=0", "fit=64,mode", "fit=64,modes=area", "mirror=1",
                          "lock=", "palette=1", "fit=64,", "=3"}) {
    EXPECT_THROW(parseCleaningStep(bad), Error) << bad;
  }
}

TEST(Cleaning, StepsAsTextComeBack) {
  for (const char* text : {"background", "background=flood,tolerance=0.1", "fit=48,mode=area", "trim", "mirror",
                           "lock=/my, own.gpl,alpha=keep", "palette=8,scope=shared", "alpha=100"}) {
    EXPECT_EQ(cleaningStepText(parseCleaningStep(text)), text);
  }
  EXPECT_EQ(cleaningStepText({"fit", Json::object()}), "fit");
}

TEST(Cleaning, WrongSettingsAreRefused) {
  EXPECT_THROW(completed({"fit", {{"size", "large"}}}), Error);
  EXPECT_THROW(completed({"fit", {{"palette", {"#000000"}}}}), Error);
  EXPECT_THROW(completed({"fit", Json::array()}), Error);
  for (const Json& palette : {Json::array(), Json(3), Json(""), Json({1, 2}), Json({"red"})}) {
    EXPECT_THROW(completed({"lock", {{"palette", palette}}}), Error) << palette;
  }
  EXPECT_THROW(clean(sampleSprite(1), {"lock", Json::object()}), Error) << "no palette";
  EXPECT_THROW(clean(sampleSprite(1), {"lock", {{"palette", "own.gpl"}}}), Error) << "not resolved";
  EXPECT_THROW(cleaned(sampleSprite(1), "palette=8,scope=shared"), Error) << "not resolved";
}

TEST(Cleaning, EveryStepSurvivesEverySizeAndIsPure) {
  for (CleaningKind kind : cleaningKinds()) {
    CleaningStep step{kind.name, Json::object()};
    if (kind.name == "lock") step.settings["palette"] = {"#102030", "#ffffff"};
    for (const auto& [width, height] : std::vector<std::pair<int, int>>{{1, 1}, {1, 7}, {7, 1}, {2, 2}, {33, 20}}) {
      for (const Sprite& sprite : {Sprite(width, height), sampleSprite(2, width, height)}) {
        const CleanedSprite result = clean(sprite, step);
        EXPECT_EQ(result.changed, result.sprite != sprite) << kind.name;
        EXPECT_FALSE(result.note.empty()) << kind.name;
        EXPECT_EQ(clean(sprite, step).sprite, result.sprite) << kind.name;
      }
    }
    EXPECT_FALSE(clean(Sprite(), step).changed) << kind.name;
  }
}

TEST(Cleaning, DoingItTwiceIsDoingItOnce) {
  std::vector<Sprite> sprites = starterFigures(4);
  for (const Sprite& figure : starterFigures(4)) {
    sprites.push_back(painted(figure, solidPainter({255, 0, 255, 255})));
    sprites.push_back(cropped(figure, {5, 3, 50, 61}));
  }
  for (const char* text : {"background", "alpha", "trim", "trim=3", "centre,width=70,height=72,base=4",
                           "centre=mass,width=80,height=80", "fit=64", "fit=96", "fit=32", "fit=40,mode=area",
                           "palette=6", "grayscale", "channels=1", "channels=2", "channels=3", "fill", "fill=mean"}) {
    for (const Sprite& sprite : sprites) {
      const Sprite once = cleaned(sprite, text).sprite;
      const CleanedSprite twice = cleaned(once, text);
      EXPECT_EQ(twice.sprite, once) << text << ": " << twice.note;
      EXPECT_FALSE(twice.changed) << text;
    }
  }
}

TEST(Cleaning, TrimsToWhatIsSeen) {
  const Sprite sprite = block(20, 20, {3, 5, 6, 9});
  EXPECT_EQ(cleaned(sprite, "trim").sprite, block(6, 9, {0, 0, 6, 9}));
  EXPECT_EQ(cleaned(sprite, "trim=2").sprite, block(10, 13, {2, 2, 6, 9}));
  EXPECT_EQ(cleaned(sprite, "trim").note, "trimmed to 6 x 9");
  const int most = limits::kMaxSpriteSide;
  EXPECT_EQ(cleaned(block(most, 4, {0, 0, most, 2}), "trim=64").sprite.width(), most) << "never over the limit";
  EXPECT_FALSE(cleaned(Sprite(4, 4), "trim").changed);
}

TEST(Cleaning, CentresOnACommonBaseLine) {
  const std::vector<Sprite> sprites{block(30, 30, {1, 2, 10, 20}), block(64, 64, {40, 10, 13, 8}), Sprite(5, 5)};
  JobMonitor monitor;
  const CleaningStep step = resolved(parseCleaningStep("centre,base=3"), walkOver(sprites), monitor);
  EXPECT_EQ(step.settings.at("width"), 13);
  EXPECT_EQ(step.settings.at("height"), 23);
  EXPECT_EQ(clean(sprites[0], step).sprite, block(13, 23, {1, 0, 10, 20}));
  EXPECT_EQ(clean(sprites[1], step).sprite, block(13, 23, {0, 12, 13, 8}));
  EXPECT_FALSE(clean(sprites[2], step).changed);
  const CleanedSprite large = clean(block(40, 40, {0, 0, 40, 40}), step);
  EXPECT_FALSE(large.changed);
  EXPECT_NE(large.note.find("larger than 13 x 23"), std::string::npos);
}

TEST(Cleaning, CentresByMassWhenAsked) {
  Sprite sprite = block(40, 20, {4, 0, 8, 20});
  paste(sprite, block(16, 1, {0, 0, 16, 1}), 12, 10);  // a spear to the right
  const Sprite byBounds = cleaned(sprite, "centre=bounds").sprite;
  const Sprite byMass = cleaned(sprite, "centre=mass").sprite;
  EXPECT_EQ(opaqueBounds(byBounds).x, 8);
  EXPECT_EQ(opaqueBounds(byMass).x, 15) << "the body moved to the middle";
}

TEST(Cleaning, SharedPalettesStandAloneOnceResolved) {
  const std::vector<Sprite> sprites = starterFigures(6);
  JobMonitor monitor;
  const CleaningStep step = resolved(parseCleaningStep("palette=12,scope=shared"), walkOver(sprites), monitor);
  ASSERT_TRUE(step.settings.at("palette").is_array());
  EXPECT_LE(step.settings.at("palette").size(), 12U);
  std::set<std::string> used;
  for (const Sprite& sprite : sprites) {
    const Sprite result = clean(sprite, step).sprite;
    for (const Rgba& colour : paletteOf(result).colours) used.insert(colourText(colour));
    EXPECT_EQ(clean(result, step).sprite, result);
  }
  EXPECT_LE(used.size(), 12U);
  EXPECT_EQ(resolved(step, walkOver({}), monitor), step) << "nothing is left to find out";
  EXPECT_THROW(resolved(parseCleaningStep("palette=12,scope=shared"), walkOver({}), monitor), Error);
}

TEST(Cleaning, LocksToThePaletteOfAFileAndNeedsItOnlyOnce) {
  const TempFolder folder;
  writePalette(folder / "own.gpl", {"own", {{0, 0, 0, 255}, {255, 255, 255, 255}, {220, 20, 60, 255}}});
  JobMonitor monitor;
  const CleaningStep step = resolved(parseCleaningStep("lock=" + (folder / "own.gpl").string()), walkOver({}), monitor);
  std::filesystem::remove(folder / "own.gpl");
  EXPECT_EQ(step.settings.at("palette"), (Json{"#000000", "#ffffff", "#dc143c"}));
  Sprite sprite(3, 1);
  sprite.at(0, 0) = {200, 30, 40, 255};
  sprite.at(1, 0) = {240, 250, 240, 200};
  sprite.at(2, 0) = {240, 250, 240, 100};
  const Sprite result = clean(sprite, step).sprite;
  EXPECT_EQ(result.at(0, 0), (Rgba{220, 20, 60, 255}));
  EXPECT_EQ(result.at(1, 0), (Rgba{255, 255, 255, 255}));
  EXPECT_EQ(result.at(2, 0), Rgba{});
  EXPECT_EQ(clean(result, step).sprite, result);
  EXPECT_THROW(resolved(parseCleaningStep("lock=" + (folder / "none.gpl").string()), walkOver({}), monitor), Error);
}

TEST(Cleaning, StepsInARowAreResolvedOnWhatTheOnesBeforeLeave) {
  const std::vector<Sprite> sprites{painted(block(30, 30, {4, 4, 11, 17}), solidPainter({255, 255, 255, 255}))};
  JobMonitor monitor;
  const auto steps =
      resolved({parseCleaningStep("background"), parseCleaningStep("centre")}, walkOver(sprites), monitor);
  EXPECT_EQ(steps[1].settings.at("width"), 11);
  EXPECT_EQ(steps[1].settings.at("height"), 17);
}

TEST(Cleaning, ResolvingCanBeCancelled) {
  std::stop_source stop;
  stop.request_stop();
  JobMonitor monitor(stop.get_token(), {});
  EXPECT_THROW(resolved(parseCleaningStep("centre"), walkOver(starterFigures(2)), monitor), Cancelled);
}

TEST(Cleaning, GraysAsPillowDoes) {
  // Image.new("RGB", (1, 1), colour).convert("L") of Pillow 10.
  const std::vector<std::pair<Rgba, int>> known{{{255, 0, 0, 255}, 76}, {{0, 255, 0, 255}, 150},
                                                {{0, 0, 255, 255}, 29}, {{255, 255, 255, 9}, 255},
                                                {{1, 2, 3, 255}, 2},    {{200, 30, 40, 0}, 82}};
  for (const auto& [colour, level] : known) {
    const auto grey = static_cast<std::uint8_t>(level);
    EXPECT_EQ(cleaned(block(1, 1, {0, 0, 1, 1}, colour), "grayscale").sprite.at(0, 0),
              (Rgba{grey, grey, grey, colour.a}));
  }
}

TEST(Cleaning, ChannelsLeaveWhatAModelSees) {
  const Sprite sprite = block(2, 1, {0, 0, 1, 1}, {200, 30, 40, 255});
  EXPECT_EQ(cleaned(sprite, "channels=1,background=#ff0000").sprite.at(1, 0), (Rgba{76, 76, 76, 255}));
  EXPECT_EQ(cleaned(sprite, "channels=2").sprite.at(0, 0), (Rgba{82, 82, 82, 255}));
  EXPECT_EQ(cleaned(sprite, "channels=2").sprite.at(1, 0).a, 0);
  EXPECT_EQ(cleaned(sprite, "channels=3,background=#ff0000").sprite.at(1, 0), (Rgba{255, 0, 0, 255}));
  EXPECT_EQ(cleaned(sprite, "channels=4").sprite, sprite);
}

TEST(Cleaning, FillsWithTheSpritesOwnColours) {
  const Sprite sprite = block(30, 30, {10, 10, 5, 5});
  for (const char* step : {"fill", "fill=mean"}) {
    const Sprite opaque = cleaned(sprite, step).sprite;
    for (const Rgba& pixel : opaque.pixels()) ASSERT_EQ(pixel, (Rgba{200, 30, 40, 255})) << step;
    const Sprite hidden = cleaned(sprite, std::string(step) + ",alpha=keep").sprite;
    EXPECT_EQ(hidden.at(0, 0), (Rgba{200, 30, 40, 0})) << step;
    EXPECT_EQ(hidden.at(12, 12), (Rgba{200, 30, 40, 255})) << step;
  }
}

TEST(Cleaning, HalosComeOff) {
  Sprite sprite = block(20, 20, {5, 5, 10, 10}, {90, 20, 30, 255});
  for (int x = 4; x < 16; ++x) {  // blends with white, from a twelfth to just under a half of the figure
    const auto mix = [x](int from) { return static_cast<std::uint8_t>(255 - (255 - from) * (x - 3) / 25); };
    sprite.at(x, 4) = {mix(90), mix(20), mix(30), 255};
  }
  const CleanedSprite result = cleaned(sprite, "halo=white");
  EXPECT_EQ(result.sprite, block(20, 20, {5, 5, 10, 10}, {90, 20, 30, 255})) << result.note;
  EXPECT_NE(result.note.find("#ffffff"), std::string::npos);
  EXPECT_FALSE(cleaned(painted(sprite, solidPainter({1, 2, 3, 255})), "halo").changed);
}

TEST(Cleaning, MirrorsAndBack) {
  const Sprite sprite = sampleSprite(4, 9, 5);
  EXPECT_EQ(cleaned(cleaned(sprite, "mirror").sprite, "mirror").sprite, sprite);
}

TEST(Cleaning, AMillisecondASpriteIsEnough) {
  const std::vector<Sprite> figures = starterFigures(10);
  std::vector<Sprite> pictures;
  for (const Sprite& figure : figures) pictures.push_back(painted(figure, solidPainter({255, 255, 255, 255})));
  for (const char* text :
       {"background", "halo", "alpha", "trim", "centre", "fit=48,mode=area", "grayscale", "channels=1", "mirror"}) {
    const CleaningStep step = parseCleaningStep(text);
    using Clock = std::chrono::steady_clock;
    double least = 1e9;  // of several rounds: other work on the machine only ever adds
    for (int round = 0; round < 5; ++round) {
      const auto start = Clock::now();
      for (const Sprite& picture : std::string(text) == "background" ? pictures : figures) clean(picture, step);
      least = std::min(least, std::chrono::duration<double, std::milli>(Clock::now() - start).count() / 10);
    }
    RecordProperty(std::string("ms_") + step.name, std::to_string(least));
    EXPECT_LT(least, 3) << text;
  }
}

}  // namespace
}  // namespace loom
