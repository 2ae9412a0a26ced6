// Seeds for the decoders of pictures, still and moving.
#include <array>

#include "core/image/channels.h"
#include "core/image/codec.h"
#include "tests/dataset/made_layers.h"
#include "tests/fuzz/seeds/seeds.h"
#include "tests/image/aseprite_writer.h"
#include "tests/image/picture_bytes.h"

namespace loom {
namespace {

using test::AsepriteWriter;
using test::Part;

/// Parts of two colours and holes, as the writers of GIF want them.
std::vector<Part> partsOf(int count, int side) {
  std::vector<Part> parts{{.sprite = sampleSprite(1, side, side)}};
  for (int i = 1; i < count; ++i) {
    const int part = side / 2;
    parts.push_back({.sprite = sampleSprite(i + 1, part, part),
                     .x = i % 2 * 2,
                     .y = i % 2 * 2,
                     .milliseconds = 30 * i,
                     .disposal = i % 3,
                     .over = i % 2 == 0});
  }
  return parts;
}

void putMoving(Seeds& seeds) {
  for (const int count : {1, 2, 5}) {
    for (const int side : {6, 14}) {
      const std::vector<Part> parts = partsOf(count, side);
      std::vector<Part> without = parts;  // WebP knows no such disposal
      for (Part& part : without) part.disposal = part.disposal % 2;
      for (const bool other : {false, true}) {
        seeds.put("gif", test::gifOf(side, side, parts, other));
        seeds.put("apng", test::apngOf(side, side, parts, other && count > 1));
      }
      seeds.put("animated_webp", test::webpOf(side, side, without));
    }
  }
}

void putAseprite(Seeds& seeds) {
  for (const int depth : {8, 16, 32}) {
    AsepriteWriter writer(10, 8, depth, depth == 16 ? 3 : 1, 1);
    writer.frame(80).palette({{}, {9, 9, 9, 255}, {200, 30, 30, 255}, {30, 200, 30, 128}});
    writer.layer({.flags = 9}).layer({.name = "group", .kind = 1, .opacity = 200});
    for (int blend = 0; blend < 19; blend += 3) writer.layer({.level = 1, .blend = blend, .opacity = 255 - 10 * blend});
    writer.cel({.layer = 0}, test::noiseSprite(10, 8, 1)).cel({.layer = 2, .x = -2, .y = 3}, sampleSprite(2, 6, 6));
    writer.rawCel({.layer = 3, .opacity = 100, .zIndex = 2}, sampleSprite(3, 4, 4));
    writer.tags({{"walk", 0, 1}, {"idle", 2, 2}});
    writer.slice("head", {{0, 2, 1, 5, 4}, {2, 3, -1, 6, 4}}, true, true);
    writer.frame(0).cel({.layer = 4}, sampleSprite(4, 10, 8)).oldPalette({{1, 2, 3, 255}, {4, 5, 6, 255}});
    writer.frame(120).linkedCel({.layer = 2}, 0).linkedCel({.layer = 4, .x = 1}, 1);
    seeds.put("aseprite", writer.bytes());
  }
  AsepriteWriter tiles(8, 8);
  tiles.frame(100).tileset(0, 4, 4, 3, test::noiseSprite(4, 12, 5)).layer({.kind = 2});
  tiles.tileCel({}, 2, 2, {0, 1, 2 | 0x20000000U, 1 | 0x80000000U});
  seeds.put("aseprite", tiles.bytes());
}

void putStill(Seeds& seeds) {
  constexpr std::array<std::pair<int, std::array<int, 5>>, 5> kPng{
      {{0, {1, 2, 4, 8, 16}}, {2, {8, 16}}, {3, {1, 2, 4, 8}}, {4, {8, 16}}, {6, {8, 16}}}};
  for (const auto& [type, depths] : kPng) {
    for (const int depth : depths) {
      if (depth > 0) seeds.put("picture", test::pngOfKind(7, 5, type, depth, depth % 3 == 2, type < 4));
    }
  }
  const Sprite sprite = test::noiseSprite(17, 9, 3);
  for (const char* format : {"jpeg", "bmp"}) {
    seeds.put("picture", test::encodedByQt(sprite, format));
    seeds.put("picture", test::encodedByQt(sprite, format, true));
  }
  seeds.put("picture", test::gifOf(6, 6, partsOf(1, 6), true));
  seeds.put("picture", test::webpOf(8, 6, {{.sprite = sampleSprite(4, 8, 6)}}));
  for (int channels = 1; channels <= 4; ++channels) seeds.put("picture", encodePng(sampleSprite(channels), channels));
  for (const int side : {1, 4, 16}) {
    const auto packed = packPixels(sampleSprite(side, side, side));
    const std::string size(2, static_cast<char>(side));
    seeds.put("packed_pixels", size + std::string(reinterpret_cast<const char*>(packed.data()), packed.size()));
  }
}

}  // namespace

void putPictureSeeds(Seeds& seeds) {
  putMoving(seeds);
  putAseprite(seeds);
  putStill(seeds);
  for (std::size_t i = 0; i < 4; ++i) seeds.put("lpc_layer", madeLayerFiles()[i].second);
}

}  // namespace loom
