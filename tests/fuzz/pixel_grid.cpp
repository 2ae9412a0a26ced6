// The search for the pixel grid and its undoing, and grids given by hand.
#include <cstring>

#include "core/image/pixel_grid.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_picture.h"

namespace {

using namespace loom;

void undo(const Sprite& picture, const PixelGrid& grid) {
  const Sprite native = undoUpscaling(picture, grid);
  require(!native.empty() && native.width() <= picture.width() && native.height() <= picture.height());
  require(nativeSize(grid, picture.width(), picture.height()) == PixelSize{native.width(), native.height()});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Sprite picture = smallPicture(data, size, 4096);
  if (picture.empty()) return -1;
  const PixelGrid found = findPixelGrid(picture);
  require(found.confidence >= 0 && found.confidence <= 1 && found.scaleX >= 1 && found.scaleY >= 1);
  undo(picture, found);
  double numbers[4] = {};
  if (size < sizeof numbers) return 0;
  std::memcpy(numbers, data + size - sizeof numbers, sizeof numbers);
  return fuzzed([&] {
    const auto kind = static_cast<GridKind>(data[0] % 5);
    undo(picture, pixelGrid(numbers[0], numbers[1], numbers[2], numbers[3], kind));
  });
}
