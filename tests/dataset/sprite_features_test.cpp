#include "core/dataset/sprite_features.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "core/dataset/sprite_content.h"
#include "tests/dataset/sprite_list.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

float distance(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

Sprite hero(std::uint64_t number, std::size_t view = 1) {
  return starterCharacter(1, number).views[view];
}

TEST(SpriteFeatures, DoNotDependOnSizeOrPlace) {
  const SpriteFeatures own = spriteFeatures(hero(3));
  EXPECT_LT(distance(own.all(), spriteFeatures(enlarged(hero(3), 3)).all()), 1e-4F);
  Sprite elsewhere(100, 90);
  paste(elsewhere, hero(3), 31, 7);
  EXPECT_LT(distance(own.all(), spriteFeatures(elsewhere).all()), 1e-4F);
  EXPECT_GT(distance(own.look(), spriteFeatures(hero(4)).look()), .03F);
}

TEST(SpriteFeatures, OfTheMirroredSpriteAreTheMirroredFeatures) {
  for (const std::uint64_t number : {1, 2, 3}) {
    const SpriteFeatures own = spriteFeatures(hero(number)), other = spriteFeatures(mirrored(hero(number)));
    EXPECT_LT(distance(own.mirrored().all(), other.all()), 1e-4F);
    EXPECT_GT(distance(own.all(), other.all()), .03F);
  }
}

TEST(SpriteFeatures, OfStructureDoNotSeeColours) {
  Sprite other = hero(5);
  for (Rgba& pixel : other.pixels()) std::swap(pixel.r, pixel.b);
  const SpriteFeatures own = spriteFeatures(hero(5)), exchanged = spriteFeatures(other);
  EXPECT_LT(distance(own.structure(), exchanged.structure()), 1e-6F);
  EXPECT_GT(distance(own.look(), exchanged.look()), .02F);
}

TEST(SpriteFeatures, AStrayPixelHardlyChangesThem) {
  Sprite stray = hero(6);
  stray.at(1, 1) = {255, 0, 0, 255};
  EXPECT_LT(distance(spriteFeatures(hero(6)).all(), spriteFeatures(stray).all()), .02F);
}

TEST(SpriteFeatures, CopeWithAnySize) {
  for (const int side : {1, 2, 15, 17, 200}) {
    for (const float value : spriteFeatures(sampleSprite(3, side, 3)).all()) EXPECT_TRUE(std::isfinite(value)) << side;
  }
  const SpriteFeatures none = spriteFeatures(Sprite(5, 5));
  for (const float value : none.all()) EXPECT_EQ(value, 0);
}

TEST(SpriteFeatures, CostFarLessThanReadingASprite) {
  const Sprite sprite = hero(7);
  double best = 1e9, sum = 0;
  for (int i = 0; i < 200; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    sum += static_cast<double>(spriteFeatures(sprite).all()[0]);
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::cout << "one sprite: " << best << " ms\n";
  EXPECT_NE(sum, 0);
#ifdef NDEBUG
  EXPECT_LT(best, .2);
#endif
}

TEST(SpriteContent, IsTheSameUnderMovesEnlargementMirroringAndRecolouring) {
  const SpriteContent content = contentOf(hero(8));
  EXPECT_EQ(content.scale, 1);
  const SpriteContent large = contentOf(enlarged(hero(8), 3));
  EXPECT_EQ(large.scale, 3);
  EXPECT_EQ(large.dots, content.dots);
  EXPECT_EQ(large.colours, content.colours);
  EXPECT_EQ(large.filled, content.filled);
  Sprite other = mirrored(hero(8));
  for (Rgba& pixel : other.pixels()) pixel.r = static_cast<std::uint8_t>(~pixel.r);
  EXPECT_EQ(structureHash(contentOf(other)), structureHash(content));
  EXPECT_EQ(structureHash(large), structureHash(content));
  EXPECT_NE(structureHash(contentOf(hero(9))), structureHash(content));
  EXPECT_EQ(contentOf(mirrored(hero(8))).dots, mirrored(content).dots);
  EXPECT_EQ(contentOf(mirrored(hero(8))).x, mirrored(content).x);
}

TEST(SpriteContent, APlainBoxIsNoEnlargedDot) {
  Sprite box(32, 32);
  for (int y = 4; y < 20; ++y) {
    for (int x = 4; x < 28; ++x) box.at(x, y) = {1, 2, 3, 255};
  }
  const SpriteContent content = contentOf(box);
  EXPECT_GE(content.width, 8) << "what is left must still be a picture";
  EXPECT_EQ(content.width * content.scale, 24);
  EXPECT_TRUE(contentOf(Sprite(7, 7)).empty());
}

}  // namespace
}  // namespace loom
