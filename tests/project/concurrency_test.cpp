#include <gtest/gtest.h>

#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include "core/project/catalogue.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

constexpr int kCharacters = 60;
constexpr int kViews = 4;

void writeCharacters(const std::filesystem::path& file, const std::string& name) {
  Catalogue catalogue(file);
  for (int i = 0; i < kCharacters; ++i) {
    Catalogue::Transaction transaction(catalogue);
    for (int view = 0; view < kViews; ++view) {
      catalogue.addSprite({.pixels = sampleSprite(i * kViews + view),
                           .character = name + std::to_string(i),
                           .view = "view" + std::to_string(view),
                           .source = {}});
    }
    transaction.commit();
  }
}

/// Reads until `stop`; a character is there with all its views or not at all, and what was seen once stays.
void readWhole(const std::filesystem::path& file, const std::atomic<bool>& stop, std::atomic<int>& wrong) {
  const Catalogue catalogue(file);
  std::size_t last = 0;
  while (!stop) {
    const std::vector<SpriteInfo> list = catalogue.sprites();
    if (list.size() % kViews != 0 || list.size() < last) ++wrong;
    last = list.size();
    if (!list.empty() && catalogue.pixels(list.back().id).empty()) ++wrong;
  }
}

TEST(CatalogueConcurrency, ReadersSeeWholeTransactionsWhileTwoWritersTakeTurns) {
  const TempFolder folder;
  const std::filesystem::path file = folder / "project.db";
  { const Catalogue made(file); }
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> failures = 0;
  const auto guarded = [&failures](auto work) {
    return [&failures, work] {
      try {
        work();
      } catch (const std::exception& failure) {
        ADD_FAILURE() << failure.what();
        ++failures;
      }
    };
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) readers.emplace_back(guarded([&] { readWhole(file, stop, wrong); }));
  {
    const std::jthread one(guarded([&] { writeCharacters(file, "a"); }));
    const std::jthread two(guarded([&] { writeCharacters(file, "b"); }));
  }
  stop = true;
  readers.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(wrong, 0);
  const CatalogueCounts counts = Catalogue(file).counts();
  EXPECT_EQ(counts.sprites, 2 * kCharacters * kViews);
  EXPECT_EQ(counts.characters, 2 * kCharacters);
}

TEST(CatalogueConcurrency, AReaderIsNotHeldUpByAnOpenTransaction) {
  const TempFolder folder;
  Catalogue writer(folder / "project.db");
  const Catalogue reader(folder / "project.db");
  Catalogue::Transaction transaction(writer);
  writer.addSprite({.pixels = sampleSprite(1), .character = "a", .view = "any", .source = {}});
  EXPECT_TRUE(reader.sprites().empty());
  transaction.commit();
  EXPECT_EQ(reader.sprites().size(), 1U);
}

}  // namespace
}  // namespace loom
