// How often the cells of a sheet are found, by kind of sheet, and how long it takes. With folders or pictures named:
// what is found in each of them. Usage: spriteloom-bench-sheets [-v] [SHEETS_PER_KIND | PICTURE...]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

#include "core/image/codec.h"
#include "tests/image/made_sheet.h"

namespace {

using namespace loom;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void printTable(int perKind, bool verbose) {
  std::printf("%-18s %8s %8s %8s %10s\n", "kind", "exact", "sure", "of", "ms each");
  for (const SheetKind kind : kRegularKinds) {
    int exact = 0, sure = 0;
    double ms = 0;
    for (int i = 0; i < perKind; ++i) {
      RandomStream random(static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(kind));
      const MadeSheet sheet = madeSheet(kind, random);
      const auto start = Clock::now();
      const SheetCuts cuts = findSheetCuts(sheet.image);
      ms += msSince(start);
      const bool same = hasSameGrid(cuts, sheet);
      exact += same ? 1 : 0;
      sure += looksLikeSheet(cuts) ? 1 : 0;
      if (verbose && (!same || !looksLikeSheet(cuts))) {
        const SheetGrid& g = sheet.grid;
        std::printf("  %d: %dx%d cells %dx%d margin %d spacing %d filled %d: found %s (%zu cells, %.2f)\n", i,
                    g.columns, g.rows, g.cellWidth, g.cellHeight, g.marginX, g.spacingX, sheet.filled, cuts.how.c_str(),
                    cuts.cells.size(), cuts.confidence);
      }
    }
    std::printf("%-18s %8d %8d %8d %10.1f\n", nameOf(kind).c_str(), exact, sure, perKind, ms / perKind);
  }
  int exact = 0, all = 0, extra = 0, sure = 0;
  for (int i = 0; i < perKind; ++i) {
    RandomStream random(static_cast<std::uint64_t>(i), 99);
    const MadeSheet sheet = madePackedSheet(random);
    const SheetCuts cuts = findSheetCuts(sheet.image);
    const int hits = countExactBounds(cuts, sheet);
    exact += hits;
    all += static_cast<int>(sheet.sprites.size());
    extra += static_cast<int>(cuts.cells.size()) - hits;
    sure += looksLikeSheet(cuts) ? 1 : 0;
    if (verbose && hits < static_cast<int>(sheet.sprites.size())) {
      std::printf("  %d: %d of %zu sprites, found %s (%.2f)\n", i, hits, sheet.sprites.size(), cuts.how.c_str(),
                  cuts.confidence);
    }
  }
  std::printf("packed: %d of %d sprites with exact bounds, %d cells that are none, %d of %d sheets sure\n", exact, all,
              extra, sure, perKind);
}

void printTime(const char* what, const Sprite& sheet) {
  const auto start = Clock::now();
  const SheetCuts cuts = findSheetCuts(sheet);
  std::printf("%d x %d, %s: \"%s\" (%.2f) in %.2f s\n", sheet.width(), sheet.height(), what, cuts.how.c_str(),
              cuts.confidence, msSince(start) / 1e3);
}

/// Ordinary and hard sheets of the largest size that is read.
void printTimes() {
  RandomStream random(5);
  for (const int side : {1024, 8192}) {
    Sprite sheet(side, side);
    const Sprite sprite = madeSprite(random, 50, 60);
    for (int y = 0; y + 64 <= side; y += 64) {
      for (int x = 0; x + 64 <= side; x += 64) paste(sheet, sprite, x + 7, y + 3);
    }
    printTime("cells", sheet);
    printTime("cells on a colour", flattened(sheet, {90, 120, 70, 255}));
    for (const double share : {0.0005, 0.3, 1.0}) {
      Sprite dots(side, side);
      for (Rgba& pixel : dots.pixels()) {
        const std::uint32_t bits = random.next();
        const auto part = [bits](unsigned shift) { return static_cast<std::uint8_t>(bits >> shift); };
        if (random.uniform() < share) pixel = {part(0), part(8), part(16), 255};
      }
      printTime(share == 1 ? "noise" : share < 0.1 ? "few dots" : "many dots", dots);
    }
  }
}

struct Tally {
  int pictures = 0, sheets = 0;
};

void printPicture(const std::filesystem::path& path, bool verbose, Tally& tally) {
  try {
    const Sprite picture = readImage(path);
    const SheetCuts cuts = findSheetCuts(picture);
    ++tally.pictures;
    tally.sheets += looksLikeSheet(cuts) ? 1 : 0;
    if (verbose || looksLikeSheet(cuts)) {
      std::printf("%s: %s %.2f\n", path.filename().c_str(), cuts.how.c_str(), cuts.confidence);
    }
  } catch (const std::exception& error) {
    std::printf("%s: %s\n", path.c_str(), error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  int first = 1;
  const bool verbose = argc > 1 && std::string(argv[1]) == "-v";
  if (verbose) ++first;
  const int perKind = argc > first ? std::atoi(argv[first]) : 100;
  if (argc <= first || perKind > 0) {
    printTable(perKind, verbose);
    printTimes();
    return 0;
  }
  Tally tally;
  for (int i = first; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      printPicture(argv[i], verbose, tally);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file()) printPicture(entry.path(), verbose, tally);
    }
  }
  std::printf("%d pictures, %d taken for sheets\n", tally.pictures, tally.sheets);
  return 0;
}
