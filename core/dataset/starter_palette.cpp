#include "core/dataset/starter_palette.h"

namespace loom::starter {
namespace {

constexpr Ramp kSkins[] = {
    {"fair", {0x5a2d3c, 0xd08a74, 0xf3bd9a, 0xfddcbc, 0xfff2dc}},
    {"light", {0x52283a, 0xc0785c, 0xe9ab7e, 0xf8cfa0, 0xfee8c6}},
    {"golden", {0x4a2532, 0xb06c46, 0xdb9c62, 0xf0c184, 0xfadfa8}},
    {"tan", {0x402030, 0x98563f, 0xc5855a, 0xdfaa76, 0xf0cb98}},
    {"brown", {0x351b2c, 0x764238, 0xa2674a, 0xc28a5e, 0xdcae7c}},
    {"dark", {0x281526, 0x55303a, 0x7c4c42, 0x9e6c50, 0xc09068}},
    {"deep", {0x1f1122, 0x402534, 0x603a3a, 0x7f5444, 0xa2755a}},
    {"green", {0x1f2a30, 0x43704c, 0x6c9c4e, 0x98c25a, 0xc8e07c}},
    {"blue", {0x24224e, 0x4a64a6, 0x7094cc, 0x9cc2e6, 0xd0e8f6}},
    {"grey", {0x2a2838, 0x666a80, 0x959c9e, 0xbec6b6, 0xe2e6cf}},
    {"violet", {0x301c44, 0x74448a, 0xa066aa, 0xc692c4, 0xe8c0dc}},
    {"crimson", {0x3c1228, 0x8c2c40, 0xc04e46, 0xde7c58, 0xf4b080}},
};

constexpr Ramp kHairs[] = {
    {"black", {0x16131f, 0x27263a, 0x3b3c54, 0x585f7c, 0x8c98b0}},
    {"brown", {0x29161f, 0x4e2b2c, 0x764531, 0x9c683e, 0xc89758}},
    {"chestnut", {0x2e141e, 0x5f2b28, 0x8d472c, 0xb66a38, 0xdf9d54}},
    {"blond", {0x4d2b24, 0x9c6632, 0xd49e42, 0xf0ca62, 0xfdf0a6}},
    {"ash", {0x3a2a30, 0x7a6050, 0xab9068, 0xd2bb88, 0xf2e4b8}},
    {"ginger", {0x421822, 0x93332a, 0xcb592c, 0xec8c3c, 0xfcc66a}},
    {"grey", {0x2c2a3a, 0x5a5e74, 0x888e9c, 0xb4bcbe, 0xe0e6dc}},
    {"white", {0x3a3a56, 0x8088aa, 0xb4bed0, 0xdee6ea, 0xfbfdf6}},
    {"scarlet", {0x3a0e24, 0x8a1c34, 0xc63338, 0xec6444, 0xfca66c}},
    {"blue", {0x1b1a48, 0x2f3f92, 0x4670c8, 0x6ea6e6, 0xb2e0f6}},
    {"green", {0x152c34, 0x27604e, 0x449452, 0x80c058, 0xc8e87c}},
    {"pink", {0x4a1a48, 0xa33f7e, 0xdd709c, 0xf4a2b4, 0xfdd8d4}},
    {"purple", {0x281646, 0x553088, 0x8452ba, 0xb482da, 0xe2baf0}},
    {"teal", {0x122c44, 0x1e6274, 0x349a96, 0x6acaaa, 0xbcf0c8}},
};

constexpr Ramp kCloths[] = {
    {"red", {0x3b1028, 0x84203a, 0xb93840, 0xdc644e, 0xf29c6c}},
    {"blue", {0x191c46, 0x2e4288, 0x4468b4, 0x6c98d6, 0xa6ccee}},
    {"green", {0x162a34, 0x2a5c48, 0x488a4a, 0x7cb456, 0xb8d878}},
    {"purple", {0x281840, 0x543078, 0x7c4ea2, 0xa87cc4, 0xd4b0e0}},
    {"teal", {0x142e42, 0x24626e, 0x3c9488, 0x70c09c, 0xb4e4b8}},
    {"orange", {0x461a24, 0x9c442c, 0xd07434, 0xeca04c, 0xfad07c}},
    {"yellow", {0x4a2c28, 0x9a6a34, 0xcc9c40, 0xecc65c, 0xfbec98}},
    {"brown", {0x2a1a24, 0x5a3c38, 0x84604a, 0xac8a64, 0xd2b688}},
    {"grey", {0x262838, 0x505870, 0x7a8494, 0xa6b0b6, 0xd4dad2}},
    {"white", {0x40405c, 0x8e94b2, 0xc2c8d4, 0xe8eae4, 0xfdfcf0}},
    {"black", {0x12101c, 0x242436, 0x383a50, 0x545a72, 0x7e8698}},
    {"pink", {0x4c2044, 0xa84c7c, 0xda7e9c, 0xf2acb4, 0xfcdcd2}},
    {"navy", {0x10122e, 0x20285a, 0x323f7e, 0x4e629e, 0x7c92c0}},
    {"olive", {0x242a2c, 0x4c5a40, 0x76844a, 0xa2aa5e, 0xced088}},
    {"sky", {0x243862, 0x4a82b4, 0x78b6d8, 0xaadcea, 0xdef6f4}},
    {"wine", {0x26102a, 0x582044, 0x863656, 0xb05c68, 0xd49084}},
    {"cream", {0x4c3a44, 0xa08874, 0xd2bc98, 0xeee0bc, 0xfdf6dc}},
    {"lime", {0x24382c, 0x568440, 0x90b848, 0xc2dc64, 0xeaf49c}},
};

constexpr Ramp kLeathers[] = {
    {"brown", {0x28161e, 0x54322c, 0x7e5038, 0xa87648, 0xa87648}},
    {"dark", {0x1a1220, 0x382832, 0x56403e, 0x786052, 0x786052}},
    {"tan", {0x3a2226, 0x7c5236, 0xac7e4a, 0xd2aa6a, 0xd2aa6a}},
    {"red", {0x2c1220, 0x642a2c, 0x924434, 0xba6a44, 0xba6a44}},
};

constexpr Ramp kMetals[] = {
    {"steel", {0x222438, 0x505c7c, 0x8494ac, 0xbccad2, 0xf4faf4}},
    {"iron", {0x1a1a2a, 0x3c4258, 0x626a7e, 0x929cA6, 0xccd4d0}},
    {"bronze", {0x34181e, 0x7e4632, 0xb47440, 0xdeaa5c, 0xf8e09c}},
    {"blue", {0x181e44, 0x34508a, 0x5a86b8, 0x94c0d8, 0xe4f6f2}},
};

constexpr Ramp kGold = {"gold", {0x4a2824, 0xa06430, 0xdca040, 0xf8d868, 0xfdf4b4}};

constexpr Ramp kEyes[] = {
    {"brown", {0, 0x4a2a2a, 0x8c5632, 0, 0}}, {"blue", {0, 0x24407c, 0x58a0dc, 0, 0}},
    {"green", {0, 0x24543c, 0x68b050, 0, 0}}, {"grey", {0, 0x3c4660, 0x8c9cb0, 0, 0}},
    {"amber", {0, 0x7c4420, 0xe0a038, 0, 0}}, {"violet", {0, 0x4a2a7c, 0xa070d8, 0, 0}},
    {"red", {0, 0x7c1c30, 0xe0504c, 0, 0}},   {"teal", {0, 0x185a6c, 0x48c0b4, 0, 0}},
};

std::size_t slot(RampId ramp, int shade) {
  return static_cast<std::size_t>(ramp) * kShades + static_cast<std::size_t>(shade);
}

std::uint8_t mixedChannel(int first, int second, int weight) {
  return static_cast<std::uint8_t>((first * (256 - weight) + second * weight + 128) / 256);
}

}  // namespace

std::span<const Ramp> skinRamps() {
  return kSkins;
}
std::span<const Ramp> hairRamps() {
  return kHairs;
}
std::span<const Ramp> clothRamps() {
  return kCloths;
}
std::span<const Ramp> leatherRamps() {
  return kLeathers;
}
std::span<const Ramp> metalRamps() {
  return kMetals;
}
const Ramp& goldRamp() {
  return kGold;
}
std::span<const Ramp> eyeColours() {
  return kEyes;
}

void Palette::set(RampId ramp, const Ramp& colours) {
  for (int shade = 0; shade < kShades; ++shade) {
    m_colours[slot(ramp, shade)] = rgba(colours.colours[static_cast<std::size_t>(shade)]);
  }
}

void Palette::setColour(RampId ramp, int shade, Rgba colour) {
  m_colours[slot(ramp, shade)] = colour;
}

Rgba Palette::colour(RampId ramp, int shade) const {
  return m_colours[slot(ramp, shade)];
}

Rgba rgba(std::uint32_t colour) {
  return {static_cast<std::uint8_t>(colour >> 16U), static_cast<std::uint8_t>((colour >> 8U) & 255U),
          static_cast<std::uint8_t>(colour & 255U), 255};
}

Rgba mixed(Rgba first, Rgba second, int weight) {
  return {mixedChannel(first.r, second.r, weight), mixedChannel(first.g, second.g, weight),
          mixedChannel(first.b, second.b, weight), 255};
}

}  // namespace loom::starter
