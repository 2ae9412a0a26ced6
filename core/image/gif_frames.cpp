// GIF (the 89a specification) through giflib, a line at a time straight onto the canvas.
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/image/byte_cursor.h"
#include "core/image/decoders.h"
#include "core/image/frame_readers.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

int readBytes(GifFileType* gif, GifByteType* target, int count) {
  const Bytes bytes = static_cast<ByteCursor*>(gif->UserData)->take(static_cast<std::size_t>(count));
  std::ranges::transform(bytes, target, [](std::byte byte) { return std::to_integer<GifByteType>(byte); });
  return static_cast<int>(bytes.size());
}

/// What an extension before a picture asks for.
struct Control {
  int transparent = NO_TRANSPARENT_COLOR;
  Disposal disposal = Disposal::kKeep;
  int milliseconds = 0;
};

Control controlFrom(const GraphicsControlBlock& block) {
  constexpr int kMillisecondsPerUnit = 10;
  Control control{block.TransparentColor, Disposal::kKeep, block.DelayTime * kMillisecondsPerUnit};
  if (block.DisposalMode == DISPOSE_BACKGROUND) control.disposal = Disposal::kClear;  // transparent, as browsers do
  if (block.DisposalMode == DISPOSE_PREVIOUS) control.disposal = Disposal::kRestore;
  return control;
}

class Reader {
 public:
  Reader(Bytes bytes, const std::string& name) : m_cursor(bytes), m_name(name) {
    m_gif.reset(DGifOpen(&m_cursor, readBytes, nullptr));
    if (!m_gif) throw damaged();
  }

  void read(FrameCanvas& canvas) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    while (!canvas.isComplete()) {
      check(DGifGetRecordType(m_gif.get(), &type));
      if (type == TERMINATE_RECORD_TYPE) return;
      if (type == EXTENSION_RECORD_TYPE) readExtension();
      if (type == IMAGE_DESC_RECORD_TYPE) readPicture(canvas);
    }
  }

 private:
  struct Close {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
  };

  Error damaged() const { return damagedPicture(m_name, ImageFormat::kGif); }
  void check(int result) const {
    if (result == GIF_ERROR) throw damaged();
  }

  void readExtension() {
    int code = 0;
    GifByteType* block = nullptr;
    check(DGifGetExtension(m_gif.get(), &code, &block));
    while (block != nullptr) {
      GraphicsControlBlock control{};
      if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
        m_control = controlFrom(control);
      }
      check(DGifGetExtensionNext(m_gif.get(), &block));
    }
  }

  void readPicture(FrameCanvas& canvas) {
    check(DGifGetImageDesc(m_gif.get()));
    const GifImageDesc& part = m_gif->Image;
    const ColorMapObject* map = part.ColorMap != nullptr ? part.ColorMap : m_gif->SColorMap;
    if (map == nullptr || part.Width < 1 || part.Height < 1) throw damaged();
    canvas.begin({part.Left, part.Top, part.Width, part.Height}, m_control.disposal);
    // Interlaced rows come in four passes: each 8th, each 8th from the 5th, each 4th from the 3rd, each 2nd.
    struct Pass {
      int first, step;
    };
    constexpr std::array<Pass, 4> kInterlaced{{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
    constexpr std::array<Pass, 1> kPlain{{{0, 1}}};
    std::vector<GifPixelType> line(static_cast<std::size_t>(part.Width));
    for (const Pass& pass : part.Interlace ? std::span<const Pass>(kInterlaced) : std::span<const Pass>(kPlain)) {
      for (int y = pass.first; y < part.Height; y += pass.step) {
        check(DGifGetLine(m_gif.get(), line.data(), part.Width));
        draw(line, *map, part.Left, part.Top + y, canvas.picture());
      }
    }
    canvas.show(m_control.milliseconds);
    m_control = {};
  }

  void draw(const std::vector<GifPixelType>& line, const ColorMapObject& map, int left, int y, Sprite& picture) const {
    for (int i = 0; i < static_cast<int>(line.size()); ++i) {
      const int index = line[static_cast<std::size_t>(i)];
      if (index == m_control.transparent || index >= map.ColorCount || !picture.contains(left + i, y)) continue;
      const GifColorType& colour = map.Colors[index];
      picture.at(left + i, y) = {colour.Red, colour.Green, colour.Blue, 255};
    }
  }

  ByteCursor m_cursor;
  const std::string& m_name;
  std::unique_ptr<GifFileType, Close> m_gif;
  Control m_control;
};

void skipColourTable(ByteCursor& cursor, unsigned flags) {
  if ((flags & 0x80U) != 0) cursor.skip(std::size_t{3} << ((flags & 7U) + 1));
}

void skipBlocks(ByteCursor& cursor) {
  for (unsigned length = cursor.byte(); length != 0; length = cursor.byte()) cursor.skip(length);
}

}  // namespace

AnimationHead gifHead(Bytes bytes) {
  constexpr unsigned kExtension = 0x21;
  constexpr unsigned kPicture = 0x2C;
  constexpr unsigned kEnd = 0x3B;
  ByteCursor cursor(bytes, 6);
  AnimationHead head;
  head.canvas.width = cursor.little16();
  head.canvas.height = cursor.little16();
  const unsigned flags = cursor.byte();
  cursor.skip(2);
  skipColourTable(cursor, flags);
  while (!cursor.ranOut()) {
    const unsigned block = cursor.byte();
    if (block == kExtension) {
      cursor.skip(1);
    } else if (block == kPicture && !cursor.ranOut()) {
      ++head.frames;
      cursor.skip(8);
      skipColourTable(cursor, cursor.byte());
      cursor.skip(1);
    } else {
      if (block != kEnd) head.problem = "it is damaged after frame " + std::to_string(head.frames);
      return head;
    }
    skipBlocks(cursor);
  }
  head.problem = "its end is missing after frame " + std::to_string(head.frames);
  return head;
}

void readGifFrames(Bytes bytes, std::int64_t wanted, const std::string& name, Animation& animation) {
  FrameCanvas canvas(*pictureSize(bytes), wanted, animation);
  Reader(bytes, name).read(canvas);
}

}  // namespace loom
