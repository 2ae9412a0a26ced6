#include "core/dataset/mirror_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/project/view.h"
#include "tests/dataset/sprite_list.h"

namespace loom {
namespace {

class MirrorCheck : public testing::Test {
 protected:
  std::vector<MirrorPair> check() {
    JobMonitor monitor;
    return checkMirrors(m_list.infos(), m_list.source(), monitor);
  }

  /// Swaps the labels of `count` characters drawn by lot.
  std::set<std::string> swapSome(std::size_t count, std::uint64_t seed) {
    RandomStream random(seed);
    std::set<std::string> swapped;
    while (swapped.size() < count) {
      const auto& infos = m_list.infos();
      swapped.insert(infos[random.below(static_cast<std::uint32_t>(infos.size()))].character);
    }
    for (SpriteInfo& info : m_list.infos()) {
      if (swapped.contains(info.character)) info.view = mirroredView(info.view);
    }
    return swapped;
  }

  void checkFindsSwapped(std::size_t count, std::size_t mostFalse) {
    const std::set<std::string> swapped = swapSome(count, 5);
    const std::vector<MirrorPair> pairs = check();
    EXPECT_EQ(pairs.size(), m_list.infos().size() / 4);
    std::size_t found = 0, wrong = 0;
    for (const MirrorPair& pair : pairs) {
      if (pair.kind != MirrorKind::kSuspicious) continue;
      EXPECT_FALSE(pair.reason.empty());
      ++(swapped.contains(pair.character) ? found : wrong);
    }
    std::cout << "swapped: " << found << " of " << count << " found, " << wrong << " false alarms among "
              << pairs.size() << "\n";
    EXPECT_GE(found, count * 9 / 10);
    EXPECT_LE(wrong, mostFalse);
    const auto first = pairs.begin(), last = pairs.begin() + static_cast<std::ptrdiff_t>(count);
    EXPECT_GE(std::count_if(first, last, [&](const MirrorPair& pair) { return swapped.contains(pair.character); }),
              static_cast<std::ptrdiff_t>(count * 8 / 10))
        << "they come first";
  }

  SpriteList m_list;
};

TEST_F(MirrorCheck, FindsSwappedLabelsAmongDrawnCharacters) {
  m_list.addStarter(200);
  checkFindsSwapped(10, 4);
}

TEST_F(MirrorCheck, FindsSwappedLabelsAmongMirrorImages) {
  if (!m_list.addArchive("tiny-hero.zip")) GTEST_SKIP() << "tiny-hero.zip is not here";
  checkFindsSwapped(40, 6);
}

TEST_F(MirrorCheck, RaisesNoAlarmWhereNothingIsWrong) {
  m_list.addStarter(150, 4);
  const auto pairs = check();
  EXPECT_LE(std::ranges::count(pairs, MirrorKind::kSuspicious, &MirrorPair::kind), 2);
}

TEST_F(MirrorCheck, TellsMirrorImagesFromSmallPartsAndFromOthers) {
  const auto left = [](std::uint64_t number) { return starterCharacter(2, number).views[1]; };
  Sprite weapon = mirrored(left(1));
  for (int y = 30; y < 36; ++y) {
    for (int x = 50; x < 53; ++x) weapon.at(x, y) = {9, 200, 90, 255};
  }
  Sprite moved(64, 64);
  paste(moved, mirrored(left(2)), -2, 1);
  m_list.add(left(0), "exact", "left");
  m_list.add(mirrored(left(0)), "exact", "right");
  m_list.add(left(1), "weapon", "left");
  m_list.add(weapon, "weapon", "right");
  m_list.add(left(2), "moved", "back-left");
  m_list.add(moved, "moved", "back-right");
  m_list.add(left(3), "other", "left");
  m_list.add(mirrored(left(4)), "other", "right");
  m_list.add(left(5), "same", "left");
  m_list.add(left(5), "same", "right");
  m_list.add(left(6), "alone", "left");
  m_list.add(left(6), "front", "front");
  const auto pairs = check();
  const auto kindOf = [&](const std::string& character) {
    const auto pair = std::ranges::find(pairs, character, &MirrorPair::character);
    return pair == pairs.end() ? "none" : mirrorKindName(pair->kind);
  };
  EXPECT_EQ(kindOf("exact"), "exact");
  EXPECT_EQ(kindOf("weapon"), "small parts");
  EXPECT_EQ(kindOf("moved"), "exact") << "a shift of a few pixels is forgiven";
  EXPECT_EQ(kindOf("other"), "different");
  EXPECT_EQ(kindOf("same"), "suspicious");
  EXPECT_EQ(kindOf("alone"), "none");
  EXPECT_EQ(kindOf("front"), "none");
  ASSERT_EQ(pairs.size(), 5U);
  EXPECT_EQ(pairs.front().character, "same");
  EXPECT_EQ(pairs.front().reason, "both views are the same picture");
  EXPECT_EQ(pairs.front().facing, 0) << "five pairs say nothing about how a set faces";
}

TEST_F(MirrorCheck, PairsFramesOfAnAnimationOneByOne) {
  for (int frame = 0; frame < 3; ++frame) {
    for (const char* view : {"right", "left"}) {
      const Sprite sprite = starterCharacter(3, static_cast<std::uint64_t>(frame)).views[1];
      m_list.add(*view == 'l' ? sprite : mirrored(sprite), "walker", view);
      m_list.infos().back().animation = "walk";
      m_list.infos().back().frame = frame;
    }
  }
  const auto pairs = check();
  ASSERT_EQ(pairs.size(), 3U);
  for (const MirrorPair& pair : pairs) EXPECT_EQ(pair.difference, 0);
}

TEST_F(MirrorCheck, CanBeCancelled) {
  m_list.addStarter(20);
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
  EXPECT_THROW(checkMirrors(m_list.infos(), m_list.source(), monitor), Cancelled);
}

}  // namespace
}  // namespace loom
