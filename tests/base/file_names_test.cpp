#include "core/base/file_names.h"

#include <gtest/gtest.h>

namespace loom {
namespace {

TEST(FileNames, HoldNothingAFileSystemRefuses) {
  EXPECT_EQ(safeFileName("knight"), "knight");
  EXPECT_EQ(safeFileName("a/b\\c:d*e?f\"g<h>i|j\n"), "a_b_c_d_e_f_g_h_i_j_");
  EXPECT_EQ(safeFileName(""), "_");
  EXPECT_EQ(safeFileName(".."), "_..");
  EXPECT_EQ(safeFileName(std::string(300, 'x')).size(), 200U);
  std::string accents = "x";
  for (int i = 0; i < 150; ++i) accents += "\xC3\xA9";
  EXPECT_EQ(safeFileName(accents).size(), 199U) << "no letter is cut in two";
}

TEST(FileNames, TwoOfOneNameAreNumbered) {
  FilePaths paths;
  EXPECT_EQ(paths.add("out", "a", ".png"), "out/a.png");
  EXPECT_EQ(paths.add("out", "a-2", ".png"), "out/a-2.png");
  EXPECT_EQ(paths.add("out", "a", ".png"), "out/a-3.png") << "a-2 is taken";
  EXPECT_EQ(paths.add("out", "A", ".png"), "out/A-4.png") << "the same file on other systems";
  EXPECT_EQ(paths.add("else", "a", ".png"), "else/a.png");
  EXPECT_EQ(paths.add("out", "a:b", ".png"), "out/a_b.png");
}

}  // namespace
}  // namespace loom
