// A palette: the named list of colours that sprites are held to.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/image/oklab.h"
#include "core/image/sprite.h"

namespace loom {

struct Palette {
  std::string name;
  std::vector<Rgba> colours;
  friend bool operator==(const Palette&, const Palette&) = default;
};

/// The colours that a sprite's pixels with alpha > 0 have, the most frequent first (equally frequent: by value).
Palette paletteOf(const Sprite& sprite);

/// Finds the palette's nearest colour in OKLab; remembers what it was asked, so that a large picture costs little.
class NearestColour {
 public:
  /// Fully transparent entries are passed over. Throws Error when no colour is left.
  explicit NearestColour(const std::vector<Rgba>& palette);

  /// Alpha takes no part: colours are compared as if opaque, and the entry comes back with the alpha asked about.
  Rgba operator()(Rgba colour);

 private:
  struct Remembered {
    std::uint32_t key = 0;  ///< 0: nothing yet
    Rgba colour;
  };
  static constexpr std::size_t kRemembered = 4096;

  std::vector<Rgba> m_colours;
  std::vector<OkLab> m_labs;
  std::vector<Remembered> m_cache;
};

/// Every pixel with alpha > 0 in the palette's nearest colour, its alpha kept. Throws Error for an empty palette.
Sprite lockedTo(const Sprite& sprite, const std::vector<Rgba>& palette);

/// "#rrggbb", with two digits more where the colour is not opaque; and back. colourFromText throws Error.
std::string colourText(Rgba colour);
Rgba colourFromText(const std::string& text);

}  // namespace loom
