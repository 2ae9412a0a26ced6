// Palette files.
#include "core/image/palette_files.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    decodePalette(fuzzBytes(data, size), "it");
  });
}
