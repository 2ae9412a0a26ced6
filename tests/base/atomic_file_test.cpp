#include "core/base/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

int filesIn(const fs::path& folder) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++count;
  return count;
}

TEST(AtomicFile, WritesAndReadsBackEveryByte) {
  const TempFolder folder;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += static_cast<char>(i % 256);
  writeFileAtomically(folder / "file.bin", text);
  EXPECT_EQ(readTextFile(folder / "file.bin", 1 << 20), text);
  writeFileAtomically(folder / "file.bin", std::string_view());
  EXPECT_EQ(readTextFile(folder / "file.bin", 1 << 20), "");
  EXPECT_EQ(filesIn(folder.path()), 1) << "nothing is left beside the file";
}

TEST(AtomicFile, InPiecesIsThereOnceItIsWhole) {
  const TempFolder folder;
  const std::string piece(1000, 'x');
  {
    AtomicFile file(folder / "pieces");
    for (int i = 0; i < 10; ++i) file.write(std::as_bytes(std::span(piece)));
    EXPECT_FALSE(fs::exists(folder / "pieces"));
    file.commit();
  }
  EXPECT_EQ(fs::file_size(folder / "pieces"), 10'000U);
  { AtomicFile(folder / "pieces").write(std::as_bytes(std::span(piece))); }
  EXPECT_EQ(fs::file_size(folder / "pieces"), 10'000U) << "without commit nothing has happened";
  EXPECT_EQ(filesIn(folder.path()), 1);
  EXPECT_THROW(AtomicFile(folder / "none/pieces"), Error);
}

TEST(AtomicFile, APieceMayBeWrittenOverAndAnotherMayWriteAside) {
  const TempFolder folder;
  AtomicFile file(folder / "pieces");
  file.write(std::as_bytes(std::span(std::string_view("0 frames"))));
  file.writeAt(0, std::as_bytes(std::span(std::string_view("9"))));
  file.write(std::as_bytes(std::span(std::string_view(", all"))));
  std::ofstream(file.aside(), std::ios::app) << " here";
  file.commit();
  EXPECT_EQ(readTextFile(folder / "pieces", 100), "9 frames, all here");
  EXPECT_EQ(filesIn(folder.path()), 1);
}

TEST(AtomicFile, AReaderSeesTheOldOrTheNewFileNeverAPart) {
  const TempFolder folder;
  const fs::path path = folder / "state";
  const std::string one(200'000, 'a');
  const std::string two(150'000, 'b');
  writeFileAtomically(path, one);
  std::atomic<bool> stop = false;
  std::atomic<int> torn = 0;
  std::atomic<int> reads = 0;
  std::jthread reader([&] {
    while (!stop) {
      const std::string seen = readTextFile(path, 1 << 20);
      if (seen != one && seen != two) ++torn;
      ++reads;
    }
  });
  for (int i = 0; i < 40 || reads < 20; ++i) writeFileAtomically(path, i % 2 == 0 ? two : one);
  stop = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST(AtomicFile, AFailedWriteLeavesTheOldFileAndNothingElse) {
  const TempFolder folder;
  const fs::path path = folder / "kept";
  writeFileAtomically(path, "old");
  // A limit on the size of files stands in for a full disk.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  EXPECT_THROW(writeFileAtomically(path, std::string(100'000, 'x')), Error);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(readTextFile(path, 100), "old");
  EXPECT_EQ(filesIn(folder.path()), 1);
}

TEST(AtomicFile, AWriteIntoNoFolderNamesTheFile) {
  const TempFolder folder;
  const fs::path path = folder / "missing/file";
  try {
    writeFileAtomically(path, "text");
    FAIL() << "was written";
  } catch (const Error& failure) {
    EXPECT_EQ(failure.file(), path);
    EXPECT_FALSE(failure.hint().empty());
  }
}

TEST(AtomicFile, ReadingRefusesWhatIsMissingTooLargeOrAFolder) {
  const TempFolder folder;
  EXPECT_THROW(readFile(folder / "nothing", 100), Error);
  EXPECT_THROW(readFile(folder.path(), 100), Error);
  writeFileAtomically(folder / "file", "12345");
  EXPECT_THROW(readFile(folder / "file", 4), Error);
  EXPECT_EQ(readFile(folder / "file", 5).size(), 5U);
}

TEST(FreeName, CountsUpToTheFirstNameThatIsFree) {
  const TempFolder folder;
  EXPECT_EQ(freeName(folder / "sheet.png"), folder / "sheet.png");
  writeFileAtomically(folder / "sheet.png", "1");
  EXPECT_EQ(freeName(folder / "sheet.png"), folder / "sheet-2.png");
  writeFileAtomically(folder / "sheet-2.png", "2");
  EXPECT_EQ(freeName(folder / "sheet.png"), folder / "sheet-3.png");
}

}  // namespace
}  // namespace loom
