#include <zlib.h>

#include <algorithm>
#include <tuple>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/aseprite.h"
#include "core/image/decoders.h"

namespace loom::ase {
namespace {

// Sixteen times the pixels of the largest animation, four bytes each: seconds of unpacking, and no drawing gets there.
constexpr std::int64_t kMostUnpacked = 16 * limits::kMaxAnimationPixels * 4;
constexpr std::int64_t kMostTileBytes = 64LL << 20;  ///< held of all tilesets

/// Hands out a cel's bytes a row at a time, so that no more than a row is ever unpacked at once.
class RowSource {
 public:
  RowSource(std::span<const std::byte> data, bool packed) : m_data(data), m_packed(packed) {
    if (!packed) return;
    m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(data.data()));
    m_stream.avail_in = static_cast<uInt>(data.size());
    m_open = inflateInit(&m_stream) == Z_OK;
    if (!m_open) throw std::bad_alloc();
  }
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;
  ~RowSource() {
    if (m_open) inflateEnd(&m_stream);
  }

  /// Fills `target`. Throws Error when there are not so many bytes.
  void read(std::span<std::byte> target) {
    if (!m_packed) {
      if (m_data.size() < target.size()) throw Error("pixels are missing");
      std::ranges::copy(m_data.first(target.size()), target.begin());
      m_data = m_data.subspan(target.size());
      return;
    }
    m_stream.next_out = reinterpret_cast<Bytef*>(target.data());
    m_stream.avail_out = static_cast<uInt>(target.size());
    while (m_stream.avail_out > 0) {
      const int result = inflate(&m_stream, Z_NO_FLUSH);
      if (result == Z_STREAM_END && m_stream.avail_out == 0) return;
      if (result != Z_OK) throw Error("pixels are damaged");
    }
  }

 private:
  std::span<const std::byte> m_data;
  bool m_packed;
  bool m_open = false;
  z_stream m_stream{};
};

/// The part [first, last) of a run of `count` that lies on a canvas of `size`, when the run begins at `at`.
std::pair<int, int> visible(std::int64_t at, std::int64_t count, int size) {
  const std::int64_t first = std::clamp<std::int64_t>(-at, 0, count);
  const std::int64_t last = std::clamp<std::int64_t>(size - at, first, count);
  return {static_cast<int>(first), static_cast<int>(last)};
}

std::uint32_t tileAt(std::span<const std::byte> row, int index, int bits) {
  const auto bytes = static_cast<std::size_t>(bits / 8);
  std::uint32_t tile = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    tile |= std::to_integer<std::uint32_t>(row[static_cast<std::size_t>(index) * bytes + i]) << (8 * i);
  }
  return tile;
}

}  // namespace

/// A layer of one group, in the order of drawing.
struct Renderer::Step {
  int order = 0;  ///< its place among the layers, moved by the cel's z-index
  int zIndex = 0;
  int layer = 0;
  const Cel* cel = nullptr;  ///< of a group: null
};

Sprite Renderer::render(std::size_t frame) {
  Sprite canvas(m_file.width, m_file.height);
  renderGroup(m_file.frames[frame], -1, canvas);
  return canvas;
}

bool Renderer::isShown(int layer) const {
  for (; layer >= 0; layer = m_file.layers[static_cast<std::size_t>(layer)].parent) {
    if (!m_file.layers[static_cast<std::size_t>(layer)].visible) return false;
  }
  return true;
}

/// Note 5 of the format: layers are counted through, all of them or, when groups blend, those of one group.
void Renderer::renderGroup(const Frame& frame, int group, Sprite& canvas) {
  spend(std::ssize(canvas.pixels()) * 4 + std::ssize(m_file.layers) * static_cast<std::int64_t>(sizeof(Step)));
  std::vector<const Cel*> cels(m_file.layers.size());
  for (const Cel& cel : frame.cels) cels[static_cast<std::size_t>(cel.layer)] = &cel;
  std::vector<Step> steps;
  int order = 0;
  for (int i = 0; i < static_cast<int>(m_file.layers.size()); ++i) {
    const Layer& layer = m_file.layers[static_cast<std::size_t>(i)];
    if (m_file.groupsBlend && layer.parent != group) continue;
    ++order;
    const bool isGroup = layer.kind == Layer::Kind::kGroup;
    const Cel* cel = isGroup ? nullptr : cels[static_cast<std::size_t>(i)];
    if ((cel == nullptr && !(isGroup && m_file.groupsBlend)) || layer.reference || !isShown(i)) continue;
    const int zIndex = cel != nullptr ? cel->zIndex : 0;
    steps.push_back({order + zIndex, zIndex, i, cel});
  }
  std::ranges::stable_sort(steps, {}, [](const Step& step) { return std::tuple(step.order, step.zIndex); });
  for (const Step& step : steps) {
    if (step.cel != nullptr) {
      drawCel(frame, *step.cel, canvas);
      continue;
    }
    const Layer& layer = m_file.layers[static_cast<std::size_t>(step.layer)];
    Sprite own(canvas.width(), canvas.height());
    renderGroup(frame, step.layer, own);
    std::ranges::transform(
        canvas.pixels(), own.pixels(), canvas.pixels().begin(),
        [&](const Rgba& below, const Rgba& above) { return blended(layer.blend, below, above, layer.opacity); });
  }
}

void Renderer::spend(std::int64_t bytes) {
  m_unpacked += bytes;
  if (m_unpacked > kMostUnpacked) throw Error("its layers unpack to more than can be read");
}

void Renderer::drawCel(const Frame& frame, const Cel& cel, Sprite& canvas) {
  const CelImage& image = m_file.images[cel.image];
  if (image.tiles) {
    drawTiles(frame, cel, image, canvas);
  } else {
    drawPixels(frame, cel, image, canvas);
  }
}

Rgba Renderer::colourOf(std::span<const std::byte> pixel, const Palette& palette, bool background) const {
  const auto level = [pixel](std::size_t at) { return std::to_integer<std::uint8_t>(pixel[at]); };
  if (m_file.bytesPerPixel == 4) return {level(0), level(1), level(2), level(3)};
  if (m_file.bytesPerPixel == 2) return {level(0), level(0), level(0), level(1)};
  if (level(0) == m_file.transparentIndex && !background) return {};
  return palette[level(0)];
}

void Renderer::drawPixels(const Frame& frame, const Cel& cel, const CelImage& image, Sprite& canvas) {
  const Layer& layer = m_file.layers[static_cast<std::size_t>(cel.layer)];
  const Palette& palette = m_file.palettes[frame.palette];
  const auto [left, right] = visible(cel.x, image.width, canvas.width());
  const auto [top, bottom] = visible(cel.y, image.height, canvas.height());
  if (left == right || top == bottom) return;
  const auto pixelBytes = static_cast<std::size_t>(m_file.bytesPerPixel);
  Bytes row(static_cast<std::size_t>(image.width) * pixelBytes);
  spend(std::ssize(row) * bottom);
  const int opacity = combinedOpacity(layer.opacity, cel.opacity);
  RowSource source(image.data, image.packed);
  for (int y = 0; y < bottom; ++y) {
    source.read(row);
    if (y < top) continue;
    for (int x = left; x < right; ++x) {
      const auto pixel = std::span<const std::byte>(row).subspan(static_cast<std::size_t>(x) * pixelBytes, pixelBytes);
      Rgba& target = canvas.at(cel.x + x, cel.y + y);
      target = blended(layer.blend, target, colourOf(pixel, palette, layer.background), opacity);
    }
  }
}

const Renderer::Bytes& Renderer::tilesOf(const Tileset& tileset) {
  for (const auto& [id, bytes] : m_tiles) {
    if (id == tileset.id) return bytes;
  }
  const std::int64_t tileBytes = std::int64_t{tileset.width} * tileset.height * m_file.bytesPerPixel;
  std::int64_t held = 0;
  for (const auto& [id, bytes] : m_tiles) held += std::ssize(bytes);
  if (tileset.count > (kMostTileBytes - held) / tileBytes) throw Error("its tiles unpack to more than can be read");
  Bytes bytes(static_cast<std::size_t>(tileBytes) * tileset.count);
  spend(std::ssize(bytes));
  RowSource(tileset.data, true).read(bytes);
  return m_tiles.emplace_back(tileset.id, std::move(bytes)).second;
}

void Renderer::drawTiles(const Frame& frame, const Cel& cel, const CelImage& image, Sprite& canvas) {
  const Layer& layer = m_file.layers[static_cast<std::size_t>(cel.layer)];
  const auto found = std::ranges::find(m_file.tilesets, layer.tileset, &Tileset::id);
  if (found == m_file.tilesets.end() || found->data.empty()) throw Error("its tiles lie in another file");
  const Tileset& set = *found;
  const Bytes& tiles = tilesOf(set);
  const auto pixelBytes = static_cast<std::size_t>(m_file.bytesPerPixel);
  const auto [left, right] = visible(cel.x, std::int64_t{image.width} * set.width, canvas.width());
  const auto [top, bottom] = visible(cel.y, std::int64_t{image.height} * set.height, canvas.height());
  if (left == right || top == bottom) return;
  Bytes row(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.tileBits / 8));
  const int lastRow = (bottom - 1) / set.height;
  spend(std::ssize(row) * (lastRow + 1) + std::int64_t{right - left} * (bottom - top) * 4);
  const int opacity = combinedOpacity(layer.opacity, cel.opacity);
  RowSource source(image.data, image.packed);
  int rowRead = -1;
  for (int y = 0; y < bottom; ++y) {
    for (; rowRead < y / set.height; ++rowRead) source.read(row);
    if (y < top) continue;
    for (int x = left; x < right; ++x) {
      const std::uint32_t tile = tileAt(row, x / set.width, image.tileBits);
      const std::uint32_t id = tile & image.idMask;
      if ((set.zeroIsEmpty && id == 0) || id >= set.count) continue;  // the older mark for empty is the mask itself
      const auto flipped = [tile](std::uint32_t mask) { return mask != 0 && (tile & mask) == mask; };
      int column = flipped(image.flipXMask) ? set.width - 1 - x % set.width : x % set.width;
      int line = flipped(image.flipYMask) ? set.height - 1 - y % set.height : y % set.height;
      if (flipped(image.swapMask)) std::swap(column, line);
      if (column >= set.width || line >= set.height) continue;
      const std::size_t at = (std::size_t{id} * static_cast<std::size_t>(set.height) + static_cast<std::size_t>(line)) *
                                 static_cast<std::size_t>(set.width) +
                             static_cast<std::size_t>(column);
      Rgba& target = canvas.at(cel.x + x, cel.y + y);
      const auto pixel = std::span<const std::byte>(tiles).subspan(at * pixelBytes, pixelBytes);
      target = blended(layer.blend, target, colourOf(pixel, m_file.palettes[frame.palette], layer.background), opacity);
    }
  }
}

}  // namespace loom::ase

namespace loom {

void readAseprite(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name,
                  Animation& animation) {
  ase::File file = ase::parse(bytes, wanted, name);
  std::int64_t canvases = wanted;
  for (const ase::Layer& layer : file.layers) {
    if (file.groupsBlend) canvases = std::max<std::int64_t>(canvases, wanted + layer.depth + 1);
  }
  checkDecodeMemory(canvases * file.width * file.height * static_cast<std::int64_t>(sizeof(Rgba)) + std::ssize(bytes),
                    name);
  animation.tags = std::move(file.tags);
  animation.slices = std::move(file.slices);
  animation.problem = file.problem;
  ase::Renderer renderer(file);
  for (std::size_t i = 0; i < file.frames.size(); ++i) {
    try {
      animation.frames.push_back({renderer.render(i), file.frames[i].milliseconds});
    } catch (const Error& failure) {
      throw damagedPicture(name, ImageFormat::kAseprite, failure.what());
    }
  }
}

}  // namespace loom
