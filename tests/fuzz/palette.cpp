// Palette files and the names of colours.
#include "core/base/limits.h"
#include "core/image/palette_files.h"
#include "core/image/picture_head.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const auto bytes = fuzzBytes(data, size);
  fuzzed([&] {
    const std::string text(fuzzText(bytes));
    require(colourFromText(colourText(colourFromText(text))) == colourFromText(text));
  });
  if (pictureSize(bytes)) return -1;  // the picture target's
  return fuzzed([&] {
    const Palette palette = decodePalette(bytes, "it");
    require(!palette.colours.empty() && palette.colours.size() <= limits::kMaxPaletteColours);
    for (const PaletteFormat format :
         {PaletteFormat::kGpl, PaletteFormat::kHex, PaletteFormat::kPal, PaletteFormat::kAse}) {
      const std::string written = encodePalette(palette, format);
      require(decodePalette(std::as_bytes(std::span(written)), "it").colours.size() == palette.colours.size());
    }
  });
}
