// The colours of a sheet: their order, and palettes beside it.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/sheet_writers.h"
#include "core/image/palette_files.h"
#include "core/image/ramps.h"

namespace loom::sheet_writers {
namespace {

/// Palette files have no alpha: what differs in that alone is one colour.
Palette paletteFor(const Input& input) {
  Palette palette{input.imageName.substr(0, input.imageName.rfind('.')), {}};
  for (Rgba colour : coloursOf(input)) {
    colour.a = 255;
    if (std::ranges::find(palette.colours, colour) == palette.colours.end()) palette.colours.push_back(colour);
  }
  if (palette.colours.size() > limits::kMaxPaletteColours) {
    throw Error("the sheet has more colours than a palette should: at least " + std::to_string(palette.colours.size()),
                "lock the sprites to a palette first, or leave the palette out");
  }
  if (palette.colours.empty())
    throw Error("the sheet has no colour that a palette could hold", "leave the palette out");
  return palette;
}

}  // namespace

std::vector<Rgba> coloursOf(const Input& input) {
  if (!input.indexed) return paletteOf(input.sheet.image).colours;
  std::vector<Rgba> visible = input.indexed->palette;
  std::erase_if(visible, [](const Rgba& colour) { return colour.a == 0; });
  if (visible.empty()) return {};
  Sprite swatches(static_cast<int>(visible.size()), 1);
  std::ranges::copy(visible, swatches.pixels().begin());
  std::vector<Rgba> colours;
  for (const Ramp& ramp : rampsOf(std::span(&swatches, 1))) colours.insert(colours.end(), ramp.begin(), ramp.end());
  return colours;
}

std::string gpl(const Input& input) {
  return encodePalette(paletteFor(input), PaletteFormat::kGpl);
}

std::string hex(const Input& input) {
  return encodePalette(paletteFor(input), PaletteFormat::kHex);
}

std::string jasc(const Input& input) {
  return encodePalette(paletteFor(input), PaletteFormat::kPal);
}

std::string swatches(const Input& input) {
  return encodePalette(paletteFor(input), PaletteFormat::kAse);
}

}  // namespace loom::sheet_writers
