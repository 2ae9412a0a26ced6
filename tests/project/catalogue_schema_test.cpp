#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/project/catalogue.h"
#include "core/project/catalogue_impl.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

const int kRead = SQLite::OPEN_READONLY;
const int kMake = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;

class CatalogueSchema : public testing::Test {
 protected:
  std::filesystem::path file() const { return m_folder / "project.db"; }
  std::string bytes() const { return readTextFile(file(), 1 << 24); }
  /// The hint of the error that opening gives.
  std::string refusal() const {
    try {
      const Catalogue catalogue(file());
    } catch (const Error& failure) {
      return std::string(failure.what()) + " | " + failure.hint();
    }
    return {};
  }
  TempFolder m_folder;
};

TEST_F(CatalogueSchema, ANewDatabaseIsOfTheNewestLayoutAndKeepsItsPromises) {
  const Catalogue catalogue(file());
  SQLite::Database raw(file().string(), kRead);
  EXPECT_EQ(raw.execAndGet("PRAGMA user_version").getInt(), static_cast<int>(layoutSteps().size()));
  EXPECT_EQ(raw.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(raw.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST_F(CatalogueSchema, ListingAndLookingUpNeverReadThePixels) {
  const Catalogue catalogue(file());
  SQLite::Database raw(file().string(), kRead);
  const auto plan = [&raw](const std::string& sql) {
    SQLite::Statement statement(raw, "EXPLAIN QUERY PLAN " + sql);
    std::string text;
    while (statement.executeStep()) text += statement.getColumn(3).getString() + "\n";
    return text;
  };
  EXPECT_NE(plan("SELECT 1 FROM sprites WHERE binned = 0 AND hash = 1").find("sprites_by_hash"), std::string::npos);
  EXPECT_NE(plan("SELECT count(*) FROM sprites WHERE binned = 0 AND excluded != 0").find("sprites_excluded"),
            std::string::npos);
  EXPECT_NE(plan("SELECT count(*) FROM sprites WHERE binned != 0").find("sprites_binned"), std::string::npos);
  EXPECT_NE(plan("SELECT 1 FROM sprites WHERE binned = 0 AND character = 'a' AND view = 'b'")
                .find("sprites_by_character (character=? AND view=?)"),
            std::string::npos);
  SQLite::Statement columns(raw, "SELECT type FROM pragma_table_info('sprites')");
  while (columns.executeStep()) EXPECT_NE(columns.getColumn(0).getString(), "BLOB");
}

TEST_F(CatalogueSchema, ANewerLayoutIsRefusedAndLeftAsItIs) {
  { Catalogue(file()).addSprite({.pixels = sampleSprite(1), .character = "a", .view = "any", .source = ""}); }
  { SQLite::Database(file().string(), kMake).exec("PRAGMA user_version = 99"); }
  const std::string before = bytes();
  const std::string message = refusal();
  EXPECT_NE(message.find("newer"), std::string::npos) << message;
  EXPECT_NE(message.find("update Spriteloom"), std::string::npos) << message;
  EXPECT_EQ(bytes(), before);
}

TEST_F(CatalogueSchema, AnotherProgramsDatabaseIsRefusedAndLeftAsItIs) {
  { SQLite::Database(file().string(), kMake).exec("CREATE TABLE bookmarks (url TEXT)"); }
  const std::string before = bytes();
  EXPECT_NE(refusal().find("another program"), std::string::npos);
  EXPECT_EQ(bytes(), before);
}

TEST_F(CatalogueSchema, ADamagedFileIsRefusedAndLeftAsItIs) {
  writeFileAtomically(file(), std::string(10'000, '?'));
  const std::string before = bytes();
  const std::string message = refusal();
  EXPECT_NE(message.find("damaged"), std::string::npos) << message;
  EXPECT_NE(message.find("nothing was changed"), std::string::npos) << message;
  EXPECT_EQ(bytes(), before);
}

TEST_F(CatalogueSchema, ACutFileIsRefused) {
  {
    Catalogue catalogue(file());
    for (int i = 0; i < 50; ++i) {
      catalogue.addSprite({.pixels = sampleSprite(i, 32, 32), .character = "a", .view = "any", .source = ""});
    }
  }
  std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2);
  const std::string message = refusal();
  EXPECT_NE(message.find("damaged"), std::string::npos) << message;
}

TEST_F(CatalogueSchema, OlderLayoutsAreBroughtUpToDateWithTheirData) {
  const std::array<const char*, 1> old{"CREATE TABLE hats (name TEXT)"};
  const std::array<const char*, 3> now{old[0], "ALTER TABLE hats ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
                                       "CREATE TABLE boots (name TEXT)"};
  SQLite::Database db(file().string(), kMake);
  migrate(db, old);
  db.exec("INSERT INTO hats VALUES ('bowler')");
  checkLayout(db, file(), now);
  migrate(db, now);
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), 3);
  EXPECT_EQ(db.execAndGet("SELECT name || ' ' || colour FROM hats").getString(), "bowler grey");
  EXPECT_EQ(db.execAndGet("SELECT count(*) FROM boots").getInt(), 0);
  EXPECT_NO_THROW(migrate(db, now)) << "what is up to date stays";
  EXPECT_THROW(checkLayout(db, file(), old), Error);
}

TEST_F(CatalogueSchema, RunsOfTheThirdLayoutAreKeptWithoutANameAndOutOfTheBin) {
  {
    SQLite::Database db(file().string(), kMake);
    migrate(db, layoutSteps().first(3));
    db.exec(
        "INSERT INTO runs (preset, settings, status, steps, target_steps, created, folder, environment, note) "
        "VALUES ('dcgan', '{\"batch\":64}', 'finished', 500, 500, '2030-01-31T12:00:00Z', 'runs/0001-dcgan', "
        "'{\"seed\":7}', 'the hats came out well')");
    db.exec("INSERT INTO metrics VALUES (1, 500, x'0000003f')");
  }
  Catalogue catalogue(file());
  ASSERT_EQ(catalogue.runs().size(), 1U);
  const RunInfo run = catalogue.runs().front();
  EXPECT_EQ(run.name, "");
  EXPECT_FALSE(run.binned);
  EXPECT_FALSE(run.best.has_value());
  EXPECT_EQ(run.note, "the hats came out well");
  EXPECT_EQ(run.steps, 500);
  EXPECT_EQ(catalogue.metrics(1).rows.size(), 1U);
  catalogue.renameRun(1, "hats");
  EXPECT_EQ(Catalogue(file()).run(1).name, "hats");
}

TEST_F(CatalogueSchema, AFailedMigrationLeavesTheOldLayout) {
  const std::array<const char*, 1> old{"CREATE TABLE hats (name TEXT)"};
  const std::array<const char*, 3> broken{old[0], "CREATE TABLE boots (name TEXT)", "CREATE TABLE hats (name TEXT)"};
  SQLite::Database db(file().string(), kMake);
  migrate(db, old);
  EXPECT_THROW(migrate(db, broken), SQLite::Exception);
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), 1);
  EXPECT_FALSE(db.tableExists("boots"));
}

}  // namespace
}  // namespace loom
