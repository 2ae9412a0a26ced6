#include "core/dataset/starter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <stop_token>
#include <vector>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr std::uint64_t kSeed = 1;
enum : std::size_t { kBack, kLeft, kFront, kRight };

std::set<std::uint32_t> coloursOf(const Sprite& sprite) {
  std::set<std::uint32_t> colours;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a > 0) colours.insert(static_cast<std::uint32_t>(pixel.r << 16 | pixel.g << 8 | pixel.b));
  }
  return colours;
}

std::int64_t opaquePixels(const Sprite& sprite) {
  return std::count_if(sprite.pixels().begin(), sprite.pixels().end(), [](const Rgba& pixel) { return pixel.a > 0; });
}

/// The share of `sprite`'s opaque pixels whose colour is among `colours`.
double covered(const Sprite& sprite, const std::set<std::uint32_t>& colours) {
  std::int64_t known = 0;
  for (const Rgba& pixel : sprite.pixels()) {
    const auto colour = static_cast<std::uint32_t>(pixel.r << 16 | pixel.g << 8 | pixel.b);
    if (pixel.a > 0 && colours.count(colour) > 0) ++known;
  }
  return static_cast<double>(known) / static_cast<double>(opaquePixels(sprite));
}

std::set<std::string> words(const std::string& tags) {
  std::istringstream stream(tags);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// The first characters whose tags hold `word` and none of `without`.
std::vector<StarterCharacter> charactersWith(const std::string& word, std::size_t count,
                                             const std::set<std::string>& without = {}) {
  std::vector<StarterCharacter> found;
  for (std::uint64_t number = 0; number < 20000 && found.size() < count; ++number) {
    StarterCharacter character = starterCharacter(kSeed, number);
    const std::set<std::string> tags = words(character.tags);
    const bool unwanted = std::any_of(without.begin(), without.end(), [&](const auto& tag) { return tags.count(tag); });
    if (tags.count(word) > 0 && !unwanted) found.push_back(std::move(character));
  }
  return found;
}

/// Opaque pixels left of column `left` and from column `right` on.
std::pair<int, int> reach(const Sprite& sprite, int left, int right) {
  std::pair<int, int> sides{0, 0};
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (sprite.at(x, y).a == 0) continue;
      if (x < left) ++sides.first;
      if (x >= right) ++sides.second;
    }
  }
  return sides;
}

TEST(StarterCharacter, IsTheSameForTheSameSeedAndNumber) {
  for (const std::uint64_t number : {0ULL, 7ULL, 123456789ULL, ~0ULL}) {
    const StarterCharacter first = starterCharacter(42, number);
    const StarterCharacter again = starterCharacter(42, number);
    EXPECT_EQ(first.views, again.views);
    EXPECT_EQ(first.tags, again.tags);
    EXPECT_NE(first.views, starterCharacter(43, number).views);
  }
}

TEST(StarterCharacter, NeverRepeatsAPicture) {
  std::set<std::uint64_t> hashes;
  for (std::uint64_t number = 0; number < 2000; ++number) {
    for (const Sprite& sprite : starterCharacter(kSeed, number).views) hashes.insert(contentHash(sprite));
  }
  EXPECT_EQ(hashes.size(), 8000U);
}

TEST(StarterCharacter, KeepsThePromisesOfPixelArt) {
  for (std::uint64_t number = 0; number < 2000; ++number) {
    const StarterCharacter character = starterCharacter(kSeed, number);
    for (const Sprite& sprite : character.views) {
      SCOPED_TRACE("number " + std::to_string(number) + ": " + character.tags);
      ASSERT_EQ(sprite.width(), 64);
      ASSERT_EQ(sprite.height(), 64);
      EXPECT_FALSE(hasPartialAlpha(sprite));
      EXPECT_LE(countColours(sprite), 32);
      EXPECT_GE(countColours(sprite), 8);
      const PixelRect bounds = opaqueBounds(sprite);
      EXPECT_GE(bounds.x, 1);
      EXPECT_GE(bounds.y, 1);
      EXPECT_LE(bounds.x + bounds.width, 63);
      EXPECT_EQ(bounds.y + bounds.height, 62) << "stands on row 61";
      EXPECT_GE(bounds.height, 40);
      EXPECT_GT(opaquePixels(sprite), 600);
    }
  }
}

TEST(StarterCharacter, HasNoStrayPixels) {
  for (std::uint64_t number = 0; number < 500; ++number) {
    const StarterCharacter character = starterCharacter(kSeed, number);
    for (const Sprite& sprite : character.views) {
      for (int y = 1; y < 63; ++y) {
        for (int x = 1; x < 63; ++x) {
          if (sprite.at(x, y).a == 0) continue;
          const int neighbours = (sprite.at(x - 1, y).a > 0) + (sprite.at(x + 1, y).a > 0) +
                                 (sprite.at(x, y - 1).a > 0) + (sprite.at(x, y + 1).a > 0);
          EXPECT_GT(neighbours, 0) << "number " << number << " at " << x << ", " << y << ": " << character.tags;
        }
      }
    }
  }
}

TEST(StarterCharacter, IsOutlinedDarkerThanItsFilling) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const Sprite sprite = starterCharacter(kSeed, number).views[kFront];
    std::int64_t edge = 0, edgePixels = 0, inner = 0, innerPixels = 0;
    for (int y = 1; y < 63; ++y) {
      for (int x = 1; x < 63; ++x) {
        const Rgba& pixel = sprite.at(x, y);
        if (pixel.a == 0) continue;
        const int light = 2 * pixel.r + 5 * pixel.g + pixel.b;
        const bool outer = sprite.at(x - 1, y).a == 0 || sprite.at(x + 1, y).a == 0 || sprite.at(x, y - 1).a == 0 ||
                           sprite.at(x, y + 1).a == 0;
        (outer ? edge : inner) += light;
        ++(outer ? edgePixels : innerPixels);
      }
    }
    EXPECT_LT(edge / edgePixels * 2, inner / innerPixels * 3 / 2) << "number " << number;
  }
}

TEST(StarterCharacter, ShowsOneFigureFromFourSides) {
  for (std::uint64_t number = 0; number < 1000; ++number) {
    const StarterCharacter character = starterCharacter(kSeed, number);
    SCOPED_TRACE("number " + std::to_string(number) + ": " + character.tags);
    const std::set<std::uint32_t> front = coloursOf(character.views[kFront]);
    EXPECT_GT(covered(character.views[kBack], front), 0.7);  // a cape may hide its lit folds from the front
    EXPECT_GT(covered(character.views[kLeft], front), 0.8);
    EXPECT_GT(covered(character.views[kRight], front), 0.8);
    const int height = opaqueBounds(character.views[kFront]).height;
    for (const Sprite& sprite : character.views) EXPECT_NEAR(opaqueBounds(sprite).height, height, 8);
    EXPECT_NE(character.views[kFront], character.views[kBack]);
    EXPECT_NE(character.views[kLeft], character.views[kRight]);
  }
}

TEST(StarterCharacter, LooksTheOtherWayFromTheOtherSide) {
  // With nothing in the hands and all the rest symmetrical, the outlines of left and right are mirror images.
  const std::set<std::string> lopsided = {"sword", "staff",        "spear",       "axe",  "mace",    "dagger",
                                          "wand",  "round-shield", "kite-shield", "book", "lantern", "flower"};
  const auto plain = charactersWith("villager", 40, lopsided);
  ASSERT_EQ(plain.size(), 40U);
  for (const StarterCharacter& character : plain) {
    const Sprite turned = mirrored(character.views[kLeft]);
    int differing = 0;
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) differing += turned.at(x, y).a != character.views[kRight].at(x, y).a;
    }
    EXPECT_LE(differing, 8) << character.tags;
  }
}

TEST(StarterCharacter, HoldsWeaponsInTheRightHandInEveryView) {
  const std::set<std::string> atTheOtherHand = {"round-shield", "kite-shield", "book",       "lantern",
                                                "bow",          "cape",        "feather-cap"};
  for (const std::string weapon : {"sword", "axe", "wand", "mace"}) {
    const auto armed = charactersWith(weapon, 12, atTheOtherHand);
    ASSERT_EQ(armed.size(), 12U) << weapon;
    for (const StarterCharacter& character : armed) {
      SCOPED_TRACE(character.tags);
      const auto front = reach(character.views[kFront], 20, 44);
      EXPECT_GT(front.first, front.second);
      const auto back = reach(character.views[kBack], 20, 44);
      EXPECT_LT(back.first, back.second);
      const auto right = reach(character.views[kRight], 22, 42);
      const auto left = reach(character.views[kLeft], 22, 42);
      EXPECT_GT(right.second, left.first) << "behind the body from the left, in front of it from the right";
    }
  }
}

TEST(StarterCharacter, CarriesShieldsOnTheLeftArmInEveryView) {
  for (const std::string shield : {"round-shield", "kite-shield"}) {
    const auto armed = charactersWith(shield, 12, {"cape"});
    ASSERT_EQ(armed.size(), 12U);
    for (const StarterCharacter& character : armed) {
      SCOPED_TRACE(character.tags);
      // Rows of the forearm; the weapon is at the other side.
      auto widest = [&](std::size_t view, bool atRight) {
        int columns = 0;
        for (int x = atRight ? 46 : 8; x < (atRight ? 56 : 18); ++x) {
          int covered = 0;
          for (int y = 42; y < 52; ++y) covered += character.views[view].at(x, y).a > 0;
          columns += covered >= 4;
        }
        return columns;
      };
      EXPECT_GE(widest(kFront, true), 3);
      EXPECT_GE(widest(kBack, false), 3);
    }
  }
}

TEST(StarterSet, IsVaried) {
  std::map<std::string, int> counts;
  std::set<std::set<std::uint32_t>> palettes;
  std::set<std::string> descriptions;
  for (std::uint64_t number = 0; number < 2000; ++number) {
    const StarterCharacter character = starterCharacter(kSeed, number);
    descriptions.insert(character.tags);
    palettes.insert(coloursOf(character.views[kFront]));
    for (const std::string& word : words(character.tags)) ++counts[word];
  }
  EXPECT_GT(descriptions.size(), 1990U);
  EXPECT_GT(palettes.size(), 1990U);
  for (const char* word :
       {"warrior",    "knight",     "mage",         "ranger",      "rogue",   "villager",   "noble",      "cleric",
        "barbarian",  "female",     "male",         "dwarf",       "young",   "bald",       "short-hair", "long-hair",
        "bob",        "ponytail",   "spiky-hair",   "mohawk",      "braids",  "curly-hair", "beard",      "tunic",
        "shirt",      "dress",      "robe",         "plate",       "leather", "vest",       "blouse",     "helmet",
        "great-helm", "wizard-hat", "crown",        "headband",    "hood",    "sword",      "staff",      "spear",
        "axe",        "bow",        "round-shield", "kite-shield", "book",    "cape",       "green-skin", "blue-skin",
        "grey-skin",  "deep-skin",  "fair-skin"}) {
    EXPECT_GE(counts[word], 15) << word;
  }
}

class StarterSetInProject : public ::testing::Test {
 protected:
  void SetUp() override {
    m_folder = std::filesystem::temp_directory_path() / ("loom-starter-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(m_folder);
  }
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  std::filesystem::path m_folder;
};

TEST_F(StarterSetInProject, ArrivesWithViewsSourceAndLicence) {
  const Project project = Project::create(m_folder / "set.loom");
  std::vector<Progress> reports;
  JobMonitor monitor({}, [&](const Progress& progress) { reports.push_back(progress); });
  const ImportReport report = addStarterSet(project, 5, 9, monitor);
  EXPECT_FALSE(report.cancelled);
  EXPECT_EQ(report.imported, 20);
  EXPECT_EQ(report.characters, 5);
  EXPECT_EQ(report.duplicates, 0);
  EXPECT_TRUE(report.skipped.empty());
  EXPECT_EQ(report.views, (std::vector<std::string>{"back", "left", "front", "right"}));
  EXPECT_EQ(report.sizes, (std::vector<std::string>{"64x64"}));
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.back().done, 5);
  EXPECT_EQ(reports.back().total, 5);

  const Catalogue catalogue = project.catalogue();
  const std::vector<SpriteInfo> sprites = catalogue.sprites();
  ASSERT_EQ(sprites.size(), 20U);
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const StarterCharacter drawn = starterCharacter(9, i / 4);
    EXPECT_EQ(sprites[i].id, report.sprites[i]);
    EXPECT_EQ(sprites[i].character, "starter-9-000" + std::to_string(i / 4));
    EXPECT_EQ(sprites[i].view, report.views[i % 4]);
    EXPECT_EQ(sprites[i].source, "starter set, seed 9");
    EXPECT_EQ(sprites[i].licence, "CC0-1.0");
    EXPECT_EQ(sprites[i].author, "Spriteloom");
    EXPECT_EQ(sprites[i].tags, drawn.tags);
    EXPECT_EQ(catalogue.pixels(sprites[i].id), drawn.views[i % 4]);
  }
}

TEST_F(StarterSetInProject, GoesOnWhereItEnded) {
  const Project project = Project::create(m_folder / "set.loom");
  JobMonitor monitor;
  addStarterSet(project, 3, 1, monitor);
  addStarterSet(project, 2, 2, monitor);
  const ImportReport more = addStarterSet(project, 4, 1, monitor);
  EXPECT_EQ(more.imported, 16);
  EXPECT_EQ(more.duplicates, 0);
  std::set<std::string> names;
  for (const SpriteInfo& sprite : project.catalogue().sprites()) names.insert(sprite.character);
  EXPECT_EQ(names, (std::set<std::string>{"starter-1-0000", "starter-1-0001", "starter-1-0002", "starter-1-0003",
                                          "starter-1-0004", "starter-1-0005", "starter-1-0006", "starter-2-0000",
                                          "starter-2-0001"}));
}

TEST_F(StarterSetInProject, LeavesNothingWhenItIsCancelled) {
  const Project project = Project::create(m_folder / "set.loom");
  std::stop_source stop;
  int reports = 0;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
    ++reports;
    if (progress.done > 0) stop.request_stop();
  });
  const ImportReport report = addStarterSet(project, 2000, 1, monitor);
  EXPECT_TRUE(report.cancelled);
  EXPECT_EQ(report.imported, 0);
  EXPECT_TRUE(report.sprites.empty());
  EXPECT_GT(reports, 1);
  EXPECT_EQ(project.catalogue().counts().sprites, 0);
}

TEST_F(StarterSetInProject, RefusesANegativeCount) {
  const Project project = Project::create(m_folder / "set.loom");
  JobMonitor monitor;
  EXPECT_THROW(addStarterSet(project, -1, 1, monitor), Error);
  EXPECT_EQ(addStarterSet(project, 0, 1, monitor).imported, 0);
}

}  // namespace
}  // namespace loom
