#include "core/dataset/outliers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "tests/dataset/sprite_list.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

/// The mean of each 3 x 3 pixels: what a careless resize leaves.
Sprite blurred(const Sprite& sprite) {
  Sprite result = sprite;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      int r = 0, g = 0, b = 0, a = 0, count = 0;
      for (int i = 0; i < 9; ++i) {
        const int fromX = x + i % 3 - 1, fromY = y + i / 3 - 1;
        if (!sprite.contains(fromX, fromY)) continue;
        const Rgba& pixel = sprite.at(fromX, fromY);
        r += pixel.r, g += pixel.g, b += pixel.b, a += pixel.a, ++count;
      }
      const auto mean = [count](int sum) { return static_cast<std::uint8_t>(sum / count); };
      result.at(x, y) = {mean(r), mean(g), mean(b), mean(a)};
    }
  }
  return result;
}

/// Colours a little off, as a JPEG leaves them.
Sprite noisy(const Sprite& sprite) {
  RandomStream random(3);
  Sprite result = sprite;
  const auto off = [&](std::uint8_t value) {
    return static_cast<std::uint8_t>(std::clamp(value + random.between(-4, 4), 0, 255));
  };
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a != 0) pixel = {off(pixel.r), off(pixel.g), off(pixel.b), 255};
  }
  return result;
}

class OutliersTest : public testing::Test {
 protected:
  /// Ten odd sprites made of the set's own, under the word their reason must hold.
  void addOdd() {
    const auto own = [this](SpriteId id) { return m_list.pixels(id); };
    const Sprite dot = cropped(own(9), {30, 30, 3, 3});
    Sprite dust(64, 64);
    paste(dust, dot, 20, 40);
    Sprite magnified(64, 64);
    paste(magnified, enlarged(cropped(own(41), {18, 16, 28, 32}), 2), 4, 0);
    Sprite tiny(64, 64);
    const Sprite whole = own(45);
    for (int y = 0; y < 21; ++y) {
      for (int x = 0; x < 21; ++x) tiny.at(20 + x, 40 + y) = whole.at(3 * x, 3 * y);
    }
    const std::vector<std::pair<Sprite, std::string>> odd{{Sprite(64, 64), "nothing to be seen"},
                                                          {dust, "next to nothing"},
                                                          {flattened(own(13), {90, 140, 90, 255}), "background"},
                                                          {blurred(own(17)), "partly transparent"},
                                                          {noisy(own(21)), "colours"},
                                                          {enlarged(own(25), 2), "canvas"},
                                                          {magnified, "enlarged"},
                                                          {sampleSprite(77, 64, 64), "colours"},
                                                          {cropped(own(33), {16, 16, 32, 32}), "canvas"},
                                                          {tiny, "it is small"}};
    for (const auto& [sprite, word] : odd) {
      m_words[m_list.add(sprite, "odd-" + std::to_string(m_words.size()), "front")] = word;
    }
  }

  void checkOddComeFirst() {
    JobMonitor monitor;
    const auto outliers = findOutliers(m_list.infos(), m_list.source(), monitor);
    ASSERT_EQ(outliers.size(), m_list.infos().size());
    for (std::size_t i = 0; i < m_words.size(); ++i) {
      const Outlier& outlier = outliers[i];
      const SpriteInfo& info = m_list.info(outlier.sprite);
      ASSERT_TRUE(m_words.contains(outlier.sprite)) << info.character << " at place " << i << ": " << outlier.reasons;
      EXPECT_NE(outlier.reasons.find(m_words[outlier.sprite]), std::string::npos)
          << info.character << ": " << outlier.reasons << ", not " << m_words[outlier.sprite];
      EXPECT_GE(outlier.score, Outlier::kSuspicious) << outlier.reasons;
    }
    EXPECT_TRUE(std::ranges::is_sorted(outliers, std::greater(), &Outlier::score));
  }

  SpriteList m_list;
  std::map<SpriteId, std::string> m_words;
};

TEST_F(OutliersTest, OddSpritesComeFirstAmongDrawnOnes) {
  m_list.addStarter(125);
  addOdd();
  checkOddComeFirst();
}

TEST_F(OutliersTest, OddSpritesComeFirstAmongComposedOnes) {
  if (!m_list.addArchive("tiny-hero.zip", 1600)) GTEST_SKIP() << "tiny-hero.zip is not here";
  addOdd();
  checkOddComeFirst();
}

TEST_F(OutliersTest, ACleanSetHasHardlyAny) {
  m_list.addStarter(100, 6);
  JobMonitor monitor;
  const auto outliers = findOutliers(m_list.infos(), m_list.source(), monitor);
  EXPECT_LE(std::ranges::count_if(outliers, [](const Outlier& o) { return o.score >= Outlier::kSuspicious; }), 2);
}

TEST_F(OutliersTest, AMonsterAmongPeopleIsUnlikeThem) {
  m_list.addStarter(60);
  SpriteList others;
  if (!others.addArchive("tuxemon-front.zip", 40)) GTEST_SKIP() << "tuxemon-front.zip is not here";
  const SpriteId monster = m_list.add(others.sprites()[4], "monster", "front");
  JobMonitor monitor;
  const auto outliers = findOutliers(m_list.infos(), m_list.source(), monitor);
  EXPECT_EQ(outliers.front().sprite, monster) << outliers.front().reasons;
}

TEST_F(OutliersTest, CopesWithVeryFewSprites) {
  JobMonitor monitor;
  EXPECT_TRUE(findOutliers(m_list.infos(), m_list.source(), monitor).empty());
  m_list.add(Sprite(8, 8), "empty", "any");
  EXPECT_EQ(findOutliers(m_list.infos(), m_list.source(), monitor).front().reasons, "there is nothing to be seen");
  m_list.add(sampleSprite(1), "one", "any");
  for (const Outlier& outlier : findOutliers(m_list.infos(), m_list.source(), monitor)) {
    EXPECT_TRUE(std::isfinite(outlier.score));
  }
}

}  // namespace
}  // namespace loom
