// Fewer colours: palettes made from one sprite or from many by libimagequant, and sprites drawn with them.
#pragma once

#include <memory>
#include <vector>

#include "core/image/palette.h"

namespace loom {

/// The least and the most colours that a palette is reduced to.
inline constexpr int kFewestColours = 2;
inline constexpr int kMostColours = 256;

/// Takes in sprites one by one and finds a palette that serves them all (median cut, then k-means: libimagequant).
/// Fully transparent pixels do not count; a colour is its red, green and blue, whatever its alpha.
class PaletteReducer {
 public:
  PaletteReducer();
  ~PaletteReducer();
  PaletteReducer(PaletteReducer&&) noexcept;
  PaletteReducer& operator=(PaletteReducer&&) noexcept;

  void add(const Sprite& sprite);
  /// At most `colours` opaque colours by value; exactly those that were there when they are no more than that. Empty
  /// when no pixel was visible. The same sprites in the same order give the same palette. Throws Error when `colours`
  /// is not in kFewestColours..kMostColours.
  std::vector<Rgba> reduced(int colours) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// `sprite` in at most `colours` colours of its own, alpha kept; unchanged when it has no more. `dither` from 0 (none)
/// to 1 (full Floyd-Steinberg) mixes neighbouring pixels to suggest colours in between. Throws Error as above.
Sprite quantised(const Sprite& sprite, int colours, double dither = 0);

/// lockedTo with dithering: 0 is lockedTo itself. Beyond kMostColours colours it does not dither.
Sprite lockedTo(const Sprite& sprite, const std::vector<Rgba>& palette, double dither);

}  // namespace loom
