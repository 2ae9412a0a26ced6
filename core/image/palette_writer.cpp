// Palettes as the files in which people keep them.
#include <QString>
#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/image/palette_files.h"

namespace loom {
namespace {

std::string hexOf(const Rgba& colour) {
  return colourText({colour.r, colour.g, colour.b, 255}).substr(1);
}

std::string gplText(const Palette& palette) {
  std::string name = palette.name;
  std::ranges::replace_if(
      name, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  std::string text = "GIMP Palette\nName: " + name + "\nColumns: 0\n#\n";
  for (const Rgba& colour : palette.colours) {
    for (const int channel : {int{colour.r}, int{colour.g}, int{colour.b}}) {
      const std::string number = std::to_string(channel);
      text += std::string(3 - number.size(), ' ') + number + " ";
    }
    text.back() = '\t';
    text += hexOf(colour) + "\n";
  }
  return text;
}

std::string hexText(const Palette& palette) {
  std::string text;
  for (const Rgba& colour : palette.colours) text += hexOf(colour) + "\n";
  return text;
}

std::string jascText(const Palette& palette) {
  std::string text = "JASC-PAL\r\n0100\r\n" + std::to_string(palette.colours.size()) + "\r\n";
  for (const Rgba& colour : palette.colours) {
    text += std::to_string(colour.r) + " " + std::to_string(colour.g) + " " + std::to_string(colour.b) + "\r\n";
  }
  return text;
}

void appendBig(std::string& bytes, std::uint32_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
}

void appendName(std::string& bytes, const std::string& name) {
  const QString units = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
  appendBig(bytes, static_cast<std::uint32_t>(units.size()) + 1, 2);
  for (const QChar unit : units) appendBig(bytes, unit.unicode(), 2);
  appendBig(bytes, 0, 2);
}

void appendBlock(std::string& bytes, std::uint32_t type, const std::string& content) {
  appendBig(bytes, type, 2);
  appendBig(bytes, static_cast<std::uint32_t>(content.size()), 4);
  bytes += content;
}

/// One group of the palette's name with a swatch a colour ("Adobe Swatch Exchange", selapa.net/swatches/colors).
std::string swatchBytes(const Palette& palette) {
  constexpr std::uint32_t kGroupStart = 0xC001, kGroupEnd = 0xC002, kColour = 0x0001, kNormal = 2;
  std::string bytes = "ASEF";
  appendBig(bytes, 0x00010000, 4);  // version 1.0
  appendBig(bytes, static_cast<std::uint32_t>(palette.colours.size()) + 2, 4);
  std::string name;
  appendName(name, palette.name);
  appendBlock(bytes, kGroupStart, name);
  for (const Rgba& colour : palette.colours) {
    std::string swatch;
    appendName(swatch, "#" + hexOf(colour));
    swatch += "RGB ";
    for (const int channel : {int{colour.r}, int{colour.g}, int{colour.b}}) {
      appendBig(swatch, std::bit_cast<std::uint32_t>(static_cast<float>(channel) / 255.0F), 4);
    }
    appendBig(swatch, kNormal, 2);
    appendBlock(bytes, kColour, swatch);
  }
  appendBlock(bytes, kGroupEnd, {});
  return bytes;
}

std::string lowercaseEnding(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return ending;
}

}  // namespace

std::string encodePalette(const Palette& palette, PaletteFormat format) {
  switch (format) {
    case PaletteFormat::kGpl:
      return gplText(palette);
    case PaletteFormat::kHex:
      return hexText(palette);
    case PaletteFormat::kPal:
      return jascText(palette);
    case PaletteFormat::kAse:
      break;
  }
  return swatchBytes(palette);
}

void writePalette(const std::filesystem::path& path, const Palette& palette) {
  static const std::map<std::string, PaletteFormat> kFormats = {{".gpl", PaletteFormat::kGpl},
                                                                {".hex", PaletteFormat::kHex},
                                                                {".pal", PaletteFormat::kPal},
                                                                {".ase", PaletteFormat::kAse}};
  const std::string ending = lowercaseEnding(path);
  const auto format = kFormats.find(ending);
  if (format == kFormats.end()) {
    throw Error("a palette cannot be written as '" + ending + "'", "let the name end in .gpl, .hex, .pal or .ase",
                path);
  }
  writeFileAtomically(path, encodePalette(palette, format->second));
}

}  // namespace loom
