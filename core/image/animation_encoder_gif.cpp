// GIF (the 89a specification) through giflib. The global palette fills as frames come and is written last, over the
// room that was left for it.
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/animation_encoders.h"
#include "core/image/quantise.h"

namespace loom {
namespace {

constexpr int kEntries = 256;
constexpr int kMillisecondsPerUnit = 10;
constexpr int kShortestUnits = 2;            // viewers show less for 100 ms
constexpr std::int64_t kPaletteOffset = 13;  // behind signature and screen descriptor
constexpr std::array<char, 11> kLoopBlock{'N', 'E', 'T', 'S', 'C', 'A', 'P', 'E', '2', '.', '0'};

/// Colours and the places they were given, in the order of their coming. A hole is one of them.
class ColourTable {
 public:
  ColourTable() : m_colours(kEntries) {}

  /// Every pixel of `area` of `picture` as its place. Nothing, and the table as it was, when there is no room for all.
  std::optional<std::vector<GifByteType>> indexed(const Sprite& picture, const PixelRect& area) {
    const std::size_t before = m_places.size();
    std::vector<GifByteType> indices;
    indices.reserve(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height));
    for (int y = area.y; y < area.y + area.height; ++y) {
      for (int x = area.x; x < area.x + area.width; ++x) {
        const std::optional<int> place = placeOf(picture.at(x, y));
        if (!place) {
          std::erase_if(m_places, [before](const auto& entry) { return std::cmp_greater_equal(entry.second, before); });
          if (m_hole >= static_cast<int>(before)) m_hole = NO_TRANSPARENT_COLOR;
          m_last = {};
          return std::nullopt;
        }
        indices.push_back(static_cast<GifByteType>(*place));
      }
    }
    return indices;
  }

  int hole() const { return m_hole; }  ///< its place; NO_TRANSPARENT_COLOR: there is none
  const std::vector<GifColorType>& colours() const { return m_colours; }

 private:
  std::optional<int> placeOf(Rgba pixel) {
    const std::uint32_t key =
        pixel.a == 0 ? 0 : std::uint32_t{pixel.r} << 16 | std::uint32_t{pixel.g} << 8 | pixel.b | 0xFF000000U;
    if (m_last && m_last->first == key) return m_last->second;  // mostly the neighbour's
    const auto found = m_places.find(key);
    if (found == m_places.end() && m_places.size() == kEntries) return std::nullopt;
    const int place = found != m_places.end() ? found->second : static_cast<int>(m_places.size());
    if (found == m_places.end()) {
      m_places.emplace(key, place);
      m_colours[static_cast<std::size_t>(place)] = {pixel.r, pixel.g, pixel.b};
      if (key == 0) m_hole = place;
    }
    m_last = {key, place};
    return place;
  }

  std::unordered_map<std::uint32_t, int> m_places;
  std::vector<GifColorType> m_colours;
  std::optional<std::pair<std::uint32_t, int>> m_last;
  int m_hole = NO_TRANSPARENT_COLOR;
};

/// Pixels that are there or not; those that are not have no colour.
void makeCrisp(Sprite& sprite) {
  constexpr int kHalf = 128;
  for (Rgba& pixel : sprite.pixels()) {
    if (pixel.a < kHalf) pixel = {};
    if (pixel.a >= kHalf) pixel.a = 255;
  }
}

/// Bounds of the pixels that `before` has and `after` has not.
PixelRect vanishedBounds(const Sprite& before, const Sprite& after) {
  Sprite gone(before.width(), before.height());
  for (std::size_t i = 0; i < gone.pixels().size(); ++i) {
    if (before.pixels()[i].a != 0 && after.pixels()[i].a == 0) gone.pixels()[i].a = 255;
  }
  return opaqueBounds(gone);
}

PixelRect united(const PixelRect& a, const PixelRect& b) {
  if (a.width == 0) return b;
  if (b.width == 0) return a;
  const int x = std::min(a.x, b.x);
  const int y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

class GifEncoder final : public AnimationEncoder {
 public:
  GifEncoder(const std::filesystem::path& file, bool loops) : m_path(file), m_loops(loops), m_file(file) {
    m_gif.reset(EGifOpen(this, writeBytes, nullptr));
    if (!m_gif) throw Error("there is not enough memory to write a GIF", {}, m_path);
  }

  /// A frame is written when the next is known: whether pixels vanish decides how it is put away.
  void add(Sprite frame, int milliseconds) override {
    makeCrisp(frame);
    if (m_waiting.empty()) {
      begin(frame.width(), frame.height());
    } else {
      putWaiting(&frame);
    }
    m_waiting = std::move(frame);
    m_milliseconds += milliseconds;
  }

  void finish() override {
    putWaiting(nullptr);
    check(EGifCloseFile(m_gif.release(), nullptr));
    std::vector<std::byte> table;
    for (const GifColorType& colour : m_global.colours()) {
      for (const GifByteType value : {colour.Red, colour.Green, colour.Blue}) table.push_back(std::byte{value});
    }
    m_file.writeAt(kPaletteOffset, table);
    m_file.commit();
  }

 private:
  struct Close {
    void operator()(GifFileType* gif) const { EGifCloseFile(gif, nullptr); }
  };
  struct FreeMap {
    void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
  };
  using Map = std::unique_ptr<ColorMapObject, FreeMap>;

  /// giflib is C: what the file throws waits until giflib has returned.
  static int writeBytes(GifFileType* gif, const GifByteType* bytes, int count) {
    auto& self = *static_cast<GifEncoder*>(gif->UserData);
    try {
      self.m_file.write(std::as_bytes(std::span(bytes, static_cast<std::size_t>(count))));
      return count;
    } catch (...) {
      self.m_failure = std::current_exception();
      return 0;
    }
  }

  void check(int result) {
    if (m_failure) std::rethrow_exception(m_failure);
    if (result == GIF_ERROR) throw Error("the GIF could not be written", {}, m_path);
  }

  Map mapOf(const ColourTable& table) {
    Map map(GifMakeMapObject(kEntries, table.colours().data()));
    if (!map) throw Error("there is not enough memory to write a GIF", {}, m_path);
    return map;
  }

  void begin(int width, int height) {
    m_shown = Sprite(width, height);
    EGifSetGifVersion(m_gif.get(), true);
    constexpr int kBits = 8;
    const Map map = mapOf(m_global);
    check(EGifPutScreenDesc(m_gif.get(), width, height, kBits, 0, map.get()));
    if (!m_loops) return;
    constexpr std::array<GifByteType, 3> kForever{1, 0, 0};
    check(EGifPutExtensionLeader(m_gif.get(), APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(m_gif.get(), static_cast<int>(kLoopBlock.size()), kLoopBlock.data()));
    check(EGifPutExtensionBlock(m_gif.get(), static_cast<int>(kForever.size()), kForever.data()));
    check(EGifPutExtensionTrailer(m_gif.get()));
  }

  void putWaiting(const Sprite* next) {
    PixelRect area{0, 0, m_shown.width(), m_shown.height()};
    if (m_units > 0) area = differenceBounds(m_shown, m_waiting);
    PixelRect cleared;
    if (next != nullptr) cleared = vanishedBounds(m_waiting, *next);
    area = united(area, cleared);
    if (area.width == 0) area = {0, 0, 1, 1};  // there is no frame without a pixel
    put(area, cleared.width > 0);
    m_shown = std::move(m_waiting);
    if (cleared.width > 0) paste(m_shown, Sprite(area.width, area.height), area.x, area.y);
  }

  /// The part `area` of the waiting frame; cleared once it has been shown if `clears`.
  void put(const PixelRect& area, bool clears) {
    auto indices = m_global.indexed(m_waiting, area);
    if (indices) return put(area, clears, *indices, m_global.hole(), nullptr);
    ColourTable own;
    indices = own.indexed(m_waiting, area);
    if (!indices) {
      // One place is kept for holes, whether there are any or not.
      own = {};
      const Sprite part = quantised(cropped(m_waiting, area), kMostColours - 1);
      indices = own.indexed(part, {0, 0, area.width, area.height});
    }
    const Map map = mapOf(own);
    put(area, clears, indices.value(), own.hole(), map.get());
  }

  void put(const PixelRect& area, bool clears, const std::vector<GifByteType>& indices, int hole, ColorMapObject* map) {
    GraphicsControlBlock control{};
    control.DisposalMode = clears ? DISPOSE_BACKGROUND : DISPOSE_DO_NOT;
    control.TransparentColor = hole;
    control.DelayTime = nextDelay();
    std::array<GifByteType, 4> packed{};
    EGifGCBToExtension(&control, packed.data());
    check(EGifPutExtension(m_gif.get(), GRAPHICS_EXT_FUNC_CODE, static_cast<int>(packed.size()), packed.data()));
    check(EGifPutImageDesc(m_gif.get(), area.x, area.y, area.width, area.height, false, map));
    for (std::size_t row = 0; row < static_cast<std::size_t>(area.height); ++row) {
      // giflib asks for pixels that it may change, and leaves them as they are.
      auto* line = const_cast<GifByteType*>(indices.data()) + row * static_cast<std::size_t>(area.width);
      check(EGifPutLine(m_gif.get(), line, area.width));
    }
  }

  /// The waiting frame's time in units, so that all frames so far end within half a unit of when they should.
  int nextDelay() {
    const std::int64_t end = (m_milliseconds + kMillisecondsPerUnit / 2) / kMillisecondsPerUnit;
    const auto delay = static_cast<int>(std::max<std::int64_t>(kShortestUnits, end - m_units));
    m_units += delay;
    return delay;
  }

  std::filesystem::path m_path;
  bool m_loops;
  AtomicFile m_file;
  std::exception_ptr m_failure;
  std::unique_ptr<GifFileType, Close> m_gif;
  ColourTable m_global;
  Sprite m_shown;  ///< what lies on the screen before the waiting frame
  Sprite m_waiting;
  std::int64_t m_milliseconds = 0;  ///< of all frames, the waiting one too
  std::int64_t m_units = 0;         ///< of those written
};

}  // namespace

std::unique_ptr<AnimationEncoder> gifEncoder(const std::filesystem::path& file, bool loops) {
  return std::make_unique<GifEncoder>(file, loops);
}

}  // namespace loom
