// Seeds for what looks at pixels: sheets in all layouts, and enlarged sprites.
#include "core/image/edit.h"
#include "tests/fuzz/seeds/seeds.h"
#include "tests/fuzz/small_picture.h"
#include "tests/image/made_sheet.h"

namespace loom {
namespace {

struct Layout {
  int cell, columns, rows, margin, spacing;
};

Sprite sheetOf(const Layout& layout, Rgba ground, bool lines, RandomStream& random) {
  const int step = layout.cell + layout.spacing;
  Sprite sheet(2 * layout.margin + layout.columns * step - layout.spacing,
               2 * layout.margin + layout.rows * step - layout.spacing);
  for (int y = 0; y < sheet.height(); ++y) {
    for (int x = 0; x < sheet.width(); ++x) {
      const bool gutter = (x - layout.margin) % step >= layout.cell || (y - layout.margin) % step >= layout.cell;
      sheet.at(x, y) = lines && gutter ? Rgba{255, 0, 255, 255} : ground;
    }
  }
  for (int i = 0; i < layout.columns * layout.rows; ++i) {
    const int side = layout.cell - random.between(0, layout.cell / 3);
    paste(sheet, madeSprite(random, side, side), layout.margin + i % layout.columns * step,
          layout.margin + i / layout.columns * step);
  }
  return sheet;
}

}  // namespace

void putSheetSeeds(Seeds& seeds) {
  RandomStream random(1);
  for (const Layout& layout : {Layout{8, 6, 4, 0, 0}, Layout{10, 4, 3, 0, 1}, Layout{9, 4, 3, 2, 2},
                               Layout{10, 8, 1, 0, 0}, Layout{14, 3, 2, 4, 0}, Layout{5, 7, 4, 1, 1}}) {
    for (const Rgba ground : {Rgba{}, Rgba{40, 90, 60, 255}}) {
      seeds.put("sheet", smallPictureBytes(sheetOf(layout, ground, layout.spacing > 0 && ground.a > 0, random)));
    }
  }
  for (const int times : {2, 3, 4, 5, 8}) {
    for (const int side : {8, 12, 15}) {
      const Sprite picture = enlarged(madeSprite(random, side, side), times);
      seeds.put("pixel_grid", smallPictureBytes(picture));
      seeds.put("pixel_grid", smallPictureBytes(cropped(picture, {1, 1, picture.width() - 2, picture.height() - 1})));
    }
  }
}

}  // namespace loom
