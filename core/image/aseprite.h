// Aseprite files (.ase, .aseprite): layers flattened to frames, tags and slices kept. Private to animation.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/animation.h"
#include "core/image/frame_readers.h"

namespace loom::ase {

// What the file holds (github.com/aseprite/aseprite, docs/ase-file-specs.md), pixels still packed.

struct Layer {
  enum class Kind { kPixels, kGroup, kTilemap };
  Kind kind = Kind::kPixels;
  bool visible = false;  ///< its own mark; a hidden group hides all within
  bool background = false;
  bool reference = false;  ///< to draw after, never drawn
  int parent = -1;         ///< the group it lies in; -1 for none
  int depth = 0;           ///< groups around it
  int blend = 0;           ///< as in blended()
  int opacity = 255;
  std::uint32_t tileset = 0;
};

/// The pixels or tiles of one or more (linked) cels.
struct CelImage {
  bool packed = true;  ///< by zlib
  bool tiles = false;
  int width = 0, height = 0;  ///< in pixels, or in tiles
  int tileBits = 32;
  std::uint32_t idMask = 0, flipXMask = 0, flipYMask = 0, swapMask = 0;
  std::span<const std::byte> data;
};

struct Cel {
  int layer = 0;
  int x = 0, y = 0;
  int opacity = 255;
  int zIndex = 0;         ///< layers later (+) or earlier (-) than its own
  std::size_t image = 0;  ///< of File::images
};

struct Tileset {
  std::uint32_t id = 0;
  bool zeroIsEmpty = true;
  std::uint32_t count = 0;
  int width = 0, height = 0;        ///< of a tile, in pixels
  std::span<const std::byte> data;  ///< packed; empty when the tiles lie in another file
};

using Palette = std::array<Rgba, 256>;

struct Frame {
  int milliseconds = 100;
  std::size_t palette = 0;  ///< of File::palettes
  std::vector<Cel> cels;
};

struct File {
  int width = 0, height = 0;
  int bytesPerPixel = 4;  ///< 4 RGBA, 2 grey and alpha, 1 index
  unsigned transparentIndex = 0;
  bool groupsBlend = false;  ///< a group is flattened by itself first, with an opacity and a blend mode of its own
  std::vector<Layer> layers;
  std::vector<CelImage> images;
  std::vector<Tileset> tilesets;
  std::vector<Palette> palettes;
  std::vector<Frame> frames;  ///< up to where the file is damaged
  std::vector<AnimationTag> tags;
  std::vector<AnimationSlice> slices;
  std::string problem;  ///< why frames are missing
};

/// The chunks of the first `wanted` frames. Throws Error when the head is damaged.
File parse(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name);

/// Two opacities (0 to 255) at once: a * b / 255, rounded.
int combinedOpacity(int a, int b);

/// `source` laid over `backdrop` by one of the format's 19 blend modes (0 normal … 18 divide; others as normal), as
/// Aseprite does: the modes of "Compositing and Blending Level 1" (W3C), and addition, subtraction and division.
Rgba blended(int mode, const Rgba& backdrop, const Rgba& source, int opacity);

/// Flattens frames, one after the other.
class Renderer {
 public:
  explicit Renderer(const File& file) : m_file(file) {}
  /// Throws Error when pixels are damaged or out of all proportion.
  Sprite render(std::size_t frame);

 private:
  using Bytes = std::vector<std::byte>;
  struct Step;

  void renderGroup(const Frame& frame, int group, Sprite& canvas);
  bool isShown(int layer) const;
  void drawCel(const Frame& frame, const Cel& cel, Sprite& canvas);
  void drawPixels(const Frame& frame, const Cel& cel, const CelImage& image, Sprite& canvas);
  void drawTiles(const Frame& frame, const Cel& cel, const CelImage& image, Sprite& canvas);
  Rgba colourOf(std::span<const std::byte> pixel, const Palette& palette, bool background) const;
  const Bytes& tilesOf(const Tileset& tileset);
  void spend(std::int64_t bytes);

  const File& m_file;
  std::vector<std::pair<std::uint32_t, Bytes>> m_tiles;  ///< by tileset, unpacked
  std::int64_t m_unpacked = 0;                           ///< bytes so far: what a few packed bytes may cost is bounded
};

}  // namespace loom::ase

namespace loom {

AnimationHead asepriteHead(std::span<const std::byte> bytes);
void readAseprite(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name, Animation& animation);

}  // namespace loom
