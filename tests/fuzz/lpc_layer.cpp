// The standing cells of a PNG of LPC layers.
#include "core/dataset/lpc_layers_png.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    for (const LpcCell& cell : readStandingCells(fuzzBytes(data, size))) {
      require(cell.x >= 0 && cell.y >= 0 && cell.x + cell.pixels.width() <= LpcLibrary::kCell &&
              cell.y + cell.pixels.height() <= LpcLibrary::kCell);
    }
  });
}
