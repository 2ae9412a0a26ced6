// Favourites in collections, with notes and tags, in an order made by hand.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/project/catalogue.h"
#include "core/project/catalogue_impl.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

class CatalogueFavourites : public testing::Test {
 protected:
  std::filesystem::path file() const { return m_folder / "project.db"; }
  static std::vector<std::string> names(const Catalogue& catalogue) {
    std::vector<std::string> names;
    for (const Favourite& favourite : catalogue.favourites()) names.push_back(favourite.name);
    return names;
  }
  using Names = std::vector<std::string>;
  TempFolder m_folder;
};

TEST_F(CatalogueFavourites, HaveACollectionANoteAndTags) {
  std::int64_t mage = 0;
  {
    Catalogue catalogue(file());
    catalogue.addFavourite({.name = "Knight", .collection = "Heroes", .note = "brave\nand loud", .tags = "metal tall"});
    mage = catalogue.addFavourite({.name = "Mage"});
    catalogue.setFavouriteCollection(mage, "Wizards");
    catalogue.setFavouriteNote(mage, "old", "robe");
  }
  const auto list = Catalogue(file()).favourites();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].collection, "Heroes");
  EXPECT_EQ(list[0].note, "brave\nand loud");
  EXPECT_EQ(list[0].tags, "metal tall");
  EXPECT_EQ(list[1].collection, "Wizards");
  EXPECT_EQ(list[1].note, "old");
  EXPECT_EQ(list[1].tags, "robe");
}

TEST_F(CatalogueFavourites, StandInTheOrderMadeByHandAndNewOnesLast) {
  Catalogue catalogue(file());
  std::vector<std::int64_t> ids;
  for (const char* name : {"a", "b", "c", "d"}) ids.push_back(catalogue.addFavourite({.name = name}));
  catalogue.orderFavourites(std::vector{ids[3], ids[0], ids[2], ids[1]});
  EXPECT_EQ(names(catalogue), (Names{"d", "a", "c", "b"}));
  catalogue.orderFavourites(std::vector{ids[1], ids[3]});  // the others keep their places
  EXPECT_EQ(names(catalogue), (Names{"b", "a", "c", "d"}));
  catalogue.addFavourite({.name = "e"});
  EXPECT_EQ(names(Catalogue(file())), (Names{"b", "a", "c", "d", "e"}));
  EXPECT_THROW(catalogue.orderFavourites(std::vector<std::int64_t>{ids[0], 99}), Error);
  EXPECT_EQ(names(catalogue), (Names{"b", "a", "c", "d", "e"})) << "nothing has changed";
}

TEST_F(CatalogueFavourites, ARemovedOneComesBackToItsPlace) {
  Catalogue catalogue(file());
  std::vector<std::int64_t> ids;
  for (const char* name : {"a", "b", "c"}) ids.push_back(catalogue.addFavourite({.name = name}));
  catalogue.setFavouriteRemoved(ids[1], true);
  catalogue.orderFavourites(std::vector{ids[2], ids[0]});
  catalogue.setFavouriteRemoved(ids[1], false);
  EXPECT_EQ(names(catalogue), (Names{"c", "b", "a"}));
}

TEST_F(CatalogueFavourites, RefuseWhatIsTooLong) {
  Catalogue catalogue(file());
  const std::int64_t id = catalogue.addFavourite({.name = "a"});
  const std::string talk(static_cast<std::size_t>(limits::kMaxNameLength) + 1, 'x');
  EXPECT_THROW(catalogue.setFavouriteCollection(id, talk), Error);
  EXPECT_THROW(catalogue.setFavouriteNote(id, "", talk), Error);
  EXPECT_THROW(catalogue.setFavouriteNote(id, std::string(100'000, 'x'), ""), Error);
  EXPECT_NO_THROW(catalogue.setFavouriteNote(id, talk, ""));
}

TEST_F(CatalogueFavourites, OfAnOlderProjectKeepTheirOrderAndAreInNoCollection) {
  {
    SQLite::Database raw(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(raw, layoutSteps().first(5));
    for (const char* name : {"first", "second"}) {
      raw.exec("INSERT INTO favourites (name, run, step, latent, settings, created) VALUES ('" + std::string(name) +
               "', 1, 2, x'', '{}', '2030-01-31T12:00:00Z')");
    }
    raw.exec("INSERT INTO changes (what, created) VALUES ('trimmed', '2030-01-31T12:00:00Z')");
  }
  Catalogue catalogue(file());
  EXPECT_EQ(names(catalogue), (Names{"first", "second"}));
  EXPECT_EQ(catalogue.favourites()[0].collection + catalogue.favourites()[0].note, "");
  catalogue.addFavourite({.name = "third"});
  EXPECT_EQ(names(catalogue), (Names{"first", "second", "third"}));
  catalogue.orderFavourites(std::vector<std::int64_t>{3, 1});
  EXPECT_EQ(names(catalogue), (Names{"third", "second", "first"}));
  EXPECT_TRUE(catalogue.keptSteps().empty());
  EXPECT_EQ(catalogue.lastDoneStep(), 0);
  EXPECT_NO_THROW(catalogue.setChangeUndone(1, true)) << "it was done";
}

TEST_F(CatalogueFavourites, StepsAreWrittenReplacedAndForgottenTogether) {
  {
    Catalogue catalogue(file());
    const std::vector<KeptStep> steps{{1, "keep a", "favourites", "{}"}, {2, "slider", "character", "[1]"}};
    catalogue.keepSteps(steps, {}, 2);
    catalogue.keepSteps(std::vector<KeptStep>{{2, "slider", "character", "[2]"}, {5, "trim", "change", "7"}},
                        std::vector<std::int64_t>{1}, 2);
  }
  const Catalogue again(file());
  const std::vector<KeptStep> steps = again.keptSteps();
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].number, 2);
  EXPECT_EQ(steps[0].data, "[2]");
  EXPECT_EQ(steps[1].number, 5);
  EXPECT_EQ(steps[1].text, "trim");
  EXPECT_EQ(steps[1].kind, "change");
  EXPECT_EQ(again.lastDoneStep(), 2);
}

}  // namespace
}  // namespace loom
