#include "ui/widgets/sheet_reading.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include "core/base/limits.h"
#include "core/image/animation.h"
#include "core/image/codec.h"
#include "core/image/image_format.h"
#include "ui/widgets/sprite_image.h"

namespace loom {

SheetReading readSheet(const std::filesystem::path& file, JobMonitor& monitor) {
  monitor.begin("Reading the picture", 0);
  SheetReading reading;
  reading.picture = readImage(file);
  reading.pictureImage = toImage(reading.picture);
  monitor.begin("Looking for its true pixels", 0);
  const PixelGrid grid = findPixelGrid(reading.picture);
  monitor.begin("Looking for its cells", 0);
  if (grid.found() && grid.confidence >= kSureGrid) {
    reading.grid = grid;
    reading.native = undoUpscaling(reading.picture, grid);
    reading.nativeImage = toImage(reading.native);
    monitor.checkCancelled();
    reading.foundNative = findSheetCuts(reading.native);
    monitor.checkCancelled();
  }
  reading.found = findSheetCuts(reading.picture);
  reading.lpc = isLpcSheet(reading.pixels(reading.enlarged()));
  return reading;
}

bool asksForCutting(const SheetReading& reading) {
  // Smaller pictures are one sprite, as the importer has it: a creature may well be in two parts.
  constexpr int kSmallestSheet = 96;
  if (reading.lpc) return false;
  const Sprite& native = reading.pixels(reading.enlarged());
  const int side = std::max(native.width(), native.height());
  if (side > limits::kMaxSpriteSide) return true;
  return side >= kSmallestSheet && looksLikeSheet(reading.cuts(reading.enlarged()));
}

bool isStillPicture(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return false;
  if (std::filesystem::file_size(file, ignored) > static_cast<std::uintmax_t>(limits::kMaxFileBytes)) return false;
  constexpr std::size_t kHead = 512;
  std::ifstream stream(file, std::ios::binary);
  std::string text(kHead, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(kHead));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!imageFormat(std::as_bytes(std::span(text)))) return false;
  text.append(std::istreambuf_iterator<char>(stream), {});
  return !isAnimated(std::as_bytes(std::span(text)));
}

}  // namespace loom
