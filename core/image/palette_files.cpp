#include "core/image/palette_files.h"

#include <algorithm>
#include <string_view>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/image_format.h"
#include "core/image/palette_parsers.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

constexpr const char* kKnownFormats =
    "palettes are read from GPL, HEX, PAL, ASE (Adobe), ACT and Paint.NET files, and from pictures";

bool isAsepriteFile(Bytes bytes) {
  return bytes.size() > 5 && bytes[4] == std::byte{0xE0} && bytes[5] == std::byte{0xA5};
}

/// Some bytes that no text has: anything below a space but tabs and line ends.
bool isText(std::string_view bytes) {
  return std::ranges::none_of(
      bytes, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\r' && c != '\n'; });
}

Palette paletteOfPicture(Bytes bytes, const std::string& name) {
  Palette palette = paletteOf(decodeImage(bytes, name));
  if (palette.colours.size() > limits::kMaxPaletteColours) {
    throw Error("the picture has " + std::to_string(palette.colours.size()) + " colours, more than a palette should",
                "use a picture of at most " + std::to_string(limits::kMaxPaletteColours) +
                    " colours: PNG keeps them, JPEG makes new ones");
  }
  return palette;
}

Palette parseText(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with("GIMP Palette")) return palettes::parseGpl(text);
  if (text.starts_with("JASC-PAL")) return palettes::parseJasc(text);
  if (palettes::looksLikeHex(text)) return palettes::parseHex(text, text.starts_with(';'));
  throw Error("it is no palette that can be read", kKnownFormats);
}

Palette parse(Bytes bytes, const std::string& name) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (bytes.empty()) throw Error("it is empty", kKnownFormats);
  if (text.starts_with("ASEF")) return palettes::parseSwatchExchange(bytes);
  if (text.starts_with("RIFF") && text.substr(std::min<std::size_t>(8, text.size())).starts_with("PAL "))
    return palettes::parseRiff(bytes);
  if (isAsepriteFile(bytes)) {
    throw Error("it is an Aseprite picture, not Adobe's swatch file of the same ending",
                "save its palette from Aseprite as GPL or HEX, or the picture as PNG");
  }
  if (imageFormat(bytes)) return paletteOfPicture(bytes, name);
  if (isText(text)) return parseText(text);
  if (bytes.size() == 768 || bytes.size() == 772) return palettes::parseColourTable(bytes);
  throw Error("it is no palette that can be read", kKnownFormats);
}

}  // namespace

Palette decodePalette(Bytes bytes, const std::string& name) {
  try {
    Palette palette = parse(bytes, name);
    if (palette.colours.empty()) throw Error("it has no colour", kKnownFormats);
    if (palette.name.empty()) palette.name = name;
    if (palette.name.size() > limits::kMaxNameLength) palette.name.resize(limits::kMaxNameLength);
    return palette;
  } catch (const Error& error) {
    throw Error("no palette comes out of " + name + ": " + error.what(), error.hint(), name);
  }
}

Palette readPalette(const std::filesystem::path& path) {
  const auto bytes = readFile(path, limits::kMaxFileBytes);
  try {
    return decodePalette(bytes, path.stem().string());
  } catch (const Error& error) {
    throw Error(error.what(), error.hint(), path);
  }
}

}  // namespace loom
