// A sheet as a graphics card has it: parts of it drawn larger or smaller through a texture filter.
#pragma once

#include <QImage>
#include <QRect>
#include <vector>

namespace loom {

enum class TextureFilter {
  kNearest,
  kLinear,   ///< bilinear: four neighbours on the sheet, whatever they belong to
  kMipmaps,  ///< the same between sheets of half the size, a quarter, …, where it is drawn smaller (trilinear)
};

class Texture {
 public:
  Texture() = default;
  explicit Texture(const QImage& picture);

  /// `part` (within the picture, pixels) at `scale` (> 0), its corner on a whole pixel: what a quad with these texture
  /// coordinates shows. Premultiplied; `part` times `scale` pixels, rounded up, those outside of it transparent.
  /// Beyond the picture its edge goes on.
  QImage drawn(const QRect& part, double scale, TextureFilter filter) const;

 private:
  const QImage& level(int number) const;  ///< 0: the picture

  mutable std::vector<QImage> m_levels;  ///< those that were needed
};

}  // namespace loom
