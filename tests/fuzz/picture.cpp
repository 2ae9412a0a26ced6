// Still pictures of every format.
#include "core/image/codec.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    decodeImage(fuzzBytes(data, size), "it");
  });
}
