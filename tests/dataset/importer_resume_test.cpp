// An import that was stopped goes on where it was, and pictures of the same bytes stay apart.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stop_token>
#include <thread>

#include "core/dataset/importer.h"
#include "core/image/channels.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class ImporterResume : public testing::Test {
 protected:
  ImportReport import(const fs::path& source) {
    JobMonitor monitor;
    return importSprites(m_project, {source}, monitor);
  }
  ImportReport importStoppedAt(const fs::path& source, const std::string& stage) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
      if (progress.stage == stage) stop.request_stop();
    });
    return importSprites(m_project, {source}, monitor);
  }
  std::int64_t count() const { return m_project.catalogue().counts().sprites; }
  bool isClean() const { return !fs::exists(m_project.folder() / "import.part"); }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "project.loom");
};

TEST_F(ImporterResume, StoppedBeforeTheEndItReadsNothingTwice) {
  for (int i = 0; i < 40; ++i) putPng(m_folder / ("set/" + std::to_string(i) + ".png"), i);
  EXPECT_TRUE(importStoppedAt(m_folder / "set", "Putting them into the project").cancelled);
  EXPECT_EQ(count(), 0);
  EXPECT_FALSE(isClean());
  const ImportReport report = import(m_folder / "set");
  EXPECT_EQ(report.imported, 40);
  EXPECT_EQ(report.resumed, 40);
  EXPECT_EQ(report.duplicates, 0);
  EXPECT_TRUE(isClean());
  EXPECT_EQ(import(m_folder / "set").resumed, 0);
}

TEST_F(ImporterResume, WhatIsDoneToPicturesIsPartOfWhatWasPutAside) {
  putPng(m_folder / "a.png", 1);
  EXPECT_TRUE(importStoppedAt(m_folder / "a.png", "Putting them into the project").cancelled);
  JobMonitor monitor;
  ImportOptions options;
  options.size = 16;
  const ImportReport report = importSprites(m_project, {m_folder / "a.png"}, options, monitor);
  EXPECT_EQ(report.resumed, 0);
  EXPECT_EQ(report.sizes, std::vector<std::string>{"16x16"});
}

TEST_F(ImporterResume, TwinsUnderWayTogetherStayOneSpriteAFile) {
  for (int i = 0; i < 60; ++i) putPng(m_folder / ("set/" + std::to_string(i) + ".png"), i % 2);
  EXPECT_TRUE(importStoppedAt(m_folder / "set", "Putting them into the project").cancelled);
  const ImportReport report = import(m_folder / "set");
  EXPECT_EQ(report.imported, 60);
  EXPECT_EQ(report.duplicates, 58);
  EXPECT_EQ(count(), 60);
  EXPECT_EQ(import(m_folder / "set").imported, 60);
}

TEST_F(ImporterResume, RowsOfATableAreNotReadTwiceEither) {
  std::string table;
  for (int i = 0; i < 50; ++i) {
    table += i % 2 == 0 ? "front" : "back";
    for (const std::uint8_t value : channelValues(sampleSprite(i / 2), 1)) table += "," + std::to_string(value);
    table += "\n";
  }
  putFile(m_folder / "set.csv", table);
  EXPECT_TRUE(importStoppedAt(m_folder / "set.csv", "Putting them into the project").cancelled);
  const ImportReport report = import(m_folder / "set.csv");
  EXPECT_EQ(report.imported, 50);
  EXPECT_EQ(report.resumed, 50);
  EXPECT_EQ(report.views, (std::vector<std::string>{"back", "front"}));
}

TEST_F(ImporterResume, KilledAtAnyTimeItLeavesNoHalfImport) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 600; ++i) files.emplace_back(std::to_string(i) + ".png", pngBytes(i, 32, 32));
  putArchive(m_folder / "set.zip", ArchiveKind::kZip, files);
  for (const int milliseconds : {5, 40, 120, 250}) {
    const pid_t child = fork();
    if (child == 0) {
      import(m_folder / "set.zip");
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(Project::open(m_project.folder()).catalogue().counts().sprites % 600, 0) << milliseconds;
  }
  const std::int64_t before = count();
  EXPECT_EQ(import(m_folder / "set.zip").imported, 600);
  EXPECT_EQ(count(), before + 600);
}

}  // namespace
}  // namespace loom
