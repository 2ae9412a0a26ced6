// The catalogue's packed pixels: two bytes say the size, then come the bytes as they lie in the database.
#include "core/image/codec.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  if (size < 2) return -1;
  return fuzzed([&] {
    const Sprite sprite = unpackPixels(fuzzBytes(data + 2, size - 2), data[0], data[1]);
    require(sprite.width() == data[0] && sprite.height() == data[1]);
    require(unpackPixels(packPixels(sprite), data[0], data[1]) == sprite);
  });
}
