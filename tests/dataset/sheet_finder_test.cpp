// Sheets of real and procedural characters, and single characters that must not be taken for sheets.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random_stream.h"
#include "core/dataset/starter.h"
#include "core/image/sheet_cuts.h"
#include "tests/dataset/zipped_pictures.h"

namespace loom {
namespace {

double falseAlarms(const std::map<std::string, Sprite>& pictures, std::string& names) {
  int sheets = 0;
  for (const auto& [name, picture] : pictures) {
    if (!looksLikeSheet(findSheetCuts(picture))) continue;
    ++sheets;
    names += " " + name;
  }
  return static_cast<double>(sheets) / static_cast<double>(pictures.size());
}

TEST(SheetFinder, TakesNoSingleRealSpriteForASheet) {
  for (const char* archive : {"tiny-hero.zip", "tuxemon-front.zip"}) {
    const auto pictures = zippedPictures(archive);
    if (pictures.empty()) GTEST_SKIP() << archive << " is not here";
    std::string names;
    EXPECT_LT(falseAlarms(pictures, names), 0.005) << archive << ":" << names;
  }
}

TEST(SheetFinder, TakesNoStarterSpriteForASheet) {
  std::map<std::string, Sprite> pictures;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const StarterCharacter character = starterCharacter(9, i);
    for (std::size_t view = 0; view < 4; ++view) {
      pictures[std::to_string(i) + "-" + std::to_string(view)] = character.views[view];
    }
  }
  std::string names;
  EXPECT_LT(falseAlarms(pictures, names), 0.005) << names;
}

/// Characters down, their four views across, with a margin, gutters and a ground by the number of the sheet.
TEST(SheetFinder, CutsSheetsOfStarterCharactersIntoTheirCells) {
  constexpr int kSheets = 40;
  int exact = 0;
  std::string missed;
  for (int number = 0; number < kSheets; ++number) {
    RandomStream random(static_cast<std::uint64_t>(number), 40);
    const int rows = random.between(1, 8);
    const int spacing = number % 2 == 0 ? 0 : random.between(1, 8);
    const int margin = number % 3 == 0 ? spacing : 0;
    Sprite sheet(2 * margin + 4 * 64 + 3 * spacing, 2 * margin + rows * (64 + spacing) - spacing);
    for (int row = 0; row < rows; ++row) {
      const StarterCharacter character = starterCharacter(static_cast<std::uint64_t>(number), random.below(1000));
      for (int column = 0; column < 4; ++column) {
        paste(sheet, character.views[static_cast<std::size_t>(column)], margin + column * (64 + spacing),
              margin + row * (64 + spacing));
      }
    }
    if (number % 4 == 3) sheet = flattened(sheet, {90, 160, 200, 255});
    const SheetCuts cuts = findSheetCuts(sheet);
    const bool same =
        static_cast<int>(cuts.cells.size()) == 4 * rows && std::ranges::all_of(cuts.cells, [&](const SheetCell& cell) {
          return cell.area ==
                 PixelRect{margin + cell.column * (64 + spacing), margin + cell.row * (64 + spacing), 64, 64};
        });
    if (same && looksLikeSheet(cuts)) {
      ++exact;
    } else {
      missed += "\n" + std::to_string(rows) + " rows, spacing " + std::to_string(spacing) + ", margin " +
                std::to_string(margin) + ": " + cuts.how + " " + std::to_string(cuts.confidence);
    }
  }
  EXPECT_GE(exact, kSheets * 95 / 100) << missed;
}

}  // namespace
}  // namespace loom
