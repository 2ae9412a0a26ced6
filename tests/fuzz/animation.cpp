// GIF, APNG, animated WebP and Aseprite files.
#include "core/image/animation.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    isAnimated(fuzzBytes(data, size));n    decodeAnimation(fuzzBytes(data, size), "it");
  });
}
