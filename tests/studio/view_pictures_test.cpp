#include "core/studio/view_pictures.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/project/view.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class ViewPictures : public ::testing::Test {
 protected:
  fs::path picture(const std::string& name, const Sprite& sprite) {
    fs::create_directories((folder / name).parent_path());
    writePng(folder / name, sprite);
    return folder / name;
  }
  TempFolder folder;
  JobMonitor monitor;
};

TEST_F(ViewPictures, AreOfTheViewThatFolderOrNameSays) {
  const Sprite one = sampleSprite(1, 16, 16), other = sampleSprite(2, 16, 16);
  const std::vector<ViewPicture> named =
      readViewPictures({picture("all/knight-left.png", one), picture("all/knight back.png", other)}, monitor);
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0].character, "knight");
  EXPECT_EQ(named[0].view, "left");
  EXPECT_EQ(named[0].sprite, one);
  EXPECT_EQ(named[1].view, "back");
  picture("set/front/elf.png", one);
  picture("set/right/elf.png", other);
  const std::vector<ViewPicture> folders = readViewPictures({folder / "set"}, monitor);
  ASSERT_EQ(folders.size(), 2U);
  EXPECT_EQ(folders[0].character, "elf");
  EXPECT_EQ(folders[0].view, "front");
  EXPECT_EQ(folders[1].view, "right");
  EXPECT_EQ(readViewPictures({picture("all/thing.png", one)}, monitor)[0].view, kAnyView);
}

TEST_F(ViewPictures, AreOfOneCharacter) {
  const std::vector<ViewPicture> pictures = readViewPictures(
      {picture("a/elf-front.png", sampleSprite(1, 8, 8)), picture("a/orc-front.png", sampleSprite(2, 8, 8))}, monitor);
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_EQ(pictures[0].character, "elf");
}

TEST_F(ViewPictures, ComeAtTheirNativeSize) {
  const Sprite native = sampleSprite(5, 24, 24);
  const auto pictures = readViewPictures({picture("elf.png", enlarged(native, 6))}, monitor);
  EXPECT_EQ(pictures[0].sprite, native);
}

TEST_F(ViewPictures, SayWhichOneCannotBeRead) {
  std::ofstream(folder / "no.png") << "this is no picture";
  try {
    readViewPictures({folder / "no.png"}, monitor);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("no.png"), std::string::npos) << error.what();
  }
  fs::create_directories(folder / "empty");
  EXPECT_THROW(readViewPictures({folder / "empty"}, monitor), Error);
}

TEST(FittedToModel, KeepsWhatFitsAndBringsTheRestToTheModelsSide) {
  const Sprite tall = sampleSprite(1, 10, 14);
  EXPECT_EQ(fittedToModel(tall, 16), tall);
  const Sprite reduced = fittedToModel(enlarged(tall, 4), 16);
  EXPECT_EQ(reduced, tall);
}

}  // namespace
}  // namespace loom
