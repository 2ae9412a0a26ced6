#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <limits>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/project/catalogue.h"
#include "core/project/catalogue_impl.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

class CatalogueDirections : public testing::Test {
 protected:
  std::filesystem::path file() const { return m_folder / "project.db"; }
  static KeptDirection hair() {
    return {.name = "long hair", .run = 3, .kind = "tag", .effect = .125, .vector = {.6F, -.8F}, .pinned = true};
  }
  TempFolder m_folder;
};

TEST_F(CatalogueDirections, AreKeptWithTheModelTheyBelongTo) {
  {
    Catalogue catalogue(file());
    catalogue.addDirection(hair());
    catalogue.addDirection({.name = "skin", .starter = "hero", .kind = "found", .vector = {1}});
  }
  const Catalogue again(file());
  const auto ofRun = again.directions(3, "");
  ASSERT_EQ(ofRun.size(), 1U);
  EXPECT_EQ(ofRun[0].name, "long hair");
  EXPECT_EQ(ofRun[0].run, 3);
  EXPECT_EQ(ofRun[0].kind, "tag");
  EXPECT_EQ(ofRun[0].effect, .125);
  EXPECT_EQ(ofRun[0].vector, (std::vector<float>{.6F, -.8F}));
  EXPECT_TRUE(ofRun[0].pinned);
  ASSERT_EQ(again.directions(0, "hero").size(), 1U);
  EXPECT_FALSE(again.directions(0, "hero")[0].pinned);
  EXPECT_TRUE(again.directions(0, "cvae").empty());
  EXPECT_TRUE(again.directions(4, "").empty());
}

TEST_F(CatalogueDirections, AreRenamedPinnedRemovedAndBroughtBack) {
  Catalogue catalogue(file());
  const std::int64_t id = catalogue.addDirection(hair());
  catalogue.renameDirection(id, "hair");
  catalogue.setDirectionPinned(id, false);
  EXPECT_EQ(catalogue.directions(3, "")[0].name, "hair");
  EXPECT_FALSE(catalogue.directions(3, "")[0].pinned);
  catalogue.setDirectionRemoved(id, true);
  EXPECT_TRUE(catalogue.directions(3, "").empty());
  catalogue.setDirectionRemoved(id, false);
  EXPECT_EQ(catalogue.directions(3, "")[0].id, id);
}

TEST_F(CatalogueDirections, RefuseWhatIsNone) {
  Catalogue catalogue(file());
  KeptDirection empty = hair(), endless = hair(), talkative = hair();
  empty.vector.clear();
  endless.vector[0] = std::numeric_limits<float>::infinity();
  talkative.name.assign(static_cast<std::size_t>(limits::kMaxNameLength) + 1, 'x');
  for (const KeptDirection& wrong : {empty, endless, talkative}) EXPECT_THROW(catalogue.addDirection(wrong), Error);
  EXPECT_TRUE(catalogue.directions(3, "").empty());
}

TEST_F(CatalogueDirections, AProjectOfTheFourthLayoutGetsTheirTable) {
  {
    SQLite::Database raw(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(raw, layoutSteps().first(4));
  }
  Catalogue catalogue(file());
  EXPECT_TRUE(catalogue.directions(3, "").empty());
  catalogue.addDirection(hair());
  EXPECT_EQ(catalogue.directions(3, "").size(), 1U);
  EXPECT_EQ(catalogue.findDamage(), "");
}

}  // namespace
}  // namespace loom
