#include "ui/widgets/confidence_map.h"

#include <gtest/gtest.h>

#include <cmath>

namespace loom {
namespace {

/// Relative luminance as WCAG 2.1 has it, 0..1.
double luminance(const QColor& colour) {
  const auto linear = [](double part) { return part <= .04045 ? part / 12.92 : std::pow((part + .055) / 1.055, 2.4); };
  return .2126 * linear(colour.redF()) + .7152 * linear(colour.greenF()) + .0722 * linear(colour.blueF());
}

TEST(ConfidenceColour, GetsDarkerAsTheModelGetsSurer) {
  // Brightness alone tells it, so that it can be read without seeing red, green or any hue.
  for (int i = 0; i < 100; ++i) {
    const auto share = static_cast<float>(i) / 100;
    EXPECT_GT(luminance(confidenceColour(share)), luminance(confidenceColour(share + .01F))) << share;
  }
  EXPECT_GT(luminance(confidenceColour(0)) / luminance(confidenceColour(1)), 10);
  EXPECT_EQ(confidenceColour(-1), confidenceColour(0));
  EXPECT_EQ(confidenceColour(2), confidenceColour(1));
}

TEST(ConfidenceMap, HasAPixelForEachOfTheSprite) {
  const QImage map = confidenceMap({0, .5F, 1, 1, .5F, 0}, {3, 2});
  ASSERT_EQ(map.size(), QSize(3, 2));
  const auto opaque = [&](int x, int y) { return QColor(map.pixelColor(x, y).rgb()); };
  EXPECT_EQ(opaque(0, 0), confidenceColour(0));
  EXPECT_EQ(opaque(1, 0), confidenceColour(.5F));
  EXPECT_EQ(opaque(0, 1), confidenceColour(1));
  EXPECT_EQ(opaque(2, 1), confidenceColour(0));
  EXPECT_LT(map.pixelColor(0, 0).alpha(), 255) << "what is drawn shows through";
}

TEST(ConfidenceLegend, ShowsTheColoursOfTheMap) {
  ConfidenceLegend legend;
  legend.resize(legend.sizeHint());
  const QImage picture = legend.grab().toImage();
  const int row = 5;
  const auto holds = [&](const QColor& colour) {
    for (int x = 0; x < picture.width(); ++x) {
      if (picture.pixelColor(x, row) == colour) return true;
    }
    return false;
  };
  const auto place = [](int x) { return confidenceColour(static_cast<float>(x) / 219); };
  for (const int x : {5, 100, 200}) EXPECT_TRUE(holds(place(x))) << x;
  EXPECT_FALSE(legend.accessibleName().isEmpty());
}

}  // namespace
}  // namespace loom
