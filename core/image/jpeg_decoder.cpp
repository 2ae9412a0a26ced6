// JPEG through libjpeg-turbo, a few rows at a time into the sprite, turned upright on the way.
#include <csetjmp>
#include <cstdio>
// jpeglib.h needs the lines above.
#include <jpeglib.h>

#include <array>
#include <cstring>
#include <vector>

#include "core/base/limits.h"
#include "core/image/decoders.h"
#include "core/image/picture_head.h"

#ifndef JCS_ALPHA_EXTENSIONS
#error "libjpeg-turbo is needed: the first libjpeg cannot write RGBA"
#endif

namespace loom {
namespace {

constexpr int kRowsAtOnce = 16;  // a line of the processor's cache, when rows become columns

/// What libjpeg's callbacks see. Functions that set a jump target hold plain values alone: longjmp runs no destructors.
struct ErrorState {
  jpeg_error_mgr manager{};
  std::jmp_buf target{};
  std::array<char, JMSG_LENGTH_MAX> problem{};
};

[[noreturn]] void onError(j_common_ptr info) {
  auto* state = static_cast<ErrorState*>(info->client_data);
  state->manager.format_message(info, state->problem.data());
  std::longjmp(state->target, 1);
}

void onMessage(j_common_ptr /*info*/, int /*level*/) {}

/// Many nearly empty scans would take hours (CVE-2017-9614 and its like); pictures proper have about ten.
void onProgress(j_common_ptr info) {
  constexpr int kMostScans = 100;
  if (info->is_decompressor == FALSE) return;
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMostScans) return;
  auto* state = static_cast<ErrorState*>(info->client_data);
  std::strncpy(state->problem.data(), "it has too many scans", state->problem.size() - 1);
  std::longjmp(state->target, 1);
}

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes, std::int64_t memory) {
    m_info.err = jpeg_std_error(&m_errors.manager);
    m_errors.manager.error_exit = onError;
    m_errors.manager.emit_message = onMessage;
    m_info.client_data = &m_errors;
    m_created = open(bytes, static_cast<long>(memory));
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { jpeg_destroy_decompress(&m_info); }

  /// False when the head is damaged: problem() says how.
  bool start() {
    if (!m_created || setjmp(m_errors.target) != 0) return false;
    jpeg_read_header(&m_info, TRUE);
    const bool inks = m_info.jpeg_color_space == JCS_CMYK || m_info.jpeg_color_space == JCS_YCCK;
    m_info.out_color_space = inks ? JCS_CMYK : JCS_EXT_RGBA;
    jpeg_start_decompress(&m_info);
    return true;
  }

  /// The next rows, at most kRowsAtOnce; 0 when the data are damaged.
  int read(std::array<JSAMPROW, kRowsAtOnce>& rows) {
    if (setjmp(m_errors.target) != 0) return 0;
    const JDIMENSION first = m_info.output_scanline;
    while (m_info.output_scanline < m_info.output_height && m_info.output_scanline - first < kRowsAtOnce) {
      const JDIMENSION done = m_info.output_scanline - first;
      jpeg_read_scanlines(&m_info, rows.data() + done, kRowsAtOnce - done);
    }
    return static_cast<int>(m_info.output_scanline - first);
  }

  int width() const { return static_cast<int>(m_info.output_width); }
  int height() const { return static_cast<int>(m_info.output_height); }
  int row() const { return static_cast<int>(m_info.output_scanline); }
  bool isCmyk() const { return m_info.out_color_space == JCS_CMYK; }
  const char* problem() const { return m_errors.problem.data(); }

 private:
  bool open(std::span<const std::byte> bytes, long memory) {
    if (setjmp(m_errors.target) != 0) return false;
    jpeg_create_decompress(&m_info);
    m_info.mem->max_memory_to_use = memory;
    m_progress.progress_monitor = onProgress;
    m_info.progress = &m_progress;
    jpeg_mem_src(&m_info, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    return true;
  }

  jpeg_decompress_struct m_info{};
  ErrorState m_errors;
  jpeg_progress_mgr m_progress{};
  bool m_created = false;
};

/// Four inks as Adobe's programs store them, upside down: 255 is none.
Rgba fromInks(const Rgba& inks) {
  const auto light = [&inks](std::uint8_t ink) { return static_cast<std::uint8_t>(ink * inks.a / 255); };
  return {light(inks.r), light(inks.g), light(inks.b), 255};
}

/// Where the pixel x, y of the stored picture goes: start + x * alongRow + y * alongColumn.
struct Placing {
  std::ptrdiff_t start = 0, alongRow = 1, alongColumn = 0;
};

/// EXIF 2.3's tag 0x0112 (orientation) for a stored picture of this size.
Placing placingOf(int orientation, int width, int height) {
  const std::ptrdiff_t w = width;
  const std::ptrdiff_t h = height;
  switch (orientation) {
    case 2:
      return {w - 1, -1, w};
    case 3:
      return {w * h - 1, -1, -w};
    case 4:
      return {w * (h - 1), 1, -w};
    case 5:
      return {0, h, 1};
    case 6:
      return {h - 1, h, -1};
    case 7:
      return {w * h - 1, -h, -1};
    case 8:
      return {h * (w - 1), -h, 1};
    default:
      return {0, 1, w};
  }
}

}  // namespace

Sprite decodeJpeg(std::span<const std::byte> bytes, const std::string& name) {
  const auto size = pictureSize(bytes);
  if (!size) throw damagedPicture(name, ImageFormat::kJpeg, "it has no size");
  Reader reader(bytes, limits::kMaxDecodeBytes - size->pixels() * static_cast<std::int64_t>(sizeof(Rgba)));
  if (!reader.start()) throw damagedPicture(name, ImageFormat::kJpeg, reader.problem());
  const int width = reader.width();
  const int height = reader.height();
  checkPictureSize(width, height, name);
  const int orientation = jpegOrientation(bytes);
  Sprite sprite = orientation >= 5 ? Sprite(height, width) : Sprite(width, height);
  const Placing placing = placingOf(orientation, width, height);
  std::vector<Rgba> block(static_cast<std::size_t>(width) * kRowsAtOnce);
  std::array<JSAMPROW, kRowsAtOnce> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = reinterpret_cast<JSAMPROW>(block.data() + i * static_cast<std::size_t>(width));
  }
  for (int y = 0; y < height;) {
    const int count = reader.read(rows);
    if (count == 0) throw damagedPicture(name, ImageFormat::kJpeg, reader.problem());
    if (reader.isCmyk()) {
      for (Rgba& pixel : block) pixel = fromInks(pixel);
    }
    Rgba* corner = sprite.pixels().data() + placing.start + y * placing.alongColumn;
    for (int x = 0; x < width; ++x) {
      for (int i = 0; i < count; ++i) {
        corner[x * placing.alongRow + i * placing.alongColumn] =
            block[static_cast<std::size_t>(i) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
      }
    }
    y += count;
  }
  return sprite;
}

}  // namespace loom
