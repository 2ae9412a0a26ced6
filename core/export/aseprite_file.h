// An Aseprite file of one layer, made frame by frame (github.com/aseprite/aseprite, docs/ase-file-specs.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/edit.h"

namespace loom {

class AsepriteFile {
 public:
  struct Tag {
    std::string name;
    int first = 0, last = 0;
  };

  /// A canvas of `width` x `height` px. `indexed`: a pixel is a byte, the place of its colour in the palette, whose
  /// first entry is transparent; else four bytes, straight RGBA.
  AsepriteFile(int width, int height, bool indexed, std::vector<Rgba> palette);

  void addTag(Tag tag) { m_tags.push_back(std::move(tag)); }
  /// A frame without a picture.
  void addFrame(int milliseconds);
  /// A frame with a picture of `area`, `pixels` its rows from top to bottom. Throws Error when memory ends.
  void addFrame(int milliseconds, const PixelRect& area, std::span<const std::byte> pixels);
  /// A frame that shows what frame `other` shows; a change of one changes both.
  void addLinkedFrame(int milliseconds, int other);

  /// The whole file. Throws Error when there is no frame.
  std::string bytes() const;

 private:
  struct Frame {
    int milliseconds = 0;
    int x = 0, y = 0;
    std::string cel;  ///< its chunk; empty where there is no picture
  };
  std::string firstChunks() const;
  int firstChunkCount() const;
  std::string head(std::size_t fileBytes) const;

  int m_width, m_height;
  bool m_indexed;
  std::vector<Rgba> m_palette;
  std::vector<Tag> m_tags;
  std::vector<Frame> m_frames;
};

}  // namespace loom
