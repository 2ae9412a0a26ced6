// The catalogue's side of codec.h: compact pixels and their hash.
#include <xxhash.h>
#include <zstd.h>

#include <QByteArray>
#include <QtEndian>
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"

namespace loom {

namespace {

// Zstandard frames; before, Qt's compressed arrays, which begin with their size and so never with a frame's magic.
constexpr std::array<std::byte, 4> kFrame{std::byte{0x28}, std::byte{0xB5}, std::byte{0x2F}, std::byte{0xFD}};

Error damagedPixels() {
  return Error("the pixels of a sprite are damaged", "delete the sprite and import it again");
}

bool isFrame(std::span<const std::byte> bytes) {
  return bytes.size() >= kFrame.size() && std::ranges::equal(bytes.first(kFrame.size()), kFrame);
}

void unpackFrame(std::span<const std::byte> bytes, std::span<std::byte> pixels) {
  const std::size_t size = ZSTD_decompress(pixels.data(), pixels.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size != pixels.size()) throw damagedPixels();
}

/// How many bytes `bytes` say that they hold.
std::uint64_t statedSize(std::span<const std::byte> bytes) {
  if (isFrame(bytes)) return ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  constexpr std::size_t kSizePrefix = 4;
  if (bytes.size() < kSizePrefix) throw damagedPixels();
  return qFromBigEndian<quint32>(bytes.data());
}

void unpackArray(std::span<const std::byte> bytes, std::span<std::byte> pixels) {
  const QByteArray unpacked =
      qUncompress(reinterpret_cast<const uchar*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
  if (static_cast<std::size_t>(unpacked.size()) != pixels.size()) throw damagedPixels();
  if (!pixels.empty()) std::memcpy(pixels.data(), unpacked.constData(), pixels.size());
}

struct Freed {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// Its tables are reused: making them anew takes as long as packing a small sprite.
ZSTD_CCtx* packer() {
  thread_local const std::unique_ptr<ZSTD_CCtx, Freed> context = [] {
    std::unique_ptr<ZSTD_CCtx, Freed> made(ZSTD_createCCtx());
    if (!made) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, -1);
    ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
    return made;
  }();
  return context.get();
}

}  // namespace

std::vector<std::byte> packPixels(const Sprite& sprite) {
  const auto pixels = std::as_bytes(sprite.pixels());
  const std::size_t most = ZSTD_compressBound(pixels.size());
  const auto packed = std::make_unique_for_overwrite<std::byte[]>(most);
  const std::size_t size = ZSTD_compress2(packer(), packed.get(), most, pixels.data(), pixels.size());
  if (ZSTD_isError(size) != 0) throw Error("the pixels of a sprite could not be packed", "free some memory");
  return {packed.get(), packed.get() + size};
}

Sprite unpackPixels(std::span<const std::byte> bytes, int width, int height) {
  if (width < 0 || height < 0 || width > limits::kMaxImageSide || height > limits::kMaxImageSide ||
      std::int64_t{width} * height > limits::kMaxImagePixels) {
    throw damagedPixels();
  }
  // Nothing is allocated for a size that the bytes do not have.
  const std::size_t expected = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * sizeof(Rgba);
  if (statedSize(bytes) != expected) throw damagedPixels();
  Sprite sprite(width, height);
  const std::span<std::byte> pixels = std::as_writable_bytes(sprite.pixels());
  isFrame(bytes) ? unpackFrame(bytes, pixels) : unpackArray(bytes, pixels);
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
