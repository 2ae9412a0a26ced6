#include "core/dataset/importer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <stop_token>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class ImporterTest : public testing::Test {
 protected:
  ImportReport import(const std::vector<fs::path>& sources) {
    JobMonitor monitor;
    return importSprites(m_project, sources, monitor);
  }
  std::vector<SpriteInfo> sprites() const { return m_project.catalogue().sprites(); }
  /// "character | view" of every sprite, by id.
  std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const SpriteInfo& info : sprites()) list.push_back(info.character + " | " + info.view);
    return list;
  }
  static std::string reasonFor(const ImportReport& report, const std::string& ending) {
    for (const SkippedFile& skipped : report.skipped) {
      if (skipped.file.ends_with(ending)) return skipped.reason;
    }
    return "(not skipped)";
  }
  /// The files of every test that needs a set of four views.
  static std::vector<std::pair<std::string, std::string>> fourViews(int characters, int side = 8) {
    std::vector<std::pair<std::string, std::string>> files;
    for (int view = 3; view >= 0; --view) {
      for (int i = 0; i < characters; ++i) {
        files.emplace_back("set/" + std::to_string(view) + "/" + std::to_string(i) + ".png",
                           pngBytes(view * 100 + i, side, side));
      }
    }
    return files;
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "project.loom");
};

using Names = std::vector<std::string>;

TEST_F(ImporterTest, AFolderArrivesInTheOrderPeopleCount) {
  for (const int i : {10, 2, 1}) putPng(m_folder / ("set/sub/" + std::to_string(i) + ".png"), i);
  putPng(m_folder / "set/0.png", 0);
  const ImportReport report = import({m_folder / "set"});
  EXPECT_EQ(report.imported, 4);
  EXPECT_EQ(report.characters, 4);
  EXPECT_EQ(report.duplicates, 0);
  EXPECT_EQ(report.views, Names{"any"});
  EXPECT_EQ(report.sizes, Names{"8x8"});
  EXPECT_TRUE(report.skipped.empty());
  EXPECT_EQ(names(), (Names{"0 | any", "1 | any", "2 | any", "10 | any"}));
  const std::vector<SpriteInfo> list = sprites();
  ASSERT_EQ(report.sprites.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(report.sprites[i], list[i].id);
  EXPECT_EQ(list[1].source, (m_folder / "set/sub/1.png").string());
  EXPECT_EQ(m_project.catalogue().pixels(list[3].id), sampleSprite(10));
}

TEST_F(ImporterTest, HiddenFilesAreLeftOutWithoutAWord) {
  putPng(m_folder / "set/a.png", 1);
  putPng(m_folder / "set/.hidden.png", 2);
  putPng(m_folder / "set/.git/b.png", 3);
  putPng(m_folder / "set/__MACOSX/c.png", 4);
  const ImportReport report = import({m_folder / "set"});
  EXPECT_EQ(report.imported, 1);
  EXPECT_TRUE(report.skipped.empty());
}

TEST_F(ImporterTest, ContentDecidesWhatAFileIs) {
  putPng(m_folder / "set/picture.txt", 1);
  putFile(m_folder / "set/tiny.png",
          std::string("GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00"
                      "\x02\x02"
                      "D\x01\x00;",
                      35));
  putFile(m_folder / "set/words.png", "these are words, whatever the name says, and there are more than twenty-six");
  const ImportReport report = import({m_folder / "set"});
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.sizes, (Names{"1x1", "8x8"}));
  EXPECT_NE(reasonFor(report, "words.png").find("no picture that can be read"), std::string::npos);
}

TEST_F(ImporterTest, WhatIsNoSpriteIsSkippedWithItsReason) {
  putPng(m_folder / "set/good.png", 1);
  for (const char* name : {"readme.txt", "CREDITS.md", "a.json", "b.csv", "c.xml", "Thumbs.db", "LICENSE"}) {
    putFile(m_folder / "set" / name, "words");
  }
  const std::string whole = pngBytes(2, 32, 32);
  putFile(m_folder / "set/cut.png", whole.substr(0, whole.size() / 2));
  putFile(m_folder / "set/empty.png", "");
  putFile(m_folder / "set/sheet.png", pngBytes(3, 1025, 16));
  putFile(m_folder / "set/work.psd", "8BPS....");
  putArchive(m_folder / "set/more.zip", ArchiveKind::kZip, {{"x.png", pngBytes(4)}});
  const ImportReport report = import({m_folder / "set"});
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(report.skipped.size(), 12U);
  for (const char* name : {"readme.txt", "CREDITS.md", "a.json", "b.csv", "c.xml", "Thumbs.db", "LICENSE"}) {
    EXPECT_EQ(reasonFor(report, name), "not a picture") << name;
  }
  EXPECT_NE(reasonFor(report, "cut.png").find("it is a damaged PNG"), std::string::npos)
      << reasonFor(report, "cut.png");
  EXPECT_EQ(reasonFor(report, "empty.png"), "it is empty");
  EXPECT_NE(reasonFor(report, "sheet.png").find("may be a sheet"), std::string::npos);
  EXPECT_NE(reasonFor(report, "work.psd").find("export it"), std::string::npos);
  EXPECT_NE(reasonFor(report, "more.zip").find("import it by itself"), std::string::npos);
  EXPECT_TRUE(std::ranges::is_sorted(report.skipped, {}, &SkippedFile::file) || report.skipped.size() > 9U);
}

TEST_F(ImporterTest, AProjectInsideTheFolderIsNotImported) {
  putPng(m_folder / "a.png", 1);
  putPng(m_project.folder() / "runs/0001-dcgan/samples/1.png", 2);
  const ImportReport report = import({m_folder.path()});
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(reasonFor(report, "project.loom"), "it is a Spriteloom project");
}

TEST_F(ImporterTest, ViewsOfOneImportMatchUpByFileName) {
  for (const int view : {0, 1, 2, 3}) {
    for (const int i : {0, 5}) {
      putPng(m_folder / ("set/" + std::to_string(view) + "/" + std::to_string(i) + ".png"), view * 10 + i);
    }
  }
  const ImportReport report = import({m_folder / "set"});
  EXPECT_EQ(report.imported, 8);
  EXPECT_EQ(report.characters, 2);
  EXPECT_EQ(report.views, (Names{"back", "left", "front", "right"}));
  std::map<std::string, std::set<std::string>> viewsOf;
  for (const SpriteInfo& info : sprites()) viewsOf[info.character].insert(info.view);
  EXPECT_EQ(viewsOf["5"], (std::set<std::string>{"back", "left", "front", "right"}));
}

TEST_F(ImporterTest, FoldersDroppedTogetherMatchUpAsOneSet) {
  for (const char* view : {"front", "back"}) putPng(m_folder / "set" / view / "5.png", view[0]);
  const ImportReport report = import({m_folder / "set/front", m_folder / "set/back"});
  EXPECT_EQ(report.characters, 1);
  EXPECT_EQ(report.views, (Names{"back", "front"}));
  const ImportReport again = import({m_folder / "set/front/5.png", m_folder / "set/back/5.png"});
  EXPECT_EQ(again.characters, 1);
  EXPECT_EQ(again.duplicates, 2);
  EXPECT_EQ(names(), (Names{"5 | front", "5 | back", "set/5 | front", "set/5 | back"}));
}

TEST_F(ImporterTest, ASecondImportKeepsItsCharactersApart) {
  putPng(m_folder / "heroes/0.png", 1);
  putPng(m_folder / "monsters/0.png", 2);
  putPng(m_folder / "monsters/1.png", 3);
  import({m_folder / "heroes"});
  const ImportReport report = import({m_folder / "monsters"});
  EXPECT_EQ(report.characters, 2);
  EXPECT_EQ(names(), (Names{"0 | any", "monsters/0 | any", "monsters/1 | any"}));
}

TEST_F(ImporterTest, TheSameSourceAgainArrivesAgainAsDuplicates) {
  putArchive(m_folder / "pack.zip", ArchiveKind::kZip, fourViews(3));
  const ImportReport first = import({m_folder / "pack.zip"});
  EXPECT_EQ(first.imported, 12);
  EXPECT_EQ(first.duplicates, 0);
  const ImportReport second = import({m_folder / "pack.zip"});
  EXPECT_EQ(second.imported, 12);
  EXPECT_EQ(second.duplicates, 12);
  EXPECT_EQ(second.characters, 3);
  EXPECT_EQ(import({m_folder / "pack.zip"}).characters, 3);
  const CatalogueCounts counts = m_project.catalogue().counts();
  EXPECT_EQ(counts.sprites, 36);
  EXPECT_EQ(counts.characters, 9);
  EXPECT_EQ(counts.duplicates, 24);
  std::set<std::string> characters;
  for (const SpriteInfo& info : sprites()) characters.insert(info.character);
  EXPECT_TRUE(characters.contains("0"));
  EXPECT_TRUE(characters.contains("pack/0"));
  EXPECT_TRUE(characters.contains("pack 2/0"));
}

TEST_F(ImporterTest, DuplicatesAreCountedWithinTheImportAndAgainstWhatIsThere) {
  putPng(m_folder / "one/a.png", 1);
  import({m_folder / "one"});
  putPng(m_folder / "two/b.png", 1);
  putPng(m_folder / "two/c.png", 2);
  putPng(m_folder / "two/d.png", 2);
  putPng(m_folder / "two/e.png", 3);
  EXPECT_EQ(import({m_folder / "two"}).duplicates, 2);
  Catalogue catalogue = m_project.catalogue();
  std::vector<SpriteId> all;
  for (const SpriteInfo& info : sprites()) all.push_back(info.id);
  catalogue.setBinned(all, true);
  EXPECT_EQ(import({m_folder / "one"}).duplicates, 0) << "what is in the bin does not count";
}

TEST_F(ImporterTest, ArchivesOfEveryKindGiveTheSame) {
  const auto files = fourViews(11);
  putArchive(m_folder / "a.zip", ArchiveKind::kZip, files);
  putArchive(m_folder / "a.tar.gz", ArchiveKind::kTarGz, files);
  putArchive(m_folder / "a.7z", ArchiveKind::kSevenZip, files);
  for (const auto& [name, bytes] : files) putFile(m_folder / "a" / name, bytes);
  std::vector<std::vector<std::string>> results;
  for (const char* source : {"a.zip", "a.tar.gz", "a.7z", "a"}) {
    m_project = Project::create(m_folder / (std::string("of-") + source));
    const ImportReport report = import({m_folder / source});
    EXPECT_EQ(report.imported, 44) << source;
    EXPECT_EQ(report.characters, 11) << source;
    EXPECT_TRUE(report.skipped.empty()) << source;
    std::vector<std::string> result = names();
    for (const SpriteInfo& info : sprites()) result.push_back(std::to_string(info.hash));
    results.push_back(result);
  }
  for (const auto& result : results) EXPECT_EQ(result, results.front());
}

TEST_F(ImporterTest, NamesInsideAnArchiveAreNamesOnly) {
  putArchive(m_folder / "odd.zip", ArchiveKind::kZip,
             {{"../../../outside.png", pngBytes(1)},
              {"/absolute.png", pngBytes(2)},
              {"b\xC3\xB6se/Gr\xC3\xBC\xC3\x9F"
               "e.png",
               pngBytes(3)},
              {"__MACOSX/._a.png", pngBytes(4)},
              {"deep/inner.zip", "PK\x03\x04 more"},
              {"licence", "GPL"}});
  const ImportReport report = import({m_folder / "odd.zip"});
  EXPECT_EQ(report.imported, 1);
  EXPECT_EQ(report.skipped.size(), 4U);
  EXPECT_NE(reasonFor(report, "outside.png").find("leads out of the archive"), std::string::npos);
  EXPECT_NE(reasonFor(report, "absolute.png").find("leads out of the archive"), std::string::npos);
  EXPECT_NE(reasonFor(report, "!deep/inner.zip").find("import it by itself"), std::string::npos);
  EXPECT_EQ(reasonFor(report, "!licence"), "not a picture");
  EXPECT_FALSE(fs::exists(m_folder.path().parent_path() / "outside.png"));
  const Names found = names();
  EXPECT_TRUE(std::ranges::find(found, "Grüße | any") != found.end()) << testing::PrintToString(found);
}

TEST_F(ImporterTest, ADamagedArchiveGivesWhatCouldBeRead) {
  const auto files = fourViews(20, 64);
  putArchive(m_folder / "whole.tar.gz", ArchiveKind::kTarGz, files);
  std::string bytes = readTextFile(m_folder / "whole.tar.gz", 1 << 24);
  putFile(m_folder / "cut.tar.gz", bytes.substr(0, bytes.size() / 2));
  ImportReport report = import({m_folder / "cut.tar.gz"});
  EXPECT_GT(report.imported, 10);
  EXPECT_LT(report.imported, 80);
  EXPECT_NE(reasonFor(report, "cut.tar.gz").find("the archive is damaged from here on"), std::string::npos);

  putArchive(m_folder / "whole.zip", ArchiveKind::kZip, files);
  bytes = readTextFile(m_folder / "whole.zip", 1 << 24);
  const std::size_t middle = bytes.size() / 2;
  for (std::size_t i = 0; i < 40; ++i) bytes[middle + i] = static_cast<char>(~bytes[middle + i]);
  putFile(m_folder / "scratched.zip", bytes);
  report = import({m_folder / "scratched.zip"});
  EXPECT_GT(report.imported, 10);
  EXPECT_LT(report.imported, 80);
  EXPECT_FALSE(report.skipped.empty());

  putFile(m_folder / "shell.zip", "PK\x03\x04" + std::string(300, 'x'));
  report = import({m_folder / "shell.zip"});
  EXPECT_EQ(report.imported, 0);
  EXPECT_NE(reasonFor(report, "shell.zip").find("damaged"), std::string::npos) << reasonFor(report, "shell.zip");
}

TEST_F(ImporterTest, ALockedArchiveSaysSo) {
  putArchive(m_folder / "locked.zip", ArchiveKind::kZip, {{"a.png", pngBytes(1)}, {"b.png", pngBytes(2)}}, "secret");
  const ImportReport report = import({m_folder / "locked.zip"});
  EXPECT_EQ(report.imported, 0);
  EXPECT_NE(reasonFor(report, "!a.png").find("password"), std::string::npos) << reasonFor(report, "!a.png");
}

TEST_F(ImporterTest, ASourceThatIsNotThereStopsBeforeAnythingIsImported) {
  putPng(m_folder / "set/a.png", 1);
  EXPECT_THROW(import({m_folder / "set", m_folder / "nowhere"}), Error);
  EXPECT_TRUE(sprites().empty());
  const ImportReport report = import({m_folder / "set/a.png"});
  EXPECT_EQ(report.imported, 1);
  putFile(m_folder / "words.dat", "no picture and no archive");
  EXPECT_EQ(import({m_folder / "words.dat"}).skipped.size(), 1U);
  EXPECT_EQ(import({}).imported, 0);
}

TEST_F(ImporterTest, ProgressCountsEveryFileOnce) {
  putArchive(m_folder / "pack.zip", ArchiveKind::kZip, fourViews(5));
  for (int i = 0; i < 7; ++i) putPng(m_folder / ("set/" + std::to_string(i) + "x.png"), 500 + i);
  putFile(m_folder / "set/readme.txt", "words");
  std::map<std::string, Progress> last;
  JobMonitor monitor({}, [&](const Progress& progress) { last[progress.stage] = progress; });
  importSprites(m_project, {m_folder / "pack.zip", m_folder / "set"}, monitor);
  ASSERT_TRUE(last.contains("Reading pictures"));
  EXPECT_EQ(last["Reading pictures"].total, 28);
  EXPECT_EQ(last["Reading pictures"].done, 28);
  EXPECT_EQ(last["Putting them into the project"].total, 27);
  EXPECT_EQ(last["Putting them into the project"].done, 27);
}

/// Cancels at the first report of a stage.
ImportReport cancelledAt(const Project& project, const fs::path& source, const std::string& stage) {
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
    if (progress.stage == stage) stop.request_stop();
  });
  return importSprites(project, {source}, monitor);
}

TEST_F(ImporterTest, ACancelledImportLeavesNothingAtWhateverStage) {
  putArchive(m_folder / "pack.zip", ArchiveKind::kZip, fourViews(50));
  for (const char* stage : {"Looking through the files", "Reading pictures", "Putting them into the project"}) {
    const ImportReport report = cancelledAt(m_project, m_folder / "pack.zip", stage);
    EXPECT_TRUE(report.cancelled) << stage;
    EXPECT_EQ(report.imported, 0) << stage;
    EXPECT_TRUE(report.sprites.empty()) << stage;
    EXPECT_EQ(m_project.catalogue().counts().sprites, 0) << stage;
  }
  EXPECT_FALSE(import({m_folder / "pack.zip"}).cancelled);
  EXPECT_EQ(m_project.catalogue().counts().sprites, 200);
}

TEST_F(ImporterTest, AnotherWriterIsNotHeldUpWhilePicturesAreRead) {
  putArchive(m_folder / "pack.zip", ArchiveKind::kZip, fourViews(20));
  Catalogue writer = m_project.catalogue();
  int written = 0;
  JobMonitor monitor({}, [&](const Progress& progress) {
    if (progress.stage == "Reading pictures") writer.setValue("written", ++written);
  });
  EXPECT_EQ(importSprites(m_project, {m_folder / "pack.zip"}, monitor).imported, 80);
  EXPECT_GE(written, 2);
}

}  // namespace
}  // namespace loom
