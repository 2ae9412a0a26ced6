#include "core/training/pixels.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/image/channels.h"
#include "core/image/colour_fill.h"
#include "core/image/edit.h"
#include "core/training/previews.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

const std::vector<std::int64_t> kAll{0, 1, 2, 3, 4, 5, 6, 7};

float at4(const at::Tensor& tensor, std::int64_t n, std::int64_t c, std::int64_t y, std::int64_t x) {
  return tensor.index({n, c, y, x}).item<float>();
}

TEST(PixelStore, GivesColoursMultipliedByAlpha) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, true, {.channels = 4}, at::kCPU);
  const Batch batch = store.batch(kAll);
  EXPECT_EQ(batch.pictures.sizes(), at::IntArrayRef({8, 4, 16, 16}));
  EXPECT_TRUE(batch.pictures.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_TRUE(batch.views.equal(at::tensor({0, 1, 2, 3, 0, 1, 2, 3}, at::kLong)));
  for (std::int64_t index = 0; index < 8; ++index) {
    for (int y = 0; y < 16; ++y) {
      for (int x = 0; x < 16; ++x) {
        const Rgba pixel = data->sprite(index).at(x, y);
        const float alpha = static_cast<float>(pixel.a) / 255;
        ASSERT_NEAR(at4(batch.pictures, index, 3, y, x), 2 * alpha - 1, 1e-6);
        ASSERT_NEAR(at4(batch.pictures, index, 1, y, x), 2 * alpha * static_cast<float>(pixel.g) / 255 - 1, 1e-6);
      }
    }
  }
}

TEST(PixelStore, PutsThreeChannelsOverTheBackground) {
  const auto data = tinySnapshot(1);
  const PixelStore store(*data, false, {.channels = 3, .background = {10, 20, 30, 255}}, at::kCPU);
  const Batch batch = store.batch(std::vector<std::int64_t>{0});
  EXPECT_EQ(batch.pictures.sizes(), at::IntArrayRef({1, 3, 16, 16}));
  const std::vector<Sprite> sprites = toSprites(batch.pictures, true);
  EXPECT_EQ(sprites.front(), flattened(data->sprite(0), {10, 20, 30, 255}));
  EXPECT_EQ(store.view(0), 0);
}

/// What `channels` channels keep of a sprite, in colours of its own.
Sprite throughChannels(const Sprite& sprite, int channels, Rgba background) {
  return spriteFromChannels(channelValues(sprite, channels, background), sprite.width(), sprite.height(), channels);
}

TEST(PixelStore, SeesOneToFourChannelsAsOtherProgramsDo) {
  const auto data = tinySnapshot(3);
  const Rgba ground{10, 200, 30, 255};
  for (int channels = 1; channels <= 4; ++channels) {
    const PixelStore store(*data, false, {.channels = channels, .background = ground}, at::kCPU);
    const Batch batch = store.batch(kAll);
    ASSERT_EQ(batch.pictures.sizes(), at::IntArrayRef({8, channels, 16, 16}));
    EXPECT_FALSE(batch.alpha.defined());
    const std::vector<Sprite> sprites = toSprites(batch.pictures, false);
    for (std::int64_t index = 0; index < 8; ++index) {
      const Sprite& back = sprites[static_cast<std::size_t>(index)];
      EXPECT_EQ(throughChannels(back, 4, ground), throughChannels(data->sprite(index), channels, ground))
          << channels << " channels, sprite " << index;
    }
  }
  EXPECT_THROW(PixelStore(*data, false, {.channels = 5}, at::kCPU), Error);
}

TEST(PixelStore, FillsWithTheSpritesOwnColours) {
  const auto data = tinySnapshot(2);  // blocks of one colour each: their blurred and their mean colour are that colour
  for (const Fill fill : {Fill::kBlurred, Fill::kMean}) {
    const PixelStore store(*data, false, {.channels = 3, .background = {255, 255, 255, 255}, .fill = fill}, at::kCPU);
    const std::vector<Sprite> sprites = toSprites(store.batch(kAll).pictures, false);
    for (std::size_t index = 0; index < sprites.size(); ++index) {
      const Rgba own = meanColour(data->sprite(static_cast<std::int64_t>(index)));
      EXPECT_EQ(sprites[index], flattened(data->sprite(static_cast<std::int64_t>(index)), own)) << index;
      EXPECT_EQ(sprites[index].at(15, 0), own);
    }
  }
  EXPECT_EQ(fillNamed("blurred"), Fill::kBlurred);
  EXPECT_THROW(fillNamed("striped"), Error);
}

TEST(PixelStore, ChangesAFillWithItsSprite) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, false, {.channels = 3, .fill = Fill::kBlurred}, at::kCPU);
  Augmenter augmenter({.mirror = true, .shift = 4, .brightness = .5, .hue = .3}, data->views(), RandomStream(4));
  const at::Tensor pictures = store.batch(kAll, augmenter).pictures;
  const at::Tensor darkest = pictures.amin({2, 3}), brightest = pictures.amax({2, 3});
  EXPECT_TRUE(at::allclose(darkest, brightest, 0, 1e-5)) << "each picture is still of one colour";
  EXPECT_FALSE(at::allclose(darkest, store.batch(kAll).pictures.amin({2, 3}), 0, .01));
}

TEST(PixelStore, GivesAlphaWhereItIsAskedFor) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, true, {.channels = 3, .fill = Fill::kMean, .alpha = true}, at::kCPU);
  const PixelStore whole(*data, true, {.channels = 4}, at::kCPU);
  const AugmentOptions options{.mirror = true, .shift = 3};
  Augmenter one(options, data->views(), RandomStream(4)), other(options, data->views(), RandomStream(4));
  const Batch batch = store.batch(kAll, one), reference = whole.batch(kAll, other);
  EXPECT_EQ(batch.alpha.sizes(), at::IntArrayRef({8, 1, 16, 16}));
  EXPECT_TRUE(at::allclose(batch.alpha * 2 - 1, reference.pictures.narrow(1, 3, 1)));
  EXPECT_TRUE(batch.views.equal(reference.views));
}

TEST(Pixels, ComeBackAsTheSpritesTheyWere) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, true, {.channels = 4}, at::kCPU);
  const std::vector<Sprite> sprites = toSprites(store.batch(kAll).pictures, false);
  for (std::size_t index = 0; index < sprites.size(); ++index) {
    EXPECT_EQ(sprites[index], data->sprite(static_cast<std::int64_t>(index))) << index;
  }
  const at::Tensor half = at::zeros({1, 4, 2, 2});  // colour 127.5 of alpha 127.5: opaque white, half there
  EXPECT_EQ(toSprites(half, false).front().at(0, 0), (Rgba{255, 255, 255, 128}));
  EXPECT_EQ(toSprites(half, true).front().at(0, 0), (Rgba{255, 255, 255, 255}));
  EXPECT_EQ(toSprites(half - .1, true).front().at(0, 0), (Rgba{}));
}

TEST(Pixels, MoveAndMirrorAsASpriteWould) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, true, {.channels = 4}, at::kCPU);
  at::Tensor pixels = at::empty({2, 16, 16, 4}, at::kByte);
  for (std::int64_t index = 0; index < 2; ++index) {
    for (int y = 0; y < 16; ++y) {
      for (int x = 0; x < 16; ++x) {
        const Rgba pixel = data->sprite(index).at(x, y);
        pixels.index_put_({index, y, x}, at::tensor({pixel.r, pixel.g, pixel.b, pixel.a}, at::kByte));
      }
    }
  }
  const std::vector<Augmentation> changes{{.dx = 3, .dy = -1}, {.mirror = true, .dx = -2, .dy = 1}};
  const at::Tensor result = moved(pixels, changes);
  const Sprite first = cropped(data->sprite(0), {-3, 1, 16, 16});
  const Sprite second = cropped(mirrored(data->sprite(1)), {2, -1, 16, 16});
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) {
      const auto expect = [&](std::int64_t index, const Rgba& pixel) {
        EXPECT_TRUE(result.index({index, y, x}).equal(at::tensor({pixel.r, pixel.g, pixel.b, pixel.a}, at::kByte)))
            << index << " at " << x << ", " << y;
      };
      expect(0, first.at(x, y));
      expect(1, second.at(x, y));
    }
  }
}

at::Tensor onePixel(float r, float g, float b) {
  return at::tensor({r, g, b}).view({1, 3, 1, 1});
}

TEST(ColourJitter, DoesWhatItsFactorsSay) {
  const at::Tensor alpha = at::ones({1, 1, 1, 1});
  const auto jittered = [&](const Augmentation& change, const at::Tensor& colour) {
    return recoloured(colour, alpha, std::vector{change}).flatten();
  };
  const auto near = [](const at::Tensor& value, float r, float g, float b) {
    return at::allclose(value, at::tensor({r, g, b}), 0, 1e-5);
  };
  EXPECT_TRUE(near(jittered({}, onePixel(.2F, .4F, .6F)), .2F, .4F, .6F));
  EXPECT_TRUE(near(jittered({.brightness = 1.5}, onePixel(.2F, .4F, .8F)), .3F, .6F, 1));
  const float grey = .2F * .2989F + .4F * .587F + .6F * .114F;
  EXPECT_TRUE(near(jittered({.saturation = 0}, onePixel(.2F, .4F, .6F)), grey, grey, grey));
  EXPECT_TRUE(near(jittered({.hue = 1.0 / 3}, onePixel(1, 0, 0)), 0, 1, 0));
  EXPECT_TRUE(near(jittered({.hue = -1.0 / 3}, onePixel(1, 0, 0)), 0, 0, 1));
  EXPECT_TRUE(near(jittered({.hue = 1.0 / 6}, onePixel(.8F, .2F, .2F)), .8F, .8F, .2F));
  EXPECT_TRUE(near(jittered({.hue = .3}, onePixel(.5F, .5F, .5F)), .5F, .5F, .5F));
}

TEST(ColourJitter, ExchangesColoursAsOrdered) {
  const at::Tensor colours = at::cat({onePixel(.2F, .4F, .6F), onePixel(.2F, .4F, .6F)});
  const at::Tensor changed =
      recoloured(colours, at::ones({2, 1, 1, 1}), std::vector{Augmentation{.palette = {2, 0, 1}}, Augmentation{}});
  EXPECT_TRUE(at::allclose(changed[0].flatten(), at::tensor({.6F, .2F, .4F})));
  EXPECT_TRUE(at::allclose(changed[1].flatten(), at::tensor({.2F, .4F, .6F})));
}

TEST(ColourJitter, TurnsContrastAboutTheVisiblePixelsMean) {
  const at::Tensor colours = at::zeros({1, 3, 1, 3});
  colours.select(3, 0).fill_(.2);
  colours.select(3, 1).fill_(.6);
  colours.select(3, 2).fill_(1);  // transparent: must not count
  const at::Tensor alpha = at::tensor({1.F, 1.F, 0.F}).view({1, 1, 1, 3});
  const at::Tensor flat = recoloured(colours, alpha, std::vector{Augmentation{.contrast = 0}});
  EXPECT_NEAR(at4(flat, 0, 0, 0, 0), .4 * .9999, 1e-4);
  const at::Tensor more = recoloured(colours, alpha, std::vector{Augmentation{.contrast = 1.5}});
  EXPECT_NEAR(at4(more, 0, 1, 0, 0), .1, 1e-3);
  EXPECT_NEAR(at4(more, 0, 1, 0, 1), .7, 1e-3);
}

TEST(PixelStore, LeavesAlphaAloneWhateverHappensToColours) {
  const auto data = tinySnapshot(2);
  const PixelStore store(*data, true, {.channels = 4}, at::kCPU);
  Augmenter augmenter({.brightness = .5, .contrast = .5, .saturation = .5, .hue = .3}, data->views(), RandomStream(4));
  const Batch plain = store.batch(kAll), changed = store.batch(kAll, augmenter);
  EXPECT_TRUE(changed.pictures.select(1, 3).equal(plain.pictures.select(1, 3)));
  EXPECT_FALSE(changed.pictures.equal(plain.pictures));
  EXPECT_LE(changed.pictures.abs().max().item<float>(), 1);
}

TEST(PreviewLayout, ShowsEachCharacterInAllViews) {
  const PreviewLayout layout = previewLayout(5, 6, 3);
  EXPECT_EQ(layout.columns, 8);
  EXPECT_EQ(layout.rows, 2 * 3);
  ASSERT_EQ(layout.latents.size(0), 8 * 6);
  for (const int first : {2, 3 * 8 + 2}) {  // a character of each band
    for (const int view : {0, 1, 2}) {
      EXPECT_TRUE(layout.latents[first].equal(layout.latents[first + 8 * view]));
      EXPECT_EQ(layout.views[first + 8 * view].item<std::int64_t>(), view);
    }
  }
  EXPECT_FALSE(layout.latents[2].equal(layout.latents[3]));
  EXPECT_FALSE(layout.latents[2].equal(layout.latents[3 * 8 + 2]));
  EXPECT_TRUE(previewLayout(5, 6, 3).latents.equal(layout.latents));
  EXPECT_FALSE(previewLayout(6, 6, 3).latents.equal(layout.latents));
  EXPECT_EQ(previewLayout(5, 6, 0).latents.size(0), 64);
}

TEST(Diversity, ComparesSpritesOfOneViewOnly) {
  const at::Tensor pictures = at::zeros({4, 1, 2, 2});
  pictures[2].fill_(1);
  pictures[3].fill_(1);
  EXPECT_NEAR(diversity(pictures, at::tensor({0, 0, 1, 1}, at::kLong)), 0, 1e-7);
  EXPECT_NEAR(diversity(pictures, at::tensor({0, 1, 0, 1}, at::kLong)), std::sqrt(.5), 1e-6);
  EXPECT_EQ(diversity(pictures, at::arange(4, at::kLong)), 0);
}

TEST(PreviewThinning, DropsEveryOtherOneOfTheOlderHalf) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "samples");
  const auto file = [&](int step) {
    char name[40];
    std::snprintf(name, sizeof name, "step-%08d.png", step);
    return folder / "samples" / name;
  };
  for (int step = 0; step < 20; ++step) std::ofstream(file(step)) << "x";
  std::ofstream(folder / "samples" / "note.txt") << "x";
  EXPECT_EQ(thinPreviews(folder / "samples", 20), 20);
  EXPECT_EQ(thinPreviews(folder / "samples", 19), 15);
  for (int step = 0; step < 20; ++step) {
    EXPECT_EQ(std::filesystem::exists(file(step)), step >= 10 || step % 2 == 0) << step;
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "samples" / "note.txt"));
}

}  // namespace
}  // namespace loom
