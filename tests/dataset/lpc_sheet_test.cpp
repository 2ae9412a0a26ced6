#include "core/dataset/lpc_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/base/error.h"
#include "core/dataset/starter.h"
#include "tests/dataset/zipped_pictures.h"

namespace loom {
namespace {

const std::array<std::string, 4> kLpcViews = {"back", "left", "front", "right"};

/// A sheet in which every frame of every animation is a starter character's view.
Sprite madeLpcSheet(int width, int height) {
  const StarterCharacter character = starterCharacter(3, 14);
  Sprite sheet(width, height);
  for (const LpcBlock& block : lpcBlocks()) {
    for (int row = 0; row < block.rows; ++row) {
      const auto view = static_cast<std::size_t>(block.rows == 1 ? 2 : row);
      for (int frame = 0; frame < block.columns; ++frame) {
        paste(sheet, character.views[view], frame * kLpcCell, (block.firstRow + row) * kLpcCell);
      }
    }
  }
  return sheet;
}

TEST(LpcSheet, IsToldBySizeAndBlocks) {
  const Sprite sheet = madeLpcSheet(832, 1344);
  EXPECT_TRUE(isLpcSheet(sheet));
  EXPECT_TRUE(isLpcSheet(madeLpcSheet(832, 2944)));
  EXPECT_TRUE(isLpcSheet(madeLpcSheet(1536, 3456)));
  EXPECT_FALSE(isLpcSheet(Sprite(832, 1344)));
  EXPECT_FALSE(isLpcSheet(madeLpcSheet(832, 1345)));
  EXPECT_FALSE(isLpcSheet(enlarged(sheet, 2)));
  EXPECT_FALSE(isLpcSheet(starterCharacter(1, 1).views[0]));
  Sprite other = sheet;
  other.at(8 * kLpcCell + 5, 5) = {1, 2, 3, 255};  // an eighth frame of spellcast
  EXPECT_FALSE(isLpcSheet(other));
}

TEST(LpcSheet, GivesFourStandingViewsFromTheWalkRows) {
  const auto cells = lpcCells(madeLpcSheet(832, 1344), LpcFrames::kStanding);
  ASSERT_EQ(cells.size(), 4U);
  for (int i = 0; i < 4; ++i) {
    const LpcSheetCell expected{{0, 512 + 64 * i, 64, 64}, kLpcViews[static_cast<std::size_t>(i)], "walk", 0};
    EXPECT_EQ(cells[static_cast<std::size_t>(i)], expected) << i;
  }
}

TEST(LpcSheet, TheOlderCutLiesFourPixelsBelowTheThrustRows) {
  const auto cells = lpcCells(madeLpcSheet(832, 1344), LpcFrames::kTinyHero);
  ASSERT_EQ(cells.size(), 4U);
  for (int i = 0; i < 4; ++i) {
    const LpcSheetCell expected{{0, 260 + 64 * i, 64, 64}, kLpcViews[static_cast<std::size_t>(i)], "thrust", 0};
    EXPECT_EQ(cells[static_cast<std::size_t>(i)], expected) << i;
  }
}

TEST(LpcSheet, GivesEveryFrameOfEveryAnimation) {
  Sprite sheet = madeLpcSheet(832, 1344);
  const auto all = lpcCells(sheet, LpcFrames::kAll);
  EXPECT_EQ(all.size(), 4U * (7 + 8 + 9 + 6 + 13) + 6);
  EXPECT_EQ(all.front(), (LpcSheetCell{{0, 0, 64, 64}, "back", "spellcast", 0}));
  EXPECT_EQ(all.back(), (LpcSheetCell{{320, 1280, 64, 64}, "front", "hurt", 5}));
  paste(sheet, Sprite(64, 64), 3 * 64, 9 * 64);
  const auto fewer = lpcCells(sheet, LpcFrames::kAll);
  EXPECT_EQ(fewer.size(), all.size() - 1);
  EXPECT_TRUE(std::ranges::none_of(fewer, [](const LpcSheetCell& cell) {
    return cell.animation == "walk" && cell.view == "left" && cell.frame == 3;
  }));
  EXPECT_THROW(lpcCells(Sprite(64, 64), LpcFrames::kAll), Error);
}

TEST(LpcSheet, FindsTheSameCellsAsTheFinderAndThePreset) {
  const Sprite sheet = madeLpcSheet(832, 1344);
  const SheetCuts cuts = findSheetCuts(sheet);
  const auto names = nameCells(cuts.cells, lpcNaming());
  const auto cells = lpcCells(sheet, LpcFrames::kAll);
  ASSERT_EQ(cuts.cells.size(), cells.size()) << cuts.how;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ((LpcSheetCell{cuts.cells[i].area, names[i].view, names[i].animation, names[i].frame}), cells[i]);
  }
  EXPECT_EQ(std::ranges::count(names, true, &CellName::standing), 4);
}

TEST(LpcSheet, RealSheetsGiveSixCharactersInFourViews) {
  const auto sheets = zippedPictures("lpc-sheets.zip");
  if (sheets.empty()) GTEST_SKIP() << "lpc-sheets.zip is not here";
  EXPECT_EQ(sheets.size(), 6U);
  std::size_t sprites = 0;
  for (const auto& [name, sheet] : sheets) {
    EXPECT_TRUE(isLpcSheet(sheet)) << name;
    const auto standing = lpcCells(sheet, LpcFrames::kStanding);
    sprites += standing.size();
    for (int i = 0; i < static_cast<int>(standing.size()); ++i) {
      EXPECT_EQ(standing[static_cast<std::size_t>(i)].view, kLpcViews[static_cast<std::size_t>(i)]) << name;
    }
    EXPECT_EQ(lpcCells(sheet, LpcFrames::kTinyHero).size(), 4U) << name;
    const SheetCuts cuts = findSheetCuts(sheet);
    EXPECT_TRUE(looksLikeSheet(cuts)) << name;
    EXPECT_EQ(cuts.how, "13 x 21 cells of 64 x 64 px") << name;
    EXPECT_EQ(cuts.cells.size(), lpcCells(sheet, LpcFrames::kAll).size()) << name;
  }
  EXPECT_EQ(sprites, 24U);
}

using Silhouette = std::vector<double>;

/// How often each pixel is drawn.
Silhouette meanSilhouette(const std::vector<Sprite>& sprites) {
  Silhouette mean(64 * 64);
  for (const Sprite& sprite : sprites) {
    for (std::size_t i = 0; i < mean.size(); ++i) {
      if (sprite.pixels()[i].a > 0) mean[i] += 1.0 / static_cast<double>(sprites.size());
    }
  }
  return mean;
}

double correlation(const Silhouette& a, const Silhouette& b) {
  double meanA = 0, meanB = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    meanA += a[i] / static_cast<double>(a.size());
    meanB += b[i] / static_cast<double>(b.size());
  }
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  return ab / std::sqrt(aa * bb);
}

TEST(LpcSheet, TheOlderCutStandsWhereTinyHeroDoes) {
  const auto sheets = zippedPictures("lpc-sheets.zip");
  const auto heroes = zippedPictures("tiny-hero.zip");
  if (sheets.empty() || heroes.empty()) GTEST_SKIP() << "lpc-sheets.zip or tiny-hero.zip is not here";
  const std::map<std::string, std::string> folders = {{"back", "0"}, {"left", "1"}, {"front", "2"}, {"right", "3"}};
  for (const auto& [view, folder] : folders) {
    std::vector<Sprite> views;
    for (const auto& [name, sprite] : heroes) {
      if (name.starts_with("data/" + folder + "/")) views.push_back(sprite);
    }
    ASSERT_EQ(views.size(), 776U);
    const Silhouette tiny = meanSilhouette(views);
    std::map<int, double> likeness;
    for (int shift = -4; shift <= 4; ++shift) {
      std::vector<Sprite> cut;
      for (const auto& [name, sheet] : sheets) {
        for (const LpcSheetCell& cell : lpcCells(sheet, LpcFrames::kTinyHero)) {
          if (cell.view == view) cut.push_back(cropped(sheet, {cell.area.x, cell.area.y + shift, 64, 64}));
        }
      }
      likeness[shift] = correlation(meanSilhouette(cut), tiny);
    }
    const auto best = std::ranges::max_element(likeness, {}, [](const auto& entry) { return entry.second; });
    std::printf("%-5s: silhouettes correlate %.3f, %.3f four pixels higher\n", view.c_str(), likeness[0], likeness[-4]);
    EXPECT_GT(likeness[0], 0.98) << view;
    EXPECT_EQ(best->first, 0) << view;
  }
}

}  // namespace
}  // namespace loom
