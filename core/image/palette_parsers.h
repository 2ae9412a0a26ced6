// One reader a palette format: what palette_files.cpp chooses between.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/image/palette.h"

namespace loom::palettes {

/// What is damaged is told by an Error that names no file: the caller knows it.
Palette parseGpl(std::string_view text);
Palette parseJasc(std::string_view text);
/// RRGGBB or RRGGBBAA a line, "#" before it or not; ";" and "//" open comments, as does "#" before anything that is no
/// colour. `alphaFirst`: AARRGGBB, as Paint.NET writes it.
Palette parseHex(std::string_view text, bool alphaFirst);
/// Whether the first line that is no comment is a hexadecimal colour.
bool looksLikeHex(std::string_view text);

Palette parseRiff(std::span<const std::byte> bytes);
Palette parseSwatchExchange(std::span<const std::byte> bytes);
/// 768 bytes, or 772 with the number of colours behind them.
Palette parseColourTable(std::span<const std::byte> bytes);

/// Appends. Throws Error when the palette has as many as limits.h allows.
void addColour(Palette& palette, Rgba colour);

}  // namespace loom::palettes
