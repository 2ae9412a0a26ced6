// Writes Aseprite files chunk by chunk (github.com/aseprite/aseprite, docs/ase-file-specs.md), good ones and bad ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/sprite.h"
#include "picture_bytes.h"

namespace loom::test {

struct AseLayer {
  std::string name = "layer";
  int flags = 1;  ///< 1 visible, 8 background, 64 reference
  int kind = 0;   ///< 0 pixels, 1 group, 2 tilemap
  int level = 0;
  int blend = 0;
  int opacity = 255;
  int tileset = 0;
};

struct AseCel {
  int layer = 0;
  int x = 0, y = 0;
  int opacity = 255;
  int zIndex = 0;
};

struct AseSliceKey {
  int frame, x, y, width, height;
};

class AsepriteWriter {
 public:
  /// `depth` 32, 16 or 8 bits; `flags` 1: layers have opacities, 2: groups blend.
  AsepriteWriter(int width, int height, int depth = 32, int flags = 1, int transparentIndex = 0);

  /// What follows belongs to a new frame.
  AsepriteWriter& frame(int milliseconds);
  AsepriteWriter& layer(const AseLayer& layer);
  /// A packed cel of RGBA pixels, in the file's depth: indices are the red values, greys too.
  AsepriteWriter& cel(const AseCel& cel, const Sprite& pixels);
  AsepriteWriter& rawCel(const AseCel& cel, const Sprite& pixels);
  AsepriteWriter& linkedCel(const AseCel& cel, int frame);
  AsepriteWriter& tileCel(const AseCel& cel, int width, int height, const std::vector<std::uint32_t>& tiles);
  /// Packed bytes as they are, whatever the size says.
  AsepriteWriter& packedCel(const AseCel& cel, int width, int height, std::span<const std::byte> packed);
  AsepriteWriter& tileset(int id, int width, int height, int count, const Sprite& tiles, bool zeroIsEmpty = true);
  AsepriteWriter& palette(const std::vector<Rgba>& colours, int first = 0);
  AsepriteWriter& oldPalette(const std::vector<Rgba>& colours);
  AsepriteWriter& tags(const std::vector<AnimationTag>& tags);
  AsepriteWriter& slice(const std::string& name, const std::vector<AseSliceKey>& keys, bool ninePatch, bool pivot);
  AsepriteWriter& chunk(int type, std::span<const std::byte> content);

  Bytes bytes() const;

 private:
  struct Frame {
    int milliseconds = 100;
    int chunks = 0;
    Bytes content;
  };
  Bytes celHead(const AseCel& cel, int kind) const;
  Bytes stored(const Sprite& pixels) const;

  int m_width, m_height, m_depth, m_flags, m_transparentIndex;
  std::vector<Frame> m_frames;
};

}  // namespace loom::test
