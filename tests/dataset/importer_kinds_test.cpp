// What one picture may bring: sheets, LPC sheets, animations, tables, and art that was enlarged.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/cleaning_job.h"
#include "core/dataset/importer.h"
#include "core/dataset/starter.h"
#include "core/image/channels.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"
#include "tests/image/aseprite_writer.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

std::string textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class ImporterKinds : public testing::Test {
 protected:
  ImportReport import(const std::string& source, ImportOptions options = {}) {
    JobMonitor monitor;
    options.each = [this](const ImportedPicture& picture) { m_told.push_back(picture); };
    return importSprites(m_project, {m_folder / source}, options, monitor);
  }
  void put(const std::string& name, const Sprite& sprite) { putFile(m_folder / name, textOf(encodePng(sprite))); }
  std::vector<SpriteInfo> sprites() const { return m_project.catalogue().sprites(); }
  Sprite pixels(std::size_t index) const { return m_project.catalogue().pixels(sprites().at(index).id); }
  /// "character view animation frame" of every sprite.
  Names names() const {
    Names list;
    for (const SpriteInfo& info : sprites()) {
      list.push_back(info.character + " " + info.view + " " + info.animation + " " + std::to_string(info.frame));
    }
    return list;
  }
  /// `columns` x `rows` starter sprites of 64 px.
  static Sprite starterSheet(int columns, int rows, int margin = 0, int spacing = 0) {
    Sprite sheet(2 * margin + columns * (64 + spacing) - spacing, 2 * margin + rows * (64 + spacing) - spacing);
    for (int i = 0; i < columns * rows; ++i) {
      paste(sheet, starterSprite(i), margin + i % columns * (64 + spacing), margin + i / columns * (64 + spacing));
    }
    return sheet;
  }
  static Sprite starterSprite(int number) {
    return starterCharacter(5, static_cast<std::uint64_t>(number / 4)).views[static_cast<std::size_t>(number % 4)];
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "project.loom");
  std::vector<ImportedPicture> m_told;
};

TEST_F(ImporterKinds, ACellCutsASheetWithMarginAndSpacing) {
  put("set.png", starterSheet(4, 3, 5, 2));
  ImportOptions options;
  options.as = ImportAs::kSheet;
  options.sheet =
      SheetGrid{.cellWidth = 64, .cellHeight = 64, .marginX = 5, .marginY = 5, .spacingX = 2, .spacingY = 2};
  options.rows = {"front", "walk left", "back"};
  EXPECT_EQ(import("set.png", options).imported, 12);
  EXPECT_EQ(names().front(), "set front  0");
  EXPECT_EQ(names()[6], "set left walk 2");
  for (int i = 0; i < 12; ++i) EXPECT_EQ(pixels(static_cast<std::size_t>(i)), starterSprite(i)) << i;
}

TEST_F(ImporterKinds, ASheetIsFoundAndCutWithoutAsking) {
  put("set.png", starterSheet(6, 4));
  const ImportReport report = import("set.png");
  EXPECT_EQ(report.imported, 24);
  EXPECT_EQ(report.characters, 24);
  ASSERT_EQ(m_told.size(), 1U);
  EXPECT_EQ(m_told[0].kind, "sheet");
  EXPECT_EQ(m_told[0].sprites, 24);
}

TEST_F(ImporterKinds, CellsOfAnEnlargedSheetAreTakenBackOneByOne) {
  put("big.png", enlarged(starterSheet(4, 2), 3));
  ImportOptions options;
  options.as = ImportAs::kSheet;
  options.sheet = SheetGrid{.cellWidth = 192, .cellHeight = 192};
  EXPECT_EQ(import("big.png", options).upscaled, 1);
  ASSERT_EQ(sprites().size(), 8U);
  EXPECT_EQ(m_told[0].scale, 3);
  EXPECT_EQ(m_told[0].width, 256);
  const Catalogue catalogue = m_project.catalogue();
  for (int i = 0; i < 8; ++i) {
    const SpriteId id = sprites()[static_cast<std::size_t>(i)].id;
    EXPECT_EQ(catalogue.pixels(id), starterSprite(i)) << i;
    EXPECT_EQ(catalogue.originalPixels(id), enlarged(starterSprite(i), 3)) << i;
    EXPECT_EQ(catalogue.steps(id).at(0).at("name"), "upscaling");
    EXPECT_EQ(replayed(catalogue, id, catalogue.steps(id)), starterSprite(i)) << i;
  }
}

TEST_F(ImporterKinds, CellsBesideTheEnlargedPixelsAreLeftAsTheyAre) {
  put("big.png", enlarged(starterSheet(4, 2), 3));
  ImportOptions options;
  options.as = ImportAs::kSheet;
  options.sheet = SheetGrid{.cellWidth = 190, .cellHeight = 190};
  const ImportReport report = import("big.png", options);
  EXPECT_EQ(report.upscaled, 0);
  EXPECT_EQ(report.sizes, Names{"190x190"});
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_NE(report.notes[0].reason.find("enlarged x3"), std::string::npos);
}

TEST_F(ImporterKinds, AFoundSheetThatWasEnlargedKeepsItsOriginalCells) {
  put("big.png", enlarged(starterSheet(4, 4), 2));
  EXPECT_EQ(import("big.png").imported, 16);
  const Catalogue catalogue = m_project.catalogue();
  for (const SpriteInfo& info : sprites()) {
    EXPECT_TRUE(info.cleaned);
    EXPECT_EQ(enlarged(catalogue.pixels(info.id), 2), catalogue.originalPixels(info.id));
    EXPECT_EQ(replayed(catalogue, info.id, catalogue.steps(info.id)), catalogue.pixels(info.id));
  }
}

TEST_F(ImporterKinds, EnlargedSpritesComeAtTheirOwnSizeAndCanBeGivenBack) {
  for (const int scale : {2, 3, 5, 8})
    put("set/s" + std::to_string(scale) + ".png", enlarged(starterSprite(scale), scale));
  put("set/native.png", starterSprite(1));
  const ImportReport report = import("set");
  EXPECT_EQ(report.upscaled, 4);
  EXPECT_EQ(report.sizes, Names{"64x64"});
  std::map<std::string, double> scales;
  for (const ImportedPicture& picture : m_told) scales[fs::path(picture.file).stem().string()] = picture.scale;
  EXPECT_EQ(scales, (std::map<std::string, double>{{"native", 1}, {"s2", 2}, {"s3", 3}, {"s5", 5}, {"s8", 8}}));
  std::vector<SpriteId> ids;
  for (const SpriteInfo& info : sprites()) ids.push_back(info.id);
  JobMonitor monitor;
  EXPECT_EQ(replaySteps(m_project, ids, noSteps, monitor).changed, 4);
  for (const SpriteInfo& info : sprites()) {
    const int scale = info.character == "native" ? 1 : std::stoi(info.character.substr(1));
    EXPECT_EQ(info.width, 64 * scale);
  }
}

TEST_F(ImporterKinds, SizeAndChannelsAreWhatTheProjectHolds) {
  put("hero.png", starterSprite(2));
  for (int channels = 1; channels <= 4; ++channels) {
    m_project = Project::create(m_folder / ("of" + std::to_string(channels)));
    ImportOptions options;
    options.size = 96;
    options.channels = channels;
    EXPECT_EQ(import("hero.png", options).sizes, Names{"96x96"});
    const Sprite padded = fittedTo(starterSprite(2), 96).sprite;
    EXPECT_EQ(pixels(0), spriteFromChannels(channelValues(padded, channels), 96, 96, channels)) << channels;
    const Catalogue catalogue = m_project.catalogue();
    EXPECT_EQ(catalogue.originalPixels(sprites()[0].id), starterSprite(2));
    EXPECT_EQ(replayed(catalogue, sprites()[0].id, catalogue.steps(sprites()[0].id)), pixels(0));
  }
}

TEST_F(ImporterKinds, TaggedFramesOfAnAsepriteFileAreAnimations) {
  test::AsepriteWriter writer(64, 64);
  for (int i = 0; i < 4; ++i) {
    writer.frame(50 + 10 * i);
    if (i == 0)
      writer.layer({}).tags({{"walk-left", 0, 2}, {"idle", 3, 3}}).slice("face", {{0, 16, 8, 32, 24}}, false, false);
    writer.cel({}, starterSprite(i));
  }
  putFile(m_folder / "hero.aseprite", textOf(writer.bytes()));
  EXPECT_EQ(import("hero.aseprite").imported, 8);
  std::set<std::string> found;
  for (const SpriteInfo& info : sprites()) {
    found.insert(info.character + " " + info.view + " " + info.animation + " " + std::to_string(info.frame) + " " +
                 std::to_string(info.milliseconds) + " " + std::to_string(info.width));
  }
  EXPECT_TRUE(found.contains("hero left walk 2 70 64")) << testing::PrintToString(found);
  EXPECT_TRUE(found.contains("hero any idle 0 80 64"));
  EXPECT_TRUE(found.contains("hero-face left walk 0 50 32"));
}

TEST_F(ImporterKinds, AnEnlargedAnimationHasOneGridThatHurtsNoFrame) {
  for (const bool oneIsFine : {false, true}) {
    test::AsepriteWriter writer(192, 192);
    for (int i = 0; i < 3; ++i) {
      writer.frame(100);
      if (i == 0) writer.layer({});
      Sprite frame = i == 0 ? Sprite(192, 192) : enlarged(starterSprite(i), 3);
      if (i == 2 && oneIsFine) frame.at(100, 100) = {1, 2, 3, 255};
      writer.cel({}, frame);
    }
    m_project = Project::create(m_folder / (oneIsFine ? "fine.loom" : "coarse.loom"));
    putFile(m_folder / "a.aseprite", textOf(writer.bytes()));
    EXPECT_EQ(import("a.aseprite").sizes, Names{oneIsFine ? "192x192" : "64x64"});
  }
}

TEST_F(ImporterKinds, FramesAndSlicesKeepToTheLimits) {
  test::AsepriteWriter large(1200, 8);
  large.frame(100).layer({}).cel({}, sampleSprite(1, 1200, 8)).frame(100).cel({}, sampleSprite(2, 1200, 8));
  putFile(m_folder / "set/large.aseprite", textOf(large.bytes()));
  test::AsepriteWriter sliced(32, 32);
  sliced.frame(100).layer({}).cel({}, sampleSprite(1, 32, 32));
  sliced.slice("far", {{0, 20, 20, 60000, 60000}}, false, false);
  sliced.slice("out", {{0, 4000, 4000, 8, 8}}, false, false);
  putFile(m_folder / "set/sliced.aseprite", textOf(sliced.bytes()));
  const ImportReport report = import("set");
  EXPECT_EQ(report.sizes, (Names{"12x12", "32x32"}));
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_NE(report.skipped[0].reason.find("its frames have 1200x8 pixels"), std::string::npos);
}

TEST_F(ImporterKinds, AGridOfMoreCellsThanAreTakenIsRefused) {
  put("set.png", Sprite(2000, 2000));
  ImportOptions options;
  options.as = ImportAs::kSheet;
  options.sheet = SheetGrid{.cellWidth = 1, .cellHeight = 1};
  const ImportReport report = import("set.png", options);
  EXPECT_EQ(report.imported, 0);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_NE(report.skipped[0].reason.find("4000000 cells"), std::string::npos) << report.skipped[0].reason;
}

TEST_F(ImporterKinds, RowsOfATableTakeTheirLabels) {
  const auto row = [](int number) {
    std::string text;
    for (const std::uint8_t value : channelValues(sampleSprite(number), 1)) text += "," + std::to_string(value);
    return text + "\n";
  };
  putFile(m_folder / "views.csv", "front" + row(1) + "back" + row(2) + "knight" + row(3));
  putFile(m_folder / "bad.csv", "front" + row(1) + "back,1,2\nleft" + row(2));
  EXPECT_EQ(import("views.csv").imported, 3);
  EXPECT_EQ(sprites()[0].view, "front");
  EXPECT_EQ(sprites()[1].view, "back");
  EXPECT_EQ(sprites()[2].view, "any");
  EXPECT_EQ(sprites()[2].tags, "knight");
  EXPECT_EQ(pixels(0), spriteFromChannels(channelValues(sampleSprite(1), 1), 8, 8, 1));
  const ImportReport bad = import("bad.csv");
  EXPECT_EQ(bad.imported, 2);
  ASSERT_EQ(bad.skipped.size(), 1U);
  EXPECT_TRUE(bad.skipped[0].file.ends_with("bad.csv:2"));
}

}  // namespace
}  // namespace loom
