// Palettes from the files in which people keep them, and back. What a file is, is decided by its content.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "core/image/palette.h"

namespace loom {

/// Reads GIMP (GPL), lists of hexadecimal colours (HEX), JASC and RIFF palettes (PAL), Adobe Swatch Exchange (ASE; CMYK
/// without a colour profile, LAB as D50), Adobe colour tables (ACT), Paint.NET's text, or a picture (its colours, the
/// most frequent first). The palette is called what the file says, or `name`. Throws Error: none of these, damaged,
/// no colour, or more than limits::kMaxPaletteColours.
Palette decodePalette(std::span<const std::byte> bytes, const std::string& name);
/// The same, called after the file.
Palette readPalette(const std::filesystem::path& path);

enum class PaletteFormat {
  kGpl,
  kHex,
  kPal,  ///< JASC, the text that pixel editors read
  kAse,  ///< Adobe Swatch Exchange, bytes
};
/// Alpha is left out: none of the formats has it.
std::string encodePalette(const Palette& palette, PaletteFormat format);
/// The format follows the ending, .gpl, .hex, .pal or .ase. Writes aside and renames. Throws Error, also for another
/// ending.
void writePalette(const std::filesystem::path& path, const Palette& palette);

}  // namespace loom
