#include "core/studio/tiles.h"

#include "core/image/edit.h"

namespace loom {
namespace {

constexpr int kGap = 1;

}  // namespace

Sprite tiled(const std::vector<Sprite>& sprites, int columns, int cell) {
  const auto rows = (static_cast<int>(sprites.size()) + columns - 1) / columns;
  Sprite grid(columns * (cell + kGap) - kGap, rows * (cell + kGap) - kGap);
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const auto place = static_cast<int>(i);
    paste(grid, sprites[i], place % columns * (cell + kGap) + (cell - sprites[i].width()) / 2,
          place / columns * (cell + kGap) + cell - sprites[i].height());
  }
  return grid;
}

}  // namespace loom
