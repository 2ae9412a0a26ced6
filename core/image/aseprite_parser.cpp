#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "core/image/aseprite_chunks.h"
#include "core/image/byte_cursor.h"
#include "core/image/decoders.h"

namespace loom::ase {
namespace {

// Far beyond any drawing; without them small chunks could fill much memory.
constexpr std::size_t kMostLayers = 1U << 16;
constexpr std::size_t kMostCels = 500'000;
constexpr int kDeepestGroup = 64;
constexpr std::size_t kFrameHeadBytes = 16;
constexpr std::size_t kChunkHeadBytes = 6;

struct Head {
  PictureSize size;
  unsigned frames = 0, depth = 0, speed = 0, transparentIndex = 0;
  std::uint32_t flags = 0;
};
constexpr std::size_t kHeadBytes = 128;

Head headFrom(std::span<const std::byte> bytes) {
  ByteCursor cursor(bytes, 6);
  Head head;
  head.frames = cursor.little16();
  head.size.width = cursor.little16();
  head.size.height = cursor.little16();
  head.depth = cursor.little16();
  head.flags = cursor.little32();
  head.speed = cursor.little16();
  cursor.skip(8);
  head.transparentIndex = cursor.byte();
  return head;
}

class Parser {
 public:
  Parser(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name)
      : m_cursor(bytes), m_name(name), m_head(headFrom(bytes)) {
    if (m_head.depth != 32 && m_head.depth != 16 && m_head.depth != 8) throw damaged("its colour depth is unknown");
    m_file.width = static_cast<int>(m_head.size.width);
    m_file.height = static_cast<int>(m_head.size.height);
    m_file.bytesPerPixel = static_cast<int>(m_head.depth / 8);
    m_file.transparentIndex = m_head.transparentIndex;
    m_file.groupsBlend = (m_head.flags & 2U) != 0;
    m_file.palettes.emplace_back();
    m_file.palettes.back().fill({0, 0, 0, 255});
    m_wanted = std::min<std::int64_t>(wanted, m_head.frames);
    m_cursor.skip(kHeadBytes);
  }

  File parse() {
    while (std::ssize(m_file.frames) < m_wanted) {
      std::string problem;
      try {
        problem = readFrame();
      } catch (const Error&) {
        problem = "is damaged";
      }
      if (problem.empty()) continue;
      const std::string which = "frame " + std::to_string(m_file.frames.size() + 1);
      if (m_file.frames.empty()) throw damaged(which + " " + problem);
      m_file.problem = which + " " + problem + ", and those after it are left out";
      break;
    }
    return std::move(m_file);
  }

 private:
  Error damaged(const std::string& why) const { return damagedPicture(m_name, ImageFormat::kAseprite, why); }

  /// Why there is no such frame; empty when there is.
  std::string readFrame() {
    constexpr unsigned kFrameMagic = 0xF1FA;
    const std::uint32_t bytes = m_cursor.little32();
    if (m_cursor.little16() != kFrameMagic) return m_cursor.ranOut() ? "is missing" : "is damaged";
    const unsigned oldCount = m_cursor.little16();
    const unsigned duration = m_cursor.little16();
    m_cursor.skip(2);
    const std::uint32_t newCount = m_cursor.little32();
    if (bytes < kFrameHeadBytes) return "is damaged";
    ByteCursor chunks(m_cursor.take(bytes - kFrameHeadBytes));
    if (m_cursor.ranOut()) return "is not all there";
    m_frame = {.milliseconds = static_cast<int>(duration != 0 ? duration : m_head.speed), .palette = 0, .cels = {}};
    m_frame.milliseconds = m_frame.milliseconds == 0 ? AnimationFrame{}.milliseconds : m_frame.milliseconds;
    m_paletteChanged = false;
    for (std::uint32_t left = newCount != 0 ? newCount : oldCount; left > 0 && chunks.left() > 0; --left) {
      const std::uint32_t size = chunks.little32();
      const unsigned type = chunks.little16();
      if (size < kChunkHeadBytes) return "is damaged";
      ByteCursor chunk(chunks.take(size - kChunkHeadBytes));
      if (chunks.ranOut()) return "is damaged";
      readChunk(type, chunk);
    }
    m_frame.palette = m_file.palettes.size() - 1;
    m_file.frames.push_back(std::move(m_frame));
    return {};
  }

  void readChunk(unsigned type, ByteCursor& chunk) {
    switch (type) {
      case 0x0004:
        return m_newPaletteSeen ? void() : readOldPalette(chunk, 255, palette());
      case 0x0011:
        return m_newPaletteSeen ? void() : readOldPalette(chunk, 63, palette());
      case 0x2004:
        return readLayer(chunk);
      case 0x2005:
        return readCel(chunk);
      case 0x2018:
        return readTags(chunk, m_file.tags);
      case 0x2019:
        m_newPaletteSeen = true;
        return readPalette(chunk, palette());
      case 0x2022:
        return readSlice(chunk, m_file.slices);
      case 0x2023:
        require(m_file.tilesets.size() < kMostNames);
        m_file.tilesets.push_back(readTileset(chunk));
        return;
      default:  // user data, profiles, masks and what is to come
        return;
    }
  }

  /// The palette to change: each frame has the one before it until it brings its own.
  Palette& palette() {
    if (!m_paletteChanged && !m_file.frames.empty()) m_file.palettes.push_back(Palette(m_file.palettes.back()));
    m_paletteChanged = true;
    return m_file.palettes.back();
  }

  void readLayer(ByteCursor& chunk) {
    const unsigned flags = chunk.little16();
    const unsigned kind = chunk.little16();
    const unsigned level = chunk.little16();
    chunk.skip(4);
    const int blend = static_cast<int>(chunk.little16());
    const int opacity = static_cast<int>(chunk.byte());
    chunk.skip(3);
    chunk.skip(chunk.little16());
    Layer layer{.kind = kind == 1 ? Layer::Kind::kGroup : kind == 2 ? Layer::Kind::kTilemap : Layer::Kind::kPixels};
    layer.visible = (flags & 1U) != 0;
    layer.background = (flags & 8U) != 0;
    layer.reference = (flags & 64U) != 0;
    if (layer.kind == Layer::Kind::kTilemap) layer.tileset = chunk.little32();
    const bool own = !layer.background && (layer.kind != Layer::Kind::kGroup || m_file.groupsBlend);
    if (own) layer.blend = blend;
    if (own && (m_head.flags & 1U) != 0) layer.opacity = opacity;
    require(!chunk.ranOut() && kind <= 2 && m_file.layers.size() < kMostLayers && level <= m_groups.size());
    m_groups.resize(level);  // the groups that lie around the next layer, outermost first
    layer.depth = static_cast<int>(level);
    if (level > 0) layer.parent = m_groups.back();
    require(layer.depth <= kDeepestGroup);
    if (layer.kind == Layer::Kind::kGroup) m_groups.push_back(static_cast<int>(m_file.layers.size()));
    m_file.layers.push_back(layer);
  }

  void readCel(ByteCursor& chunk) {
    Cel cel;
    cel.layer = static_cast<int>(chunk.little16());
    cel.x = chunk.signed16();
    cel.y = chunk.signed16();
    cel.opacity = static_cast<int>(chunk.byte());
    const unsigned kind = chunk.little16();
    cel.zIndex = chunk.signed16();
    chunk.skip(5);
    require(!chunk.ranOut() && cel.layer < std::ssize(m_file.layers) && m_celImages.size() < kMostCels);
    constexpr unsigned kLinked = 1;
    if (kind == kLinked) {
      const auto found = m_celImages.find(keyOf(chunk.little16(), cel.layer));
      if (found == m_celImages.end()) return;  // a link to nothing shows nothing
      cel.image = found->second;
    } else {
      const CelImage image = readCelImage(chunk, kind);
      if (image.width == 0 || image.height == 0) return;
      cel.image = m_file.images.size();
      m_file.images.push_back(image);
    }
    require(m_celImages.try_emplace(keyOf(m_file.frames.size(), cel.layer), cel.image).second);
    m_frame.cels.push_back(cel);
  }

  static std::uint64_t keyOf(std::uint64_t frame, int layer) { return frame << 32 | static_cast<std::uint32_t>(layer); }

  ByteCursor m_cursor;
  const std::string& m_name;
  Head m_head;
  File m_file;
  std::int64_t m_wanted = 0;
  Frame m_frame;
  std::vector<int> m_groups;
  std::unordered_map<std::uint64_t, std::size_t> m_celImages;  ///< by frame and layer
  bool m_newPaletteSeen = false;
  bool m_paletteChanged = false;
};

}  // namespace

File parse(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name) {
  return Parser(bytes, wanted, name).parse();
}

}  // namespace loom::ase

namespace loom {

AnimationHead asepriteHead(std::span<const std::byte> bytes) {
  const ase::Head head = ase::headFrom(bytes);
  return {head.size, head.frames, {}};
}

}  // namespace loom
