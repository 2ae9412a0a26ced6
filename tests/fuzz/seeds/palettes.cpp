// Seeds for the palette reader: every format by its smallest file.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/image/palette_files.h"
#include "tests/fuzz/seeds/seeds.h"

namespace loom {
namespace {

std::string big(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::string little(std::uint32_t value, int bytes) {
  std::string text = big(value, bytes);
  std::ranges::reverse(text);
  return text;
}

std::string block(std::uint32_t type, const std::string& content) {
  return big(type, 2) + big(static_cast<std::uint32_t>(content.size()), 4) + content;
}

/// One of Adobe's, called "a".
std::string swatch(const std::string& model, const std::vector<float>& values) {
  std::string content = big(2, 2) + big('a', 2) + big(0, 2) + model;
  for (const float value : values) content += big(std::bit_cast<std::uint32_t>(value), 4);
  return block(1, content + big(2, 2));
}

}  // namespace

void putPaletteSeeds(Seeds& seeds) {
  const Palette palette{"Dusk", {{32, 48, 64, 255}, {255, 255, 255, 255}, {10, 200, 9, 255}}};
  seeds.put("palette", encodePalette(palette, PaletteFormat::kGpl));
  seeds.put("palette", encodePalette(palette, PaletteFormat::kHex));
  seeds.put("palette", "GIMP Palette\r\nName: Dusk \r\nChannels: RGBA\n# by somebody\r\n 1  2  3 4\tnight\r\n");
  seeds.put("palette", "; paint.net Palette File\nFF203040\nFFFFFFFF\n800AC809\n");
  seeds.put("palette", "#20304080");
  seeds.put("palette", "JASC-PAL\n0100\n2\n32 48 64\n255 255 255 128\n");
  seeds.put("palette", "ASEF" + big(1, 2) + big(0, 2) + big(5, 4) + block(0xC001, big(1, 2) + big(0, 2)) +
                           swatch("RGB ", {0.1F, 0.5F, 1}) + swatch("CMYK", {0, 0.2F, 1, 0.1F}) +
                           swatch("LAB ", {0.5F, -20, 30}) + swatch("Gray", {0.25F}) + block(0xC002, ""));
  const std::string colours = little(0x300, 2) + little(2, 2) + std::string("\1\2\3\0\4\5\6\0", 8);
  seeds.put("palette", "RIFF" + little(static_cast<std::uint32_t>(colours.size()) + 12, 4) + "PAL data" +
                           little(static_cast<std::uint32_t>(colours.size()), 4) + colours);
  std::string table(768, '\3');
  table[1] = '\0';
  seeds.put("palette", table);
  seeds.put("palette", table + big(2, 2) + big(0xFFFF, 2));
}

}  // namespace loom
