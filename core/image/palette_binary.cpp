// Palettes kept as bytes: Adobe Swatch Exchange, RIFF palettes and Adobe colour tables.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/palette_parsers.h"

namespace loom::palettes {
namespace {

using Bytes = std::span<const std::byte>;

[[noreturn]] void throwDamaged() {
  throw Error("it is damaged: its end is missing", "save it again or take another palette");
}

/// Takes numbers off the front. Throws Error past the end.
class Reader {
 public:
  explicit Reader(Bytes bytes) : m_rest(bytes) {}

  bool atEnd() const { return m_rest.empty(); }
  Bytes take(std::size_t count) {
    if (count > m_rest.size()) throwDamaged();
    const Bytes taken = m_rest.first(count);
    m_rest = m_rest.subspan(count);
    return taken;
  }
  std::uint32_t big(std::size_t count) {
    std::uint32_t value = 0;
    for (const std::byte byte : take(count)) value = value << 8 | std::to_integer<std::uint32_t>(byte);
    return value;
  }
  std::uint32_t little(std::size_t count) {
    std::uint32_t value = 0;
    int shift = 0;
    for (const std::byte byte : take(count)) {
      value |= std::to_integer<std::uint32_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }
  /// Not a number counts as 0.
  double real() {
    const auto value = static_cast<double>(std::bit_cast<float>(big(4)));
    return std::isfinite(value) ? value : 0.0;
  }
  std::string text(std::size_t count) {
    const Bytes bytes = take(count);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

 private:
  Bytes m_rest;
};

/// 0..1 to 0..255.
std::uint8_t byteOf(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
}

std::uint8_t encoded(double linear) {
  const double x = std::clamp(linear, 0.0, 1.0);
  return byteOf(x <= 0.0031308 ? x * 12.92 : 1.055 * std::pow(x, 1 / 2.4) - 0.055);
}

/// CIELAB under D50 (lightness 0..100) to sRGB; the matrix holds Bradford's adaptation to D65 (Lindbloom).
Rgba fromCieLab(double lightness, double a, double b) {
  const auto inverse = [](double t) { return t > 6.0 / 29 ? t * t * t : (t - 16.0 / 116) * 3 * 36 / 841; };
  const double fy = (lightness + 16) / 116;
  const double x = 0.9642 * inverse(fy + a / 500);
  const double y = inverse(fy);
  const double z = 0.8249 * inverse(fy - b / 200);
  return {encoded(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
          encoded(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
          encoded(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), 255};
}

Rgba swatchColour(Reader& block) {
  const std::string model = block.text(4);
  if (model == "RGB ") {
    const double r = block.real();
    const double g = block.real();
    return {byteOf(r), byteOf(g), byteOf(block.real()), 255};
  }
  if (model == "CMYK") {
    std::array<double, 4> ink{};
    for (double& part : ink) part = block.real();
    const auto channel = [&ink](std::size_t at) { return byteOf((1 - ink[at]) * (1 - ink[3])); };
    return {channel(0), channel(1), channel(2), 255};
  }
  if (model == "Gray") {
    const std::uint8_t grey = byteOf(block.real());
    return {grey, grey, grey, 255};
  }
  if (model == "LAB " || model == "Lab ") {
    const double lightness = block.real();
    const double a = block.real();
    return fromCieLab(lightness * 100, a, block.real());
  }
  throw Error("it has a colour of an unknown kind", "save its colours as RGB");
}

/// UTF-16 with a zero at its end; what is not Latin becomes a question mark, as palettes are known by their colours.
std::string swatchName(Reader& block) {
  std::string name;
  for (std::uint32_t left = block.big(2); left > 0; --left) {
    const std::uint32_t unit = block.big(2);
    if (unit != 0 && name.size() < limits::kMaxNameLength)
      name += unit >= ' ' && unit < 127 ? static_cast<char>(unit) : '?';
  }
  return name;
}

}  // namespace

void addColour(Palette& palette, Rgba colour) {
  if (palette.colours.size() >= limits::kMaxPaletteColours) {
    throw Error("it has more colours than a palette should",
                "at most " + std::to_string(limits::kMaxPaletteColours) + " are read");
  }
  palette.colours.push_back(colour);
}

Palette parseSwatchExchange(Bytes bytes) {
  constexpr std::uint32_t kColour = 0x0001;
  constexpr std::uint32_t kGroupStart = 0xC001;
  Reader reader(bytes);
  reader.take(8);  // signature and version
  Palette palette;
  for (std::uint32_t left = reader.big(4); left > 0; --left) {
    if (reader.atEnd()) throwDamaged();
    const std::uint32_t type = reader.big(2);
    Reader block(reader.take(reader.big(4)));
    if (type != kColour && type != kGroupStart) continue;
    const std::string name = swatchName(block);
    if (type == kColour) addColour(palette, swatchColour(block));
    if (type == kGroupStart && palette.name.empty()) palette.name = name;
  }
  return palette;
}

Palette parseRiff(Bytes bytes) {
  Reader reader(bytes);
  reader.take(12);  // "RIFF", size, "PAL "
  while (!reader.atEnd()) {
    const std::string kind = reader.text(4);
    const std::uint32_t size = reader.little(4);
    Reader chunk(reader.take(size));
    if (size % 2 == 1 && !reader.atEnd()) reader.take(1);  // chunks start at even places
    if (kind != "data") continue;
    chunk.take(2);  // version
    Palette palette;
    for (std::uint32_t left = chunk.little(2); left > 0; --left) {
      const Bytes entry = chunk.take(4);  // the fourth byte says how Windows may use it
      const auto channel = [entry](std::size_t at) { return std::to_integer<std::uint8_t>(entry[at]); };
      addColour(palette, {channel(0), channel(1), channel(2), 255});
    }
    return palette;
  }
  throw Error("it has no colours in it", "save it again or take another palette");
}

Palette parseColourTable(Bytes bytes) {
  constexpr std::size_t kEntries = 256;
  constexpr std::size_t kColourBytes = kEntries * 3;
  std::size_t count = kEntries;
  if (bytes.size() > kColourBytes) {
    Reader tail(bytes.subspan(kColourBytes));
    const std::size_t stated = tail.big(2);
    if (stated >= 1 && stated <= kEntries) count = stated;
  }
  Reader reader(bytes);
  Palette palette;
  for (std::size_t i = 0; i < count; ++i) {
    const auto r = static_cast<std::uint8_t>(reader.big(1));
    const auto g = static_cast<std::uint8_t>(reader.big(1));
    addColour(palette, {r, g, static_cast<std::uint8_t>(reader.big(1)), 255});
  }
  return palette;
}

}  // namespace loom::palettes
