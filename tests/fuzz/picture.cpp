// Still pictures of every format, their heads, and whether they are whole.
#include "core/image/codec.h"
#include "core/image/picture_head.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/moving_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const auto bytes = fuzzBytes(data, size);
  const auto told = pictureSize(bytes);
  require(decodedBytes(bytes) >= 0);
  const int orientation = jpegOrientation(bytes);
  require(orientation >= 1 && orientation <= 8);
  const auto format = imageFormat(bytes);
  if (format) isCutShort(bytes, *format);
  if (told && told->pixels() > kFuzzPixels) return 0;
  return fuzzed([&] {
    const Sprite sprite = decodeImage(bytes, "it");
    require(told && sprite.width() == told->width && sprite.height() == told->height);
  });
}
