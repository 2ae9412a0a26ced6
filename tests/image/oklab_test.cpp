#include "core/image/oklab.h"

#include <gtest/gtest.h>

namespace loom {
namespace {

void expectLab(Rgba colour, float L, float a, float b) {
  const OkLab lab = toOkLab(colour);
  constexpr float kClose = 0.0005f;
  EXPECT_NEAR(lab.L, L, kClose);
  EXPECT_NEAR(lab.a, a, kClose);
  EXPECT_NEAR(lab.b, b, kClose);
}

TEST(OkLab, HasThePublishedValuesOfThePrimaries) {
  expectLab({255, 255, 255, 255}, 1, 0, 0);
  expectLab({0, 0, 0, 255}, 0, 0, 0);
  expectLab({255, 0, 0, 255}, 0.6280f, 0.2249f, 0.1258f);
  expectLab({0, 255, 0, 255}, 0.8664f, -0.2339f, 0.1795f);
  expectLab({0, 0, 255, 255}, 0.4520f, -0.0325f, -0.3115f);
}

TEST(OkLab, ReturnsEveryColourItWasGiven) {
  for (int r = 0; r < 256; r += 15) {
    for (int g = 0; g < 256; g += 15) {
      for (int b = 0; b < 256; b += 15) {
        const Rgba colour{static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b),
                          255};
        ASSERT_EQ(fromOkLab(toOkLab(colour)), colour) << r << " " << g << " " << b;
      }
    }
  }
}

TEST(OkLab, ClipsWhatNoScreenShows) {
  EXPECT_EQ(fromOkLab({2, 0, 0}), (Rgba{255, 255, 255, 255}));
  EXPECT_EQ(fromOkLab({-1, 0, 0}), (Rgba{0, 0, 0, 255}));
}

TEST(OkLab, GreyHasNoChroma) {
  EXPECT_LT(chroma(toOkLab({90, 90, 90, 255})), 0.0005f);
  EXPECT_GT(chroma(toOkLab({255, 0, 255, 255})), 0.3f);
}

}  // namespace
}  // namespace loom
