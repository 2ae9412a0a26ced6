#include "core/dataset/lpc_layers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/dataset/lpc_composer.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_layers.h"

namespace loom {
namespace {

LpcPathMeaning meaning(const std::string& path) {
  const auto found = meaningOfLpcPath(path, {"light", "dark", "dark2", "orc", "red_orc", "skeleton"});
  EXPECT_TRUE(found.has_value()) << path;
  return found.value_or(LpcPathMeaning{});
}

TEST(LpcPath, TellsPartVariantAndBody) {
  const LpcPathMeaning shirt = meaning("pack/torso/shirts/longsleeve/male/maroon_longsleeve.png");
  EXPECT_EQ(shirt.slot, LpcSlot::kShirt);
  EXPECT_EQ(shirt.kind, "longsleeve");
  EXPECT_EQ(shirt.variant, "maroon");
  EXPECT_EQ(shirt.bodies, lpc_bodies::kMale);
  const LpcPathMeaning robe = meaning("torso/robes_female_no_th-sh/dark brown.png");
  EXPECT_EQ(robe.slot, LpcSlot::kJacket);
  EXPECT_EQ(robe.kind, "robes");
  EXPECT_EQ(robe.variant, "dark brown");
  EXPECT_EQ(robe.bodies, lpc_bodies::kFemale);
  const LpcPathMeaning hair = meaning("hair/female/ponytail2/ruby-red.png");
  EXPECT_EQ(hair.kind, "ponytail2");
  EXPECT_EQ(hair.variant, "ruby red");
  const LpcPathMeaning ears = meaning("body/male/ears/bigears_dark2.png");
  EXPECT_EQ(ears.slot, LpcSlot::kEars);
  EXPECT_EQ(ears.kind, "bigears");
  EXPECT_EQ(ears.skin, "dark2");
  EXPECT_EQ(meaning("body/male/red_orc.png").skin, "red_orc");
  EXPECT_EQ(meaning("weapons/right hand/either/bow_skeleton.png").skin, "skeleton");
  EXPECT_TRUE(meaning("weapons/right hand/either/recurvebow.png").twoHanded);
  EXPECT_TRUE(meaning("weapons/both hand/spear.png").twoHanded);
  EXPECT_FALSE(meaning("weapons/right hand/male/spear_male.png").twoHanded);
  EXPECT_TRUE(meaning("hair/male/plain/shadows-darkbody.png").shadow);
  EXPECT_EQ(meaning("hair/male/plain/shadows-darkbody.png").skin, "dark");
}

TEST(LpcPath, KnowsTheLaterGeneratorsFoldersToo) {
  const LpcPathMeaning cape = meaning("spritesheets/cape/solid/bg/maroon.png");
  EXPECT_EQ(cape.slot, LpcSlot::kCape);
  EXPECT_TRUE(cape.behind);
  EXPECT_LT(cape.order, meaning("spritesheets/body/bodies/male/light.png").order);
  EXPECT_GT(meaning("spritesheets/cape/solid/fg/maroon.png").order, 80);
  EXPECT_EQ(meaning("spritesheets/body/bodies/female/light.png").skin, "light");
  EXPECT_EQ(meaning("spritesheets/arms/armour/plate/thin/steel.png").slot, LpcSlot::kArms);
  EXPECT_EQ(meaning("spritesheets/head/heads/human/male/light.png").slot, LpcSlot::kHead);
  EXPECT_EQ(meaning("spritesheets/hat/helmet/barbuta/male/steel.png").slot, LpcSlot::kHat);
}

TEST(LpcPath, LeavesAloneWhatIsNoPart) {
  EXPECT_FALSE(meaningOfLpcPath("weapons/oversize/right hand/male/saber_male.png", {}));
  EXPECT_FALSE(meaningOfLpcPath("docs/picture.png", {}));
  EXPECT_FALSE(meaningOfLpcPath("light.png", {}));
  EXPECT_FALSE(meaningOfLpcPath("", {}));
}

class LpcLayersTest : public testing::Test {
 protected:
  TempFolder m_folder;
  JobMonitor m_monitor;
};

TEST_F(LpcLayersTest, ReadsAFolderAndSaysWhatCannotBeUsed) {
  const auto folder = putMadeLayers(m_folder.path());
  putPng(folder / "hair/male/short/tiny.png", 1);
  putFile(folder / "hair/male/short/broken.png", layerBytes(madeLayers().front()).substr(0, 300));
  putFile(folder / "legs/pants/male/noise.png", "no picture");
  const LpcLibrary library = LpcLibrary::open(folder, m_monitor);
  EXPECT_EQ(library.name(), "lpc");
  EXPECT_EQ(library.layers().size(), madeLayers().size());
  ASSERT_EQ(library.skipped().size(), 4U);  // and the drawing from which the short hair was coloured
  EXPECT_EQ(library.partsOf(LpcSlot::kBody).size(), 5U);
  EXPECT_EQ(library.partsOf(LpcSlot::kHair).size(), 12U);
  for (std::size_t i = 0; i < library.layers().size(); ++i) {
    const Sprite sheet = library.sheet(static_cast<int>(i));
    for (int view = 0; view < 4; ++view) {
      Sprite cell(64, 64);
      const LpcCell& kept = library.layers()[i].standing[static_cast<std::size_t>(view)];
      if (!kept.pixels.empty()) paste(cell, kept.pixels, kept.x, kept.y);
      EXPECT_EQ(cell, cropped(sheet, {0, 512 + 64 * view, 64, 64})) << library.layers()[i].path;
    }
  }
}

TEST_F(LpcLayersTest, AnArchiveGivesTheSameCharactersAsItsFolder) {
  const LpcLibrary folder = LpcLibrary::open(putMadeLayers(m_folder.path()), m_monitor);
  std::vector<std::pair<std::string, std::string>> files = {{"pack/AUTHORS.txt", kMadeAuthors}};
  for (const auto& [path, bytes] : madeLayerFiles()) files.emplace_back("pack/" + path, bytes);
  std::ranges::reverse(files);
  putArchive(m_folder / "layers.zip", ArchiveKind::kZip, files);
  const LpcLibrary archive = LpcLibrary::open(m_folder / "layers.zip", m_monitor);
  ASSERT_EQ(archive.layers().size(), folder.layers().size());
  for (std::uint64_t number = 0; number < 20; ++number) {
    const LpcCharacter one = randomCharacter(folder, 3, number);
    const LpcCharacter other = randomCharacter(archive, 3, number);
    EXPECT_EQ(composeViews(folder, one), composeViews(archive, other));
    EXPECT_EQ(tagsOf(folder, one), tagsOf(archive, other));
  }
  EXPECT_EQ(composeSheet(folder, randomCharacter(folder, 3, 0)), composeSheet(archive, randomCharacter(archive, 3, 0)));
}

TEST_F(LpcLayersTest, RefusesWhatHasNoBody) {
  putFile(m_folder / "set/hair/male/short/black.png", layerBytes(madeLayers().back()));
  EXPECT_THROW(LpcLibrary::open(m_folder / "set", m_monitor), Error);
  EXPECT_THROW(LpcLibrary::open(m_folder / "nothing", m_monitor), Error);
  putFile(m_folder / "noise.zip", "no archive");
  EXPECT_THROW(LpcLibrary::open(m_folder / "noise.zip", m_monitor), Error);
}

TEST_F(LpcLayersTest, CanBeStoppedWhileReading) {
  const auto folder = putMadeLayers(m_folder.path());
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
    if (progress.stage == "Reading layers") stop.request_stop();
  });
  EXPECT_THROW(LpcLibrary::open(folder, monitor), Cancelled);
}

}  // namespace
}  // namespace loom
