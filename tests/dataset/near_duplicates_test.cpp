#include "core/dataset/near_duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/project/view.h"
#include "tests/dataset/sprite_list.h"

namespace loom {
namespace {

Sprite shifted(const Sprite& sprite, int dx, int dy) {
  Sprite result(sprite.width(), sprite.height());
  paste(result, sprite, dx, dy);
  return result;
}

/// Every colour another one, one for one.
Sprite recoloured(const Sprite& sprite, RandomStream& random) {
  const int turn = random.between(20, 90);
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a == 0) continue;
    pixel = {static_cast<std::uint8_t>(pixel.g + turn), pixel.b, static_cast<std::uint8_t>(pixel.r ^ 0x55), pixel.a};
  }
  return result;
}

/// So many of a hundred pixels within the bounds get the colour of another one there, transparent ones as well.
Sprite touchedUp(const Sprite& sprite, double percent, RandomStream& random) {
  const PixelRect box = opaqueBounds(sprite);
  Sprite result = sprite;
  const int changes = static_cast<int>(percent / 100 * box.width * box.height + .5);
  const auto somewhere = [&](int& x, int& y) {
    x = box.x + random.between(0, box.width - 1);
    y = box.y + random.between(0, box.height - 1);
  };
  for (int i = 0; i < changes; ++i) {
    int x = 0, y = 0, fromX = 0, fromY = 0;
    somewhere(x, y);
    somewhere(fromX, fromY);
    result.at(x, y) = sprite.at(fromX, fromY);
  }
  return result;
}

std::vector<DuplicateGroup> find(const SpriteList& list, const std::vector<SpriteInfo>& infos) {
  JobMonitor monitor;
  return findNearDuplicates(infos, list.source(), monitor);
}

/// sprite -> first of its group.
std::map<SpriteId, std::pair<SpriteId, Likeness>> byMember(const std::vector<DuplicateGroup>& groups) {
  std::map<SpriteId, std::pair<SpriteId, Likeness>> result;
  for (const DuplicateGroup& group : groups) {
    result[group.first] = {group.first, {}};
    for (const DuplicateMember& member : group.members) result[member.sprite] = {group.first, member.likeness};
  }
  return result;
}

/// The same character from the other side; 0 when there is none.
SpriteId opposite(const SpriteList& list, SpriteId id) {
  const SpriteInfo& own = list.info(id);
  for (const SpriteInfo& info : list.infos()) {
    if (info.character == own.character && info.view != own.view && info.view == mirroredView(own.view)) return info.id;
  }
  return 0;
}

class InjectedCopies : public testing::Test {
 protected:
  struct Kind {
    std::string name;
    std::function<Sprite(const Sprite&, RandomStream&)> make;
    int injected = 0;
    int found = 0;
    int named = 0;  ///< with the relation expected
    Relation relation = Relation::kExact;
  };

  /// Copies of `origins` sprites, one of each kind for each, as characters of their own; then counts what is found.
  void check(SpriteList& list, int origins) {
    std::vector<Kind> kinds{
        {"exact", [](const Sprite& s, RandomStream&) { return s; }, 0, 0, 0, Relation::kExact},
        {"mirrored", [](const Sprite& s, RandomStream&) { return mirrored(s); }, 0, 0, 0, Relation::kMirrored},
        {"recoloured", recoloured, 0, 0, 0, Relation::kRecoloured},
        {"mirrored and recoloured", [](const Sprite& s, RandomStream& r) { return mirrored(recoloured(s, r)); }, 0, 0,
         0, Relation::kRecoloured},
        {"shifted",
         [](const Sprite& s, RandomStream& r) {
           return shifted(enlarged(cropped(s, {-4, -4, 72, 72}), 1), r.between(1, 3), r.between(-3, -1));
         },
         0, 0, 0, Relation::kShifted},
        {"touched up", [](const Sprite& s, RandomStream& r) { return touchedUp(s, 1, r); }, 0, 0, 0,
         Relation::kSimilar},
        {"enlarged", [](const Sprite& s, RandomStream&) { return enlarged(s, 2); }, 0, 0, 0, Relation::kEnlarged}};
    const auto own = list.infos().size();
    auto before = byMember(find(list, list.infos()));
    RandomStream random(7);
    std::map<SpriteId, std::pair<SpriteId, Kind*>> origin;
    for (int i = 0; i < origins; ++i) {
      Kind& kind = kinds[static_cast<std::size_t>(i) % kinds.size()];
      const auto id = static_cast<SpriteId>(1 + random.below(static_cast<std::uint32_t>(own)));
      const Sprite copy = kind.make(list.pixels(id), random);
      origin[list.add(copy, "copy-" + std::to_string(i), list.info(id).view)] = {id, &kind};
      ++kind.injected;
    }
    const auto after = byMember(find(list, list.infos()));
    int wrong = 0, right = 0;
    const auto groupBefore = [&](SpriteId id) { return before.contains(id) ? before[id].first : id; };
    const auto source = [&](SpriteId id) { return origin.contains(id) ? origin[id].first : id; };
    for (const auto& [id, place] : after) {
      if (!origin.contains(id)) continue;
      auto& [from, kind] = origin[id];
      const auto isIn = [&](SpriteId sprite) {
        const auto home = after.find(sprite);
        return home != after.end() && home->second.first == place.first;
      };
      // A mirrored left view is a copy of the right view as well where that is the exact mirror image.
      const bool together = isIn(from) || isIn(opposite(list, from));
      kind->found += together;
      kind->named += together && place.second.relation == kind->relation;
      const bool fair = together || groupBefore(source(place.first)) == groupBefore(from);
      (fair ? right : wrong) += 1;
    }
    for (const Kind& kind : kinds) {
      std::cout << kind.name << ": " << kind.found << " of " << kind.injected << ", named so " << kind.named << "\n";
      EXPECT_GE(kind.found, .95 * kind.injected) << kind.name;
      EXPECT_GE(kind.named, .9 * kind.injected) << kind.name;
    }
    std::cout << "with strangers: " << wrong << " of " << right + wrong << "; groups without the copies holding "
              << before.size() << " of " << own << " sprites\n";
    EXPECT_LE(wrong, .02 * (right + wrong));
  }
};

TEST_F(InjectedCopies, AreFoundAmongDrawnCharacters) {
  SpriteList list;
  list.addStarter(120);
  check(list, 300);
}

TEST_F(InjectedCopies, AreFoundAmongCharactersThatShareTheirBodies) {
  SpriteList list;
  if (!list.addArchive("tiny-hero.zip")) GTEST_SKIP() << "tiny-hero.zip is not here";
  check(list, 700);
}

TEST_F(InjectedCopies, AreFoundAmongMonsters) {
  SpriteList list;
  if (!list.addArchive("tuxemon-front.zip")) GTEST_SKIP() << "tuxemon-front.zip is not here";
  check(list, 140);
}

class NearDuplicatesTest : public testing::Test {
 protected:
  static Sprite hero(std::uint64_t number, std::size_t view = 1) { return starterCharacter(1, number).views[view]; }
  std::vector<DuplicateGroup> find() const { return loom::find(m_list, m_list.infos()); }
  SpriteList m_list;
  RandomStream m_random{9};
};

TEST_F(NearDuplicatesTest, LeaveTheViewsOfACharacterAlone) {
  m_list.add(hero(1), "one", "left");
  m_list.add(mirrored(hero(1)), "one", "right");
  m_list.add(touchedUp(hero(1), .5, m_random), "one", "back-left");
  EXPECT_TRUE(find().empty());
  m_list.add(mirrored(hero(1)), "one", "front");
  ASSERT_EQ(find().size(), 1U) << "a front view is nobody's mirror image";
}

TEST_F(NearDuplicatesTest, OfTwoCharactersAreGroupedSideBySide) {
  for (const char* character : {"one", "two"}) {
    m_list.add(hero(2), character, "left");
    m_list.add(mirrored(hero(2)), character, "right");
  }
  const auto groups = find();
  ASSERT_EQ(groups.size(), 2U);
  for (const DuplicateGroup& group : groups) {
    ASSERT_EQ(group.members.size(), 1U);
    EXPECT_EQ(group.members[0].sprite, group.first + 2);
    EXPECT_EQ(group.members[0].likeness.relation, Relation::kExact);
  }
}

TEST_F(NearDuplicatesTest, LeaveFramesOfAnAnimationAlone) {
  for (int frame = 0; frame < 3; ++frame) {
    m_list.add(hero(3), "one", "left");
    m_list.infos().back().animation = "walk";
    m_list.infos().back().frame = frame;
  }
  EXPECT_TRUE(find().empty());
  m_list.add(hero(3), "two", "left");
  EXPECT_EQ(find().size(), 1U);
}

TEST_F(NearDuplicatesTest, AGroupWhoseFirstIsACopyJoinsTheOlderOne) {
  m_list.add(hero(4), "one", "left");
  const Sprite changed = touchedUp(hero(4), .7, m_random);
  m_list.add(changed, "two", "left");
  m_list.add(changed, "three", "left");
  const auto groups = find();
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].first, 1);
  ASSERT_EQ(groups[0].members.size(), 2U);
  for (const DuplicateMember& member : groups[0].members) {
    EXPECT_EQ(member.likeness.relation, Relation::kSimilar) << "said of the group's first sprite";
    EXPECT_GT(member.likeness.difference, 0);
    EXPECT_LE(member.likeness.difference, kMostSimilarDifference);
  }
}

TEST_F(NearDuplicatesTest, AreNotSeenWhereOnlyTheSilhouetteIsTheSame) {
  m_list.add(hero(5), "one", "left");
  Sprite filled = hero(5);
  for (Rgba& pixel : filled.pixels()) {
    if (pixel.a != 0) pixel = {50, 60, 70, 255};
  }
  m_list.add(filled, "shadow", "left");
  Sprite stripes = hero(5);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      if (stripes.at(x, y).a != 0) stripes.at(x, y) = {static_cast<std::uint8_t>(y % 7 * 30), 9, 9, 255};
    }
  }
  m_list.add(stripes, "stripes", "left");
  EXPECT_TRUE(find().empty());
}

TEST_F(NearDuplicatesTest, AreFoundAlsoWhenARecolouringMergesColours) {
  m_list.addStarter(20, 8);
  Sprite merged = m_list.sprites()[10];
  const SpriteContent content = contentOf(merged);
  const auto share = [&](std::size_t colour) {
    return static_cast<double>(std::ranges::count(content.dots, colour + 1)) / content.filled;
  };
  std::size_t lost = 0;
  while (share(lost) < .02 || share(lost) > .05) ++lost;
  const Rgba kept = content.colours[lost == 0 ? 1 : 0];
  for (Rgba& pixel : merged.pixels()) {
    if (pixel.a == 0) continue;
    if (pixel == content.colours[lost]) pixel = kept;  // two shades become one
    std::swap(pixel.r, pixel.g);
  }
  m_list.add(merged, "merged", m_list.infos()[10].view);
  const auto groups = find();
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].first, 11);
  EXPECT_EQ(groups[0].members[0].likeness.relation, Relation::kRecoloured);
}

TEST_F(NearDuplicatesTest, OfLargeSpritesAreFoundFewAtATime) {
  for (std::uint64_t number = 0; number < 12; ++number) {
    for (const int factor : {1, 16}) m_list.add(enlarged(hero(number), factor), "c" + std::to_string(number), "left");
  }
  const auto groups = find();
  ASSERT_EQ(groups.size(), 12U);
  for (const DuplicateGroup& group : groups) EXPECT_EQ(group.members[0].likeness.relation, Relation::kEnlarged);
}

TEST_F(NearDuplicatesTest, CanBeCancelledAtEveryStage) {
  m_list.addStarter(10);
  m_list.add(touchedUp(m_list.sprites()[0], 1, m_random), "copy", "back");
  m_list.add(m_list.sprites()[1], "copy", "left");
  std::set<std::string> stages;
  JobMonitor all({}, [&](const Progress& progress) { stages.insert(progress.stage); });
  findNearDuplicates(m_list.infos(), m_list.source(), all);
  EXPECT_GE(stages.size(), 4U);
  for (const std::string& stage : stages) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
      if (progress.stage == stage) stop.request_stop();
    });
    EXPECT_THROW(findNearDuplicates(m_list.infos(), m_list.source(), monitor), Cancelled) << stage;
  }
}

}  // namespace
}  // namespace loom
