#include "core/image/palette_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/random_stream.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

const std::vector<Rgba> kThree{{32, 48, 64, 255}, {255, 255, 255, 255}, {10, 200, 9, 255}};

Palette decode(const std::string& bytes) {
  return decodePalette(std::as_bytes(std::span(bytes)), "mine");
}

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
std::string swatchName(const std::string& name) {
  std::string text = big(static_cast<std::uint32_t>(name.size() + 1), 2);
  for (const char c : name) text += big(static_cast<unsigned char>(c), 2);
  return text + big(0, 2);
}
std::string block(std::uint32_t type, const std::string& content) {
  return big(type, 2) + big(static_cast<std::uint32_t>(content.size()), 4) + content;
}
std::string swatch(const std::string& model, const std::vector<float>& values) {
  std::string content = swatchName("a colour") + model;
  for (const float value : values) content += big(std::bit_cast<std::uint32_t>(value), 4);
  return block(1, content + big(2, 2));
}
std::string swatches(const std::vector<std::string>& blocks) {
  std::string text = "ASEF" + big(1, 2) + big(0, 2) + big(static_cast<std::uint32_t>(blocks.size()), 4);
  for (const std::string& one : blocks) text += one;
  return text;
}
std::string riff(const std::vector<Rgba>& colours) {
  std::string data = little(0x300, 2) + little(static_cast<std::uint32_t>(colours.size()), 2);
  for (const Rgba& colour : colours)
    data += little(colour.r, 1) + little(colour.g, 1) + little(colour.b, 1) + little(0, 1);
  const std::string odd = "note" + little(3, 4) + "abc" + little(0, 1);
  return "RIFF" + little(static_cast<std::uint32_t>(data.size() + 24), 4) + "PAL " + odd + "data" +
         little(static_cast<std::uint32_t>(data.size()), 4) + data;
}

TEST(PaletteFiles, ReadsGimp) {
  const Palette palette = decode(
      "GIMP Palette\r\nName: Dusk \r\nColumns: 4\r\n# by somebody\r\n 32  48  64\tnight\r\n255 255 255\r\n\r\n10 200 9 "
      "x y\r\n");
  EXPECT_EQ(palette.name, "Dusk");
  EXPECT_EQ(palette.colours, kThree);
  EXPECT_EQ(decode("GIMP Palette\nChannels: RGBA\n1 2 3 4\n").colours, (std::vector<Rgba>{{1, 2, 3, 4}}));
}

TEST(PaletteFiles, ReadsHexadecimalLists) {
  for (const char* text : {"203040\nffffff\n0ac809\n", "#203040\r\n#FFFFFF\r\n#0AC809",
                           "\xEF\xBB\xBF; mine\n\n203040 night\n"
                           "# nice ones\nffffff\n// last\n0ac809"}) {
    const Palette palette = decode(text);
    EXPECT_EQ(palette.colours, kThree) << text;
    EXPECT_EQ(palette.name, "mine");
  }
  EXPECT_EQ(decode("#20304080\n").colours, (std::vector<Rgba>{{32, 48, 64, 128}}));
}

TEST(PaletteFiles, ReadsPaintNet) {
  const Palette palette = decode("; paint.net Palette File\n;Palette Name: Dusk\nFF203040\nFFFFFFFF\nFF0AC809\n");
  EXPECT_EQ(palette.name, "Dusk");
  EXPECT_EQ(palette.colours, kThree);
}

TEST(PaletteFiles, ReadsBothKindsOfPal) {
  EXPECT_EQ(decode("JASC-PAL\r\n0100\r\n3\r\n32 48 64\r\n255 255 255\r\n10 200 9\r\n").colours, kThree);
  EXPECT_EQ(decode(riff(kThree)).colours, kThree);
}

TEST(PaletteFiles, ReadsSwatchesOfEveryColourModel) {
  const Palette palette =
      decode(swatches({block(0xC001, swatchName("Dusk")), swatch("RGB ", {1, 0.5f, 0}), swatch("CMYK", {0, 1, 1, 0}),
                       swatch("Gray", {0.5f}), swatch("LAB ", {0.5324f, 80.09f, 67.20f}), block(0xC002, "")}));
  EXPECT_EQ(palette.name, "Dusk");
  ASSERT_EQ(palette.colours.size(), 4U);
  EXPECT_EQ(palette.colours[0], (Rgba{255, 128, 0, 255}));
  EXPECT_EQ(palette.colours[1], (Rgba{255, 0, 0, 255}));
  EXPECT_EQ(palette.colours[2], (Rgba{128, 128, 128, 255}));
  EXPECT_GT(palette.colours[3].r, 245);  // the LAB of sRGB's red, under D65: nearly red under D50
  EXPECT_LT(palette.colours[3].g, 25);
  EXPECT_LT(palette.colours[3].b, 25);
  EXPECT_EQ(decode(swatches({swatch("LAB ", {1, 0, 0})})).colours, (std::vector<Rgba>{{255, 255, 255, 255}}));
}

TEST(PaletteFiles, ReadsColourTables) {
  std::string bytes;
  for (const Rgba& colour : kThree) bytes += big(colour.r, 1) + big(colour.g, 1) + big(colour.b, 1);
  bytes.resize(768);
  EXPECT_EQ(decode(bytes).colours.size(), 256U);
  EXPECT_EQ(decode(bytes + big(3, 2) + big(0xFFFF, 2)).colours, kThree);
}

TEST(PaletteFiles, APictureIsAPaletteByFrequency) {
  Sprite sprite(2, 2);
  sprite.at(0, 0) = kThree[0];
  sprite.at(1, 0) = kThree[2];
  sprite.at(0, 1) = kThree[2];
  const std::vector<std::byte> png = encodePng(sprite);
  EXPECT_EQ(decodePalette(png, "mine").colours, (std::vector<Rgba>{kThree[2], kThree[0]}));
  Sprite many(65, 64);
  for (int i = 0; i < 65 * 64; ++i) {
    many.at(i % 65, i / 65) = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 0, 255};
  }
  EXPECT_THROW(decodePalette(encodePng(many), "many"), Error);
}

TEST(PaletteFiles, TellsAsepritesPicturesFromAdobesSwatches) {
  try {
    decode(little(200, 4) + little(0xA5E0, 2) + std::string(122, '\0'));
    FAIL() << "an Aseprite file is no palette";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("Aseprite"), std::string::npos);
    EXPECT_NE(error.hint().find("GPL"), std::string::npos);
  }
}

TEST(PaletteFiles, NamesTheLineThatIsNoColour) {
  try {
    decode("GIMP Palette\nName: x\n1 2 3\n1 2 300\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("line 4"), std::string::npos) << error.what();
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST(PaletteFiles, RefusesWhatIsNoPalette) {
  std::string tooMany;
  for (int i = 0; i <= limits::kMaxPaletteColours; ++i) tooMany += "203040\n";
  for (const std::string& bad :
       {std::string(), std::string("hello"), std::string("GIMP Palette\n"), std::string("JASC-PAL\n0100\nx"),
        std::string("JASC-PAL\n0100\n4\n1 2 3\n"), std::string("203040\nzz"), tooMany, std::string("\0\1\2", 3),
        std::string("ASEF"), swatches({swatch("HSB ", {1, 1, 1})}), swatches({}), riff({})}) {
    EXPECT_THROW(decode(bad), Error) << bad.substr(0, 40);
  }
}

TEST(PaletteFiles, SurvivesAnyDamage) {
  RandomStream random(5);
  const std::vector<std::string> good = {
      swatches({block(0xC001, swatchName("n")), swatch("RGB ", {1, 0, 0}), swatch("LAB ", {1, 0, 0})}), riff(kThree),
      "JASC-PAL\n0100\n2\n1 2 3\n4 5 6\n", "GIMP Palette\nName: a\n1 2 3\n"};
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = good[random.below(static_cast<std::uint32_t>(good.size()))];
    for (int changes = random.between(1, 6); changes > 0; --changes) {
      bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<char>(random.below(256));
    }
    bytes.resize(random.below(static_cast<std::uint32_t>(bytes.size()) + 1));
    try {
      EXPECT_LE(decode(bytes).colours.size(), static_cast<std::size_t>(limits::kMaxPaletteColours));
    } catch (const Error&) {
    }
  }
}

TEST(PaletteFiles, WhatIsWrittenIsRead) {
  const TempFolder folder;
  const Palette palette{"My own", kThree};
  writePalette(folder / "own.gpl", palette);
  EXPECT_EQ(readPalette(folder / "own.gpl"), palette);
  writePalette(folder / "own.HEX", palette);
  EXPECT_EQ(readPalette(folder / "own.HEX"), (Palette{"own", kThree}));
  EXPECT_EQ(readTextFile(folder / "own.HEX", 100), "203040\nffffff\n0ac809\n");
  writePalette(folder / "own.pal", palette);
  EXPECT_EQ(readPalette(folder / "own.pal"), (Palette{"own", kThree}));
  EXPECT_EQ(readTextFile(folder / "own.pal", 100), "JASC-PAL\r\n0100\r\n3\r\n32 48 64\r\n255 255 255\r\n10 200 9\r\n");
  EXPECT_THROW(writePalette(folder / "own.act", palette), Error);
  EXPECT_THROW(readPalette(folder / "none.gpl"), Error);
}

TEST(PaletteFiles, SwatchesKeepEveryLevelAndTheNameOfTheirGroup) {
  const TempFolder folder;
  Palette palette{"Own", {}};
  for (int i = 0; i < 256; ++i) palette.colours.push_back({static_cast<std::uint8_t>(i), 7, 200, 255});
  writePalette(folder / "own.ase", palette);
  EXPECT_EQ(readPalette(folder / "own.ase"), palette);
  const std::string two = encodePalette({"\xC3\xB6", {{255, 0, 0, 9}}}, PaletteFormat::kAse);
  const std::string expected = "ASEF" + big(0x10000, 4) + big(3, 4) +
                               block(0xC001, big(2, 2) + big(0xF6, 2) + big(0, 2)) +
                               block(1, big(8, 2) + big('#', 2) + big('f', 2) + big('f', 2) + big('0', 2) +
                                            big('0', 2) + big('0', 2) + big('0', 2) + big(0, 2) + "RGB " +
                                            big(std::bit_cast<std::uint32_t>(1.0F), 4) + big(0, 8) + big(2, 2)) +
                               block(0xC002, "");
  EXPECT_EQ(two, expected);
}

}  // namespace
}  // namespace loom
