#include "aseprite_writer.h"

namespace loom::test {
namespace {

void appendNumber(Bytes& bytes, std::int64_t value, int count) {
  appendLittle(bytes, static_cast<std::uint64_t>(value), count);
}

void appendString(Bytes& bytes, const std::string& text) {
  appendLittle(bytes, text.size(), 2);
  appendText(bytes, text);
}

}  // namespace

AsepriteWriter::AsepriteWriter(int width, int height, int depth, int flags, int transparentIndex)
    : m_width(width), m_height(height), m_depth(depth), m_flags(flags), m_transparentIndex(transparentIndex) {}

AsepriteWriter& AsepriteWriter::frame(int milliseconds) {
  m_frames.push_back({milliseconds, 0, {}});
  return *this;
}

AsepriteWriter& AsepriteWriter::chunk(int type, std::span<const std::byte> content) {
  Frame& frame = m_frames.back();
  ++frame.chunks;
  appendLittle(frame.content, content.size() + 6, 4);
  appendNumber(frame.content, type, 2);
  append(frame.content, content);
  return *this;
}

AsepriteWriter& AsepriteWriter::layer(const AseLayer& layer) {
  Bytes content;
  for (const int value : {layer.flags, layer.kind, layer.level, 0, 0, layer.blend}) appendNumber(content, value, 2);
  appendNumber(content, layer.opacity, 1);
  appendNumber(content, 0, 3);
  appendString(content, layer.name);
  if (layer.kind == 2) appendNumber(content, layer.tileset, 4);
  return chunk(0x2004, content);
}

Bytes AsepriteWriter::celHead(const AseCel& cel, int kind) const {
  Bytes content;
  for (const int value : {cel.layer, cel.x, cel.y}) appendNumber(content, value, 2);
  appendNumber(content, cel.opacity, 1);
  appendNumber(content, kind, 2);
  appendNumber(content, cel.zIndex, 2);
  appendNumber(content, 0, 5);
  return content;
}

Bytes AsepriteWriter::stored(const Sprite& pixels) const {
  Bytes bytes;
  for (const Rgba& pixel : pixels.pixels()) {
    if (m_depth == 8) appendNumber(bytes, pixel.r, 1);
    if (m_depth == 16) appendNumber(bytes, pixel.r | pixel.a << 8, 2);
    if (m_depth != 32) continue;
    for (const std::uint8_t level : {pixel.r, pixel.g, pixel.b, pixel.a}) appendNumber(bytes, level, 1);
  }
  return bytes;
}

AsepriteWriter& AsepriteWriter::cel(const AseCel& cel, const Sprite& pixels) {
  return packedCel(cel, pixels.width(), pixels.height(), zlibPacked(stored(pixels)));
}

AsepriteWriter& AsepriteWriter::packedCel(const AseCel& cel, int width, int height, std::span<const std::byte> packed) {
  Bytes content = celHead(cel, 2);
  appendNumber(content, width, 2);
  appendNumber(content, height, 2);
  append(content, packed);
  return chunk(0x2005, content);
}

AsepriteWriter& AsepriteWriter::rawCel(const AseCel& cel, const Sprite& pixels) {
  Bytes content = celHead(cel, 0);
  appendNumber(content, pixels.width(), 2);
  appendNumber(content, pixels.height(), 2);
  append(content, stored(pixels));
  return chunk(0x2005, content);
}

AsepriteWriter& AsepriteWriter::linkedCel(const AseCel& cel, int frame) {
  Bytes content = celHead(cel, 1);
  appendNumber(content, frame, 2);
  return chunk(0x2005, content);
}

AsepriteWriter& AsepriteWriter::tileCel(const AseCel& cel, int width, int height,
                                        const std::vector<std::uint32_t>& tiles) {
  Bytes content = celHead(cel, 3);
  for (const int value : {width, height, 32}) appendNumber(content, value, 2);
  for (const std::uint32_t mask : {0x1fffffffU, 0x80000000U, 0x40000000U, 0x20000000U}) appendLittle(content, mask, 4);
  appendNumber(content, 0, 10);
  Bytes ids;
  for (const std::uint32_t tile : tiles) appendLittle(ids, tile, 4);
  append(content, zlibPacked(ids));
  return chunk(0x2005, content);
}

AsepriteWriter& AsepriteWriter::tileset(int id, int width, int height, int count, const Sprite& tiles,
                                        bool zeroIsEmpty) {
  Bytes content;
  for (const int value : {id, zeroIsEmpty ? 6 : 2, count}) appendNumber(content, value, 4);
  for (const int value : {width, height, 1}) appendNumber(content, value, 2);
  appendNumber(content, 0, 14);
  appendString(content, "tiles");
  const Bytes packed = zlibPacked(stored(tiles));
  appendLittle(content, packed.size(), 4);
  append(content, packed);
  return chunk(0x2023, content);
}

AsepriteWriter& AsepriteWriter::palette(const std::vector<Rgba>& colours, int first) {
  Bytes content;
  const int count = static_cast<int>(colours.size());
  for (const int value : {first + count, first, first + count - 1}) appendNumber(content, value, 4);
  appendNumber(content, 0, 8);
  for (const Rgba& colour : colours) {
    appendNumber(content, colour.r == 1 ? 1 : 0, 2);  // some have a name
    for (const std::uint8_t level : {colour.r, colour.g, colour.b, colour.a}) appendNumber(content, level, 1);
    if (colour.r == 1) appendString(content, "dark");
  }
  return chunk(0x2019, content);
}

AsepriteWriter& AsepriteWriter::oldPalette(const std::vector<Rgba>& colours) {
  Bytes content;
  appendNumber(content, 1, 2);
  appendNumber(content, 0, 1);
  appendLittle(content, colours.size(), 1);
  for (const Rgba& colour : colours) {
    for (const std::uint8_t level : {colour.r, colour.g, colour.b}) appendNumber(content, level, 1);
  }
  return chunk(0x0004, content);
}

AsepriteWriter& AsepriteWriter::tags(const std::vector<AnimationTag>& tags) {
  Bytes content;
  appendLittle(content, tags.size(), 2);
  appendNumber(content, 0, 8);
  for (const AnimationTag& tag : tags) {
    appendNumber(content, tag.first, 2);
    appendNumber(content, tag.last, 2);
    for (int i = 0; i < 13; ++i) appendNumber(content, 0, 1);
    appendString(content, tag.name);
  }
  return chunk(0x2018, content);
}

AsepriteWriter& AsepriteWriter::slice(const std::string& name, const std::vector<AseSliceKey>& keys, bool ninePatch,
                                      bool pivot) {
  Bytes content;
  appendLittle(content, keys.size(), 4);
  appendNumber(content, (ninePatch ? 1 : 0) | (pivot ? 2 : 0), 4);
  appendNumber(content, 0, 4);
  appendString(content, name);
  for (const AseSliceKey& key : keys) {
    for (const int value : {key.frame, key.x, key.y, key.width, key.height}) appendNumber(content, value, 4);
    for (int left = (ninePatch ? 4 : 0) + (pivot ? 2 : 0); left > 0; --left) appendNumber(content, 7, 4);
  }
  return chunk(0x2022, content);
}

Bytes AsepriteWriter::bytes() const {
  Bytes frames;
  for (const Frame& frame : m_frames) {
    appendLittle(frames, frame.content.size() + 16, 4);
    appendLittle(frames, 0xF1FA, 2);
    appendNumber(frames, frame.chunks, 2);
    appendNumber(frames, frame.milliseconds, 2);
    appendNumber(frames, 0, 2);
    appendNumber(frames, frame.chunks, 4);
    append(frames, frame.content);
  }
  Bytes file;
  appendLittle(file, frames.size() + 128, 4);
  appendLittle(file, 0xA5E0, 2);
  appendLittle(file, m_frames.size(), 2);
  for (const int value : {m_width, m_height, m_depth}) appendNumber(file, value, 2);
  appendNumber(file, m_flags, 4);
  appendNumber(file, 70, 2);  // the old field for all durations
  appendNumber(file, 0, 8);
  appendNumber(file, m_transparentIndex, 1);
  file.resize(128);
  append(file, frames);
  return file;
}

}  // namespace loom::test
