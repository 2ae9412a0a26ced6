// The catalogue's side of codec.h: compact pixels and their hash.
#include <xxhash.h>

#include <QByteArray>
#include <QtEndian>
#include <array>
#include <cstring>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"

namespace loom {

std::vector<std::byte> packPixels(const Sprite& sprite) {
  constexpr int kFast = 1;
  const auto pixels = std::as_bytes(sprite.pixels());
  const QByteArray packed =
      qCompress(reinterpret_cast<const uchar*>(pixels.data()), static_cast<qsizetype>(pixels.size()), kFast);
  const auto view = std::as_bytes(std::span(packed.constData(), static_cast<std::size_t>(packed.size())));
  return {view.begin(), view.end()};
}

Sprite unpackPixels(std::span<const std::byte> bytes, int width, int height) {
  const Error damaged("the pixels of a sprite are damaged", "delete the sprite and import it again");
  if (width < 0 || height < 0 || width > limits::kMaxImageSide || height > limits::kMaxImageSide) throw damaged;
  const std::int64_t expected = std::int64_t{width} * height * static_cast<std::int64_t>(sizeof(Rgba));
  constexpr std::size_t kSizePrefix = 4;
  // qUncompress allocates whatever the prefix says, so the prefix is checked before.
  if (expected > limits::kMaxImagePixels * static_cast<std::int64_t>(sizeof(Rgba)) || bytes.size() < kSizePrefix ||
      qFromBigEndian<quint32>(bytes.data()) != expected) {
    throw damaged;
  }
  const QByteArray pixels =
      qUncompress(reinterpret_cast<const uchar*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
  if (pixels.size() != expected) throw damaged;
  Sprite sprite(width, height);
  if (expected > 0) std::memcpy(sprite.pixels().data(), pixels.constData(), static_cast<std::size_t>(expected));
  return sprite;
}

std::uint64_t contentHash(const Sprite& sprite) {
  std::vector<Rgba> visible(sprite.pixels().begin(), sprite.pixels().end());
  for (Rgba& pixel : visible) {
    if (pixel.a == 0) pixel = {};
  }
  // The size seeds the hash, so that 2 x 8 and 4 x 4 pixels of one colour differ.
  const auto seed = static_cast<std::uint64_t>(sprite.width()) << 32 | static_cast<std::uint32_t>(sprite.height());
  return XXH3_64bits_withSeed(visible.data(), visible.size() * sizeof(Rgba), seed);
}

}  // namespace loom
