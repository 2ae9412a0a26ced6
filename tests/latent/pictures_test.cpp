#include "core/latent/pictures.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/image/edit.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyModel;

Sprite painted() {
  Sprite sprite(16, 16);
  for (int x = 0; x < 16; ++x) {
    for (int y = 4; y < 16; ++y) sprite.at(x, y) = {200, static_cast<std::uint8_t>(10 * x), 30, 255};
  }
  sprite.at(3, 3) = {100, 50, 200, 128};
  return sprite;
}

TEST(ToPictures, ShowsNetworksWhatTrainingShowsThem) {
  const Sprite sprite = painted();
  const auto value = [&](int channels, int channel, int x, int y) {
    const auto model = tinyModel({.withViews = false, .channels = channels});
    const at::Tensor pictures = toPictures(std::span(&sprite, 1), *model);
    EXPECT_EQ(pictures.sizes(), (std::vector<std::int64_t>{1, channels, 16, 16}));
    return (pictures[0][channel][y][x].item<double>() + 1) / 2 * 255;
  };
  EXPECT_NEAR(value(4, 0, 0, 0), 0, .01) << "transparent";
  EXPECT_NEAR(value(4, 3, 0, 0), 0, .01);
  EXPECT_NEAR(value(4, 0, 3, 3), 100 * 128 / 255., .01) << "multiplied by alpha";
  EXPECT_NEAR(value(4, 3, 3, 3), 128, .01);
  EXPECT_NEAR(value(3, 0, 0, 0), 255, .01) << "over the background";
  EXPECT_NEAR(value(3, 2, 3, 3), 255 + (200 - 255) * 128 / 255., 1);
  EXPECT_NEAR(value(1, 0, 5, 8), .299 * 200 + .587 * 50 + .114 * 30, 1) << "how bright it looks";
  EXPECT_NEAR(value(2, 0, 3, 3), (.299 * 100 + .587 * 50 + .114 * 200) * 128 / 255, 1);
  EXPECT_NEAR(value(2, 1, 3, 3), 128, .01);
}

TEST(ToPictures, FitsSpritesOfAnotherSize) {
  const auto model = tinyModel({.withViews = false});
  const Sprite large = enlarged(painted(), 2), right = painted();
  EXPECT_TRUE(at::equal(toPictures(std::span(&large, 1), *model), toPictures(std::span(&right, 1), *model)));
  const Sprite nothing;
  EXPECT_THROW(toPictures(std::span(&nothing, 1), *model), Error);
}

TEST(ToPictures, AndBackIsTheSpriteAgain) {
  for (const int channels : {3, 4}) {
    const auto model = tinyModel({.withViews = false, .channels = channels});
    Sprite sprite = painted();
    sprite.at(3, 3) = {};
    if (channels == 3) sprite = flattened(sprite, {255, 255, 255, 255});
    EXPECT_EQ(toModelSprites(toPictures(std::span(&sprite, 1), *model), *model, true).front(), sprite) << channels;
  }
}

TEST(PictureDifferences, MeasureWhatTheySay) {
  at::Tensor original = at::full({2, 3, 16, 16}, -1.F);
  original.select(1, 1).fill_(.5F);
  at::Tensor other = original.clone();
  EXPECT_EQ(pictureDifferences(original, other)[0].l1, 0);
  EXPECT_EQ(pictureDifferences(original, other)[0].accuracy, 1);
  other[1].narrow(1, 0, 4) += 7. / 255 * 2;  // a quarter of the rows a little off: still within
  other[1][1].narrow(0, 12, 4).fill_(-1);    // another quarter: green is gone
  other[1][0].narrow(0, 12, 4).fill_(1);     // and red instead
  const PictureDifference second = pictureDifferences(original, other)[1];
  EXPECT_NEAR(second.accuracy, .75, 1e-6);
  EXPECT_NEAR(*second.strongestChannel, .75, 1e-6);
  EXPECT_NEAR(second.l1, .25 * 14. / 255 + .25 * (1.5 + 2) / 3, 1e-6);
  EXPECT_EQ(pictureDifferences(original, other)[0].l1, 0) << "each picture has its own";
  EXPECT_FALSE(pictureDifferences(original.narrow(1, 0, 1), other.narrow(1, 0, 1))[0].strongestChannel)
      << "one channel is always the strongest";
}

TEST(PictureDifferences, PassOverWhatNoSpriteCanShow) {
  at::Tensor original = at::full({1, 4, 16, 16}, -1.F);
  at::Tensor other = original.clone();
  other.narrow(1, 0, 3).fill_(.3F);  // colour without alpha
  EXPECT_NEAR(pictureDifferences(original, other)[0].l1, 0, 1e-6);
}

TEST(Noisy, IsTheSameForTheSameNumberWhateverStandsBesideIt) {
  const at::Tensor clean = at::zeros({3, 4, 16, 16});
  const at::Tensor all = noisy(clean, .5, 7, 10);
  EXPECT_TRUE(at::equal(all[2], noisy(clean.narrow(0, 0, 1), .5, 7, 12)[0]));
  EXPECT_FALSE(at::equal(all[0], all[1]));
  EXPECT_NEAR(all.std().item<double>(), .5, .03);
}

}  // namespace
}  // namespace loom
