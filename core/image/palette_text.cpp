// Palettes written as text: GIMP, JASC (Paint Shop Pro), Paint.NET and plain lists of hexadecimal colours.
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/image/palette_parsers.h"

namespace loom::palettes {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

/// Goes through a text line by line, without the spaces around each.
class Lines {
 public:
  explicit Lines(std::string_view text) : m_rest(text) {}

  bool next(std::string_view& line) {
    if (m_rest.empty()) return false;
    const std::size_t end = m_rest.find_first_of("\r\n");
    line = trimmed(m_rest.substr(0, end));
    const bool both = end != std::string_view::npos && m_rest.substr(end).starts_with("\r\n");
    m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + (both ? 2 : 1));
    ++m_number;
    return true;
  }
  int number() const { return m_number; }

 private:
  std::string_view m_rest;
  int m_number = 0;
};

/// Takes the next word off the front of `text`; empty at the end.
std::string_view takeWord(std::string_view& text) {
  text = trimmed(text);
  const std::string_view word = text.substr(0, text.find_first_of(kSpaces));
  text.remove_prefix(word.size());
  return word;
}

std::optional<std::uint32_t> number(std::string_view word, int base) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
  if (word.empty() || error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

[[noreturn]] void throwBadLine(const Lines& lines, std::string_view line) {
  throw Error("line " + std::to_string(lines.number()) + ", '" + std::string(line.substr(0, 40)) + "', is no colour",
              "correct the line or take it out");
}

/// Three numbers from 0 to 255, or four. What follows them is the colour's name.
std::optional<Rgba> decimalColour(std::string_view line, int channels) {
  std::array<std::uint8_t, 4> values{0, 0, 0, 255};
  for (int i = 0; i < channels; ++i) {
    const auto value = number(takeWord(line), 10);
    if (!value || *value > 255) return std::nullopt;
    values[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(*value);
  }
  return Rgba{values[0], values[1], values[2], values[3]};
}

std::optional<Rgba> hexColour(std::string_view line, bool alphaFirst) {
  std::string_view word = takeWord(line);
  if (word.starts_with('#')) word.remove_prefix(1);
  if (word.ends_with(',') || word.ends_with(';')) word.remove_suffix(1);
  const auto value = number(word, 16);
  if (!value || (word.size() != 6 && word.size() != 8)) return std::nullopt;
  const auto channel = [&value](int shift) { return static_cast<std::uint8_t>(*value >> shift); };
  if (word.size() == 6) return Rgba{channel(16), channel(8), channel(0), 255};
  if (alphaFirst) return Rgba{channel(16), channel(8), channel(0), channel(24)};
  return Rgba{channel(24), channel(16), channel(8), channel(0)};
}

bool isHexComment(std::string_view line) {
  if (line.empty() || line.starts_with(';') || line.starts_with("//")) return true;
  return line.starts_with('#') && !hexColour(line, false);
}

}  // namespace

Palette parseGpl(std::string_view text) {
  Palette palette;
  Lines lines(text);
  std::string_view line;
  lines.next(line);
  int channels = 3;
  while (lines.next(line)) {
    if (line.empty() || line.starts_with('#') || line.starts_with("Columns:")) continue;
    if (line.starts_with("Name:")) {
      palette.name = trimmed(line.substr(line.find(':') + 1));
    } else if (line.starts_with("Channels:")) {
      channels = trimmed(line.substr(line.find(':') + 1)) == "RGBA" ? 4 : 3;  // Aseprite's addition
    } else if (const auto colour = decimalColour(line, channels)) {
      addColour(palette, *colour);
    } else {
      throwBadLine(lines, line);
    }
  }
  return palette;
}

Palette parseJasc(std::string_view text) {
  Palette palette;
  Lines lines(text);
  std::string_view line;
  lines.next(line);  // JASC-PAL
  lines.next(line);  // 0100
  if (!lines.next(line) || !number(line, 10)) throw Error("it does not say how many colours it has");
  const std::uint32_t stated = *number(line, 10);
  while (palette.colours.size() < stated && lines.next(line)) {
    if (line.empty()) continue;
    const auto opaque = decimalColour(line, 3);
    if (!opaque) throwBadLine(lines, line);
    addColour(palette, decimalColour(line, 4).value_or(*opaque));
  }
  if (palette.colours.size() < stated) throw Error("its end is missing", "save it again or take another palette");
  return palette;
}

Palette parseHex(std::string_view text, bool alphaFirst) {
  Palette palette;
  Lines lines(text);
  std::string_view line;
  while (lines.next(line)) {
    constexpr std::string_view kName = ";Palette Name:";
    if (line.starts_with(kName)) palette.name = trimmed(line.substr(kName.size()));
    if (isHexComment(line)) continue;
    const auto colour = hexColour(line, alphaFirst);
    if (!colour) throwBadLine(lines, line);
    addColour(palette, *colour);
  }
  return palette;
}

bool looksLikeHex(std::string_view text) {
  Lines lines(text);
  std::string_view line;
  while (lines.next(line)) {
    if (!isHexComment(line)) return hexColour(line, false).has_value();
  }
  return false;
}

}  // namespace loom::palettes
