// How often the pixel grid is found, by kind of upscale and by set of sprites, and how often native art is mistaken for
// one. spriteloom-bench-pixel-grid [sprites a set] [part of a kind's name] [folder of archives]
#include "core/image/pixel_grid.h"

#include <QCoreApplication>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/dataset/importer_sources.h"
#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "tests/image/upscale_kinds.h"

namespace {

using namespace loom;

struct Set {
  std::string name;
  std::vector<Sprite> all;
};

Set starterSet(int characters) {
  Set set{"starter", {}};
  for (int i = 0; i < characters; ++i) {
    for (const Sprite& view : starterCharacter(7, static_cast<std::uint64_t>(i)).views) set.all.push_back(view);
  }
  return set;
}

Set archiveSet(const std::string& name, const std::filesystem::path& archive) {
  Set set{name, {}};
  if (!std::filesystem::exists(archive)) return set;
  FileReceiver receiver;
  receiver.picture = [&set](FoundPicture found) { set.all.push_back(decodeImage(found.bytes, found.source)); };
  receiver.skip = [](const std::string&, const std::string&) {};
  readArchive(archive, receiver);
  return set;
}

/// `count` of them, from all over the set; every third one cut to what is visible, so that sizes are not all round.
std::vector<Sprite> chosen(const Set& set, int count) {
  std::vector<Sprite> sprites;
  const std::size_t all = set.all.size();
  const std::size_t wanted = std::min(all, static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < wanted; ++i) {
    const Sprite& sprite = set.all[i * all / wanted];
    sprites.push_back(i % 3 == 0 ? cropped(sprite, opaqueBounds(sprite)) : sprite);
  }
  return sprites;
}

using Calibration = std::array<std::pair<int, int>, 10>;  ///< by tenths of confidence: found, of which right

void printNative(const Set& set, Calibration& calibration) {
  int alarms = 0;
  int hints = 0;
  double worst = 0;
  double milliseconds = 0;
  for (const Sprite& sprite : set.all) {
    const std::clock_t start = std::clock();
    const PixelGrid grid = findPixelGrid(sprite);
    const double took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    milliseconds += took;
    worst = std::max(worst, took);
    alarms += grid.found() && grid.confidence >= kSureGrid ? 1 : 0;
    hints += grid.found() && grid.confidence < kSureGrid ? 1 : 0;
    if (grid.found()) ++calibration[std::min<std::size_t>(9, static_cast<std::size_t>(grid.confidence * 10))].first;
  }
  const auto count = static_cast<double>(set.all.size());
  std::printf("%-10s native: %5zu sprites, false alarms %.2f %%, hints %.2f %%, %.3f ms each (longest %.3f)\n",
              set.name.c_str(), set.all.size(), 100 * alarms / count, 100 * hints / count, milliseconds / count, worst);
}

void printKind(const UpscaleKind& kind, const Set& set, const std::vector<Sprite>& sprites, Calibration& calibration,
               bool verbose) {
  int right = 0;
  int scales = 0;
  double error = 0;
  double milliseconds = 0;
  RandomStream random(11);
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const Upscale upscale = kind.make(sprites[i], random);
    const Outcome outcome = tryUpscale(kind, upscale);
    right += outcome.right ? 1 : 0;
    scales += outcome.scaleRight ? 1 : 0;
    if (outcome.right) error += outcome.colourError;
    milliseconds += outcome.milliseconds;
    if (outcome.grid.found()) {
      auto& [found, good] =
          calibration[std::min<std::size_t>(9, static_cast<std::size_t>(outcome.grid.confidence * 10))];
      ++found;
      good += outcome.scaleRight ? 1 : 0;
    }
    if (verbose && !outcome.right) {
      const PixelSize size = nativeSize(outcome.grid, upscale.picture.width(), upscale.picture.height());
      std::printf("  #%zu %dx%d by %.3g,%.3g (%dx%d): %s %.4g,%.4g at %.3g,%.3g (%dx%d) confidence %.2f\n", i,
                  upscale.original.width(), upscale.original.height(), upscale.scaleX, upscale.scaleY,
                  upscale.picture.width(), upscale.picture.height(), gridKindName(outcome.grid.kind).c_str(),
                  outcome.grid.scaleX, outcome.grid.scaleY, outcome.grid.offsetX, outcome.grid.offsetY, size.width,
                  size.height, outcome.grid.confidence);
    }
  }
  const auto count = static_cast<double>(sprites.size());
  const std::string recovery =
      kind.lossless ? "to the pixel" : "off by " + std::to_string(error / std::max(right, 1)).substr(0, 4);
  std::printf("%-40s %-10s %5zu  %6.1f %%  %6.1f %%  %-13s %7.2f ms\n", kind.name.c_str(), set.name.c_str(),
              sprites.size(), 100 * right / count, 100 * scales / count, recovery.c_str(), milliseconds / count);
  std::fflush(stdout);
}

/// A sheet of many sprites, as many as make it `side` pixels high and wide.
Sprite sheetOf(const std::vector<Sprite>& sprites, int side) {
  Sprite sheet(side, side);
  std::size_t next = 0;
  for (int y = 0; y < side; y += 64) {
    for (int x = 0; x < side; x += 64) paste(sheet, sprites[next++ % sprites.size()], x, y);
  }
  return sheet;
}

void printLarge(const std::vector<Sprite>& sprites) {
  std::printf("large pictures\n");
  for (const auto& [side, scale] : {std::pair(128, 8.0), {130, 7.9}, {400, 2.5}, {512, 8.0}, {700, 7.3}, {1000, 8.0}}) {
    const Sprite sheet = flattened(sheetOf(sprites, side), {90, 120, 90, 255});
    for (const Resampling by : {Resampling::kNearest, Resampling::kBicubic}) {
      for (const bool compressed : {false, true}) {
        UpscaleKind kind{"", false, 1, {}};
        Upscale upscale{upscaled(sheet, scale, by), scale, scale, sheet};
        if (compressed) upscale.picture = throughJpeg(upscale.picture, 80);
        const Outcome outcome = tryUpscale(kind, upscale);
        std::printf("  %4d x %-4d %s%-5s by %.4g: %-10s by %.4g,%.4g, %s, %.0f ms\n", upscale.picture.width(),
                    upscale.picture.height(), by == Resampling::kNearest ? "nearest" : "bicubic",
                    compressed ? ", JPEG" : "", scale, gridKindName(outcome.grid.kind).c_str(), outcome.grid.scaleX,
                    outcome.grid.scaleY, outcome.right ? "right" : "WRONG", outcome.milliseconds);
        std::fflush(stdout);
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  const int count = argc > 1 ? std::atoi(argv[1]) : 300;
  const std::string only = argc > 2 ? argv[2] : "";
  const std::filesystem::path data = argc > 3 ? argv[3] : SPRITELOOM_SOURCE_DIR "/../shared/data";
  std::vector<Set> sets{starterSet(100), archiveSet("Tuxemon", data / "tuxemon-front.zip"),
                        archiveSet("TinyHero", data / "tiny-hero.zip")};
  std::erase_if(sets, [](const Set& set) { return set.all.empty(); });
  Calibration calibration{};
  if (only.empty()) {
    for (const Set& set : sets) printNative(set, calibration);
    if (const Set sheets = archiveSet("LPC sheets", data / "lpc-sheets.zip"); !sheets.all.empty()) {
      printNative(sheets, calibration);
    }
  }
  std::printf("%-40s %-10s %5s  %8s  %8s  %-13s %10s\n", "kind", "set", "made", "right", "scale", "recovered", "time");
  for (const UpscaleKind& kind : upscaleKinds()) {
    if (kind.name.find(only) == std::string::npos) continue;
    for (const Set& set : sets) printKind(kind, set, chosen(set, count), calibration, !only.empty());
  }
  if (only.empty() || only == "large") printLarge(sets.back().all);
  std::printf("confidence: found, of which right\n");
  for (std::size_t i = 0; i < calibration.size(); ++i) {
    const auto& [found, good] = calibration[i];
    std::printf("  %.1f..%.1f: %6d  %5.1f %%\n", static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10, found,
                found == 0 ? 0.0 : 100.0 * good / found);
  }
  return 0;
}
