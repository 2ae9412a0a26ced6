// Aseprite files: parser and renderer are ours.
#include "tests/fuzz/moving_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return loom::fuzzMovingFile(data, size, loom::ImageFormat::kAseprite);
}
