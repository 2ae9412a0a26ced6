#include "core/image/aseprite_chunks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom::ase {
namespace {

std::string readName(ByteCursor& chunk) {
  const std::span<const std::byte> text = chunk.take(chunk.little16());
  const std::size_t kept = std::min(text.size(), static_cast<std::size_t>(limits::kMaxNameLength));
  return {reinterpret_cast<const char*>(text.data()), kept};
}

}  // namespace

void require(bool good) {
  if (!good) throw Error("a chunk is damaged");
}

void readOldPalette(ByteCursor& chunk, unsigned most, Palette& colours) {
  unsigned index = 0;
  const auto level = [&] { return static_cast<std::uint8_t>(std::min(chunk.byte(), most) * 255 / most); };
  for (unsigned packets = chunk.little16(); packets > 0 && !chunk.ranOut(); --packets) {
    index += chunk.byte();
    const unsigned stated = chunk.byte();
    for (unsigned count = stated == 0 ? 256 : stated; count > 0 && !chunk.ranOut(); --count, ++index) {
      const std::uint8_t red = level();
      const std::uint8_t green = level();
      const Rgba colour{red, green, level(), 255};
      if (index < colours.size() && !chunk.ranOut()) colours[index] = colour;
    }
  }
  require(!chunk.ranOut());
}

void readPalette(ByteCursor& chunk, Palette& colours) {
  chunk.skip(4);
  const std::uint32_t first = chunk.little32();
  const std::uint32_t last = chunk.little32();
  chunk.skip(8);
  for (std::uint64_t index = first; index <= last && !chunk.ranOut(); ++index) {
    const bool named = (chunk.little16() & 1U) != 0;
    Rgba colour;
    for (std::uint8_t* level : {&colour.r, &colour.g, &colour.b, &colour.a}) {
      *level = static_cast<std::uint8_t>(chunk.byte());
    }
    if (named) chunk.skip(chunk.little16());
    if (index < colours.size() && !chunk.ranOut()) colours[index] = colour;
  }
  require(!chunk.ranOut());
}

CelImage readCelImage(ByteCursor& chunk, unsigned kind) {
  constexpr unsigned kRaw = 0;
  constexpr unsigned kTiles = 3;
  CelImage image;
  image.packed = kind != kRaw;
  image.tiles = kind == kTiles;
  image.width = static_cast<int>(chunk.little16());
  image.height = static_cast<int>(chunk.little16());
  if (image.tiles) {
    image.tileBits = static_cast<int>(chunk.little16());
    image.idMask = chunk.little32();
    image.flipXMask = chunk.little32();
    image.flipYMask = chunk.little32();
    image.swapMask = chunk.little32();
    chunk.skip(10);
    require(image.tileBits == 8 || image.tileBits == 16 || image.tileBits == 32);
  }
  require(!chunk.ranOut() && kind <= kTiles);
  require(std::int64_t{image.width} * image.height <= limits::kMaxImagePixels);
  image.data = chunk.rest();
  return image;
}

void readTags(ByteCursor& chunk, std::vector<AnimationTag>& tags) {
  unsigned count = chunk.little16();
  chunk.skip(8);
  for (; count > 0; --count) {
    AnimationTag tag;
    tag.first = static_cast<int>(chunk.little16());
    tag.last = static_cast<int>(chunk.little16());
    chunk.skip(13);
    tag.name = readName(chunk);
    require(!chunk.ranOut() && tags.size() < kMostNames);
    tags.push_back(std::move(tag));
  }
}

void readSlice(ByteCursor& chunk, std::vector<AnimationSlice>& slices) {
  const std::uint32_t keys = chunk.little32();
  const std::uint32_t flags = chunk.little32();
  chunk.skip(4);
  const std::string name = readName(chunk);
  for (std::uint32_t left = keys; left > 0; --left) {
    AnimationSlice slice{.name = name, .frame = chunk.signed32(), .area = {}};
    slice.area.x = chunk.signed32();
    slice.area.y = chunk.signed32();
    slice.area.width = chunk.signed32();
    slice.area.height = chunk.signed32();
    if ((flags & 1U) != 0) chunk.skip(16);
    if ((flags & 2U) != 0) chunk.skip(8);
    require(!chunk.ranOut() && slices.size() < kMostNames);
    slices.push_back(std::move(slice));
  }
}

Tileset readTileset(ByteCursor& chunk) {
  Tileset tileset;
  tileset.id = chunk.little32();
  const std::uint32_t flags = chunk.little32();
  tileset.zeroIsEmpty = (flags & 4U) != 0;
  tileset.count = chunk.little32();
  tileset.width = static_cast<int>(chunk.little16());
  tileset.height = static_cast<int>(chunk.little16());
  chunk.skip(16);
  chunk.skip(chunk.little16());
  if ((flags & 1U) != 0) chunk.skip(8);
  if ((flags & 2U) != 0) tileset.data = chunk.take(chunk.little32());
  require(!chunk.ranOut() && tileset.width > 0 && tileset.height > 0);
  return tileset;
}

}  // namespace loom::ase
