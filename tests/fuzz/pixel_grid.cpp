// The search for the pixel grid, and its undoing.
#include "core/image/pixel_grid.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const Sprite picture = smallPicture(data, size);
  if (picture.empty()) return 0;
  return fuzzed([&] {
    const Sprite native = undoUpscaling(picture, findPixelGrid(picture));
    if (native.empty() || native.width() > picture.width() || native.height() > picture.height()) __builtin_trap();
  });
}
