// A sheet as a file to draw on: a frame a sprite at its own size, tags that name characters and frames, the palette.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/aseprite_file.h"
#include "core/export/sheet_writers.h"
#include "core/image/codec.h"

namespace loom::sheet_writers {
namespace {

/// The untrimmed sprite as it was before it was enlarged.
Sprite canvasOf(const Sheet& sheet, const SheetFrame& frame) {
  const int inner = sheet.innerPadding, scale = sheet.scale;
  Sprite canvas((frame.sourceWidth - 2 * inner) / scale, (frame.sourceHeight - 2 * inner) / scale);
  const PixelRect& source = frame.spriteSource;
  for (int y = 0; y < (source.height - 2 * inner) / scale; ++y) {
    for (int x = 0; x < (source.width - 2 * inner) / scale; ++x) {
      const Rgba& pixel = sheet.image.at(frame.frame.x + inner + x * scale, frame.frame.y + inner + y * scale);
      canvas.at(source.x / scale + x, source.y / scale + y) = pixel.a == 0 ? Rgba{} : pixel;
    }
  }
  return canvas;
}

/// Pixels as the file keeps them: four bytes each, or their colours' places.
class PixelCoder {
 public:
  explicit PixelCoder(const std::vector<Rgba>& palette) {
    for (std::size_t i = 0; i < palette.size(); ++i) m_places.try_emplace(keyOf(palette[i]), static_cast<std::byte>(i));
  }

  std::vector<std::byte> operator()(const Sprite& picture, bool indexed) const {
    const auto raw = std::as_bytes(picture.pixels());
    if (!indexed) return {raw.begin(), raw.end()};
    std::vector<std::byte> bytes;
    bytes.reserve(picture.pixels().size());
    for (const Rgba& pixel : picture.pixels()) bytes.push_back(m_places.at(keyOf(pixel)));
    return bytes;
  }

 private:
  static std::uint32_t keyOf(const Rgba& colour) {
    return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
  }
  std::unordered_map<std::uint32_t, std::byte> m_places;
};

/// A tag a character and, while Aseprite stays quick with them, one a view or animation, by the frames' own names.
void addTags(AsepriteFile& file, const Sheet& sheet) {
  constexpr std::size_t kMostTags = 5000;
  const auto characters = sheet_parts::characterRuns(sheet);
  const auto frames = sheet_parts::frameRuns(sheet);
  const auto add = [&file](const sheet_parts::FrameRun& run) {
    file.addTag({run.name, static_cast<int>(run.first), static_cast<int>(run.last)});
  };
  std::ranges::for_each(characters, add);
  if (characters.size() + frames.size() <= kMostTags) std::ranges::for_each(frames, add);
}

void addFrames(AsepriteFile& file, const Sheet& sheet, const std::vector<Rgba>& palette, bool indexed) {
  const PixelCoder coder(palette);
  std::unordered_map<std::uint64_t, std::size_t> known;
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
    const int milliseconds = sheet_parts::shownFor(sheet.frames[i]);
    const Sprite canvas = canvasOf(sheet, sheet.frames[i]);
    const PixelRect area = opaqueBounds(canvas);
    if (area.width == 0) {
      file.addFrame(milliseconds);
      continue;
    }
    const auto [twin, isNew] = known.try_emplace(contentHash(canvas), i);
    if (!isNew && canvasOf(sheet, sheet.frames[twin->second]) == canvas) {
      file.addLinkedFrame(milliseconds, static_cast<int>(twin->second));
    } else {
      file.addFrame(milliseconds, area, coder(cropped(canvas, area), indexed));
    }
  }
}

}  // namespace

std::string aseprite(const Input& input) {
  const Sheet& sheet = input.sheet;
  if (sheet.frames.size() > static_cast<std::size_t>(limits::kMaxAnimationFrames)) {
    throw Error("an Aseprite file would have " + std::to_string(sheet.frames.size()) + " frames, and " +
                    std::to_string(limits::kMaxAnimationFrames) + " are the most",
                "take fewer characters, or several sheets");
  }
  // The first colour is the one that Aseprite leaves out; where 256 others are in use there is no room for it.
  const bool indexed = input.indexed && input.indexed->palette.front().a == 0;
  std::vector<Rgba> palette;
  if (input.indexed) palette = coloursOf(input);
  if (indexed) palette.insert(palette.begin(), Rgba{});
  const Sprite first = canvasOf(sheet, sheet.frames.front());
  AsepriteFile file(first.width(), first.height(), indexed, palette);
  addTags(file, sheet);
  addFrames(file, sheet, palette, indexed);
  return file.bytes();
}

}  // namespace loom::sheet_writers
