// PNG through libpng: every depth and colour type becomes RGBA of 8 bits a channel, in place.
#include <png.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "core/base/limits.h"
#include "core/image/decoders.h"

namespace loom {
namespace {

/// What libpng's callbacks see. Functions that set a jump target hold plain values alone: libpng's longjmp runs no
/// destructors.
struct Input {
  std::span<const std::byte> bytes;
  std::size_t position = 0;
  std::array<char, 96> problem{};
};

[[noreturn]] void onError(png_structp png, png_const_charp message) {
  auto* input = static_cast<Input*>(png_get_error_ptr(png));
  std::strncpy(input->problem.data(), message, input->problem.size() - 1);
  png_longjmp(png, 1);
}

void onWarning(png_structp /*png*/, png_const_charp /*message*/) {}

void onRead(png_structp png, png_bytep target, std::size_t count) {
  auto* input = static_cast<Input*>(png_get_io_ptr(png));
  if (count > input->bytes.size() - input->position) png_error(png, "its end is missing");
  std::memcpy(target, input->bytes.data() + input->position, count);
  input->position += count;
}

/// libpng's two structures, freed together.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : m_input{bytes, 0, {}} {
    m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_input, onError, onWarning);
    if (m_png != nullptr) m_info = png_create_info_struct(m_png);
    if (m_info == nullptr) {
      png_destroy_read_struct(&m_png, nullptr, nullptr);
      throw std::bad_alloc();
    }
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }

  /// False when the head is damaged: problem() says how.
  bool readHead() {
    if (setjmp(png_jmpbuf(m_png)) != 0) return false;
    png_set_read_fn(m_png, &m_input, onRead);
    png_set_user_limits(m_png, limits::kMaxImageSide, limits::kMaxImageSide);
    // Text, profiles and times are stepped over unread: packed, they may hold anything. tRNS is not among them.
    png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_chunk_malloc_max(m_png, static_cast<png_alloc_size_t>(limits::kMaxFileBytes));
    png_set_option(m_png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);  // a tenth of the time, and each chunk has a CRC
    png_read_info(m_png, m_info);
    png_set_scale_16(m_png);
    png_set_expand(m_png);
    png_set_gray_to_rgb(m_png);
    png_set_add_alpha(m_png, 0xFF, PNG_FILLER_AFTER);
    png_set_interlace_handling(m_png);
    png_read_update_info(m_png, m_info);
    return png_get_rowbytes(m_png, m_info) == sizeof(Rgba) * png_get_image_width(m_png, m_info);
  }

  bool readPixels(png_bytep* rows) {
    if (setjmp(png_jmpbuf(m_png)) != 0) return false;
    png_read_image(m_png, rows);
    png_read_end(m_png, nullptr);
    return true;
  }

  Sprite emptySprite() const {
    return {static_cast<int>(png_get_image_width(m_png, m_info)),
            static_cast<int>(png_get_image_height(m_png, m_info))};
  }
  const char* problem() const { return m_input.problem.data(); }

 private:
  Input m_input;
  png_structp m_png = nullptr;
  png_infop m_info = nullptr;
};

}  // namespace

Sprite decodePng(std::span<const std::byte> bytes, const std::string& name) {
  Reader reader(bytes);
  if (!reader.readHead()) throw damagedPicture(name, ImageFormat::kPng, reader.problem());
  Sprite sprite = reader.emptySprite();
  checkPictureSize(sprite.width(), sprite.height(), name);
  std::vector<png_bytep> rows(static_cast<std::size_t>(sprite.height()));
  for (int y = 0; y < sprite.height(); ++y) {
    rows[static_cast<std::size_t>(y)] = reinterpret_cast<png_bytep>(&sprite.at(0, y));
  }
  if (!reader.readPixels(rows.data())) throw damagedPicture(name, ImageFormat::kPng, reader.problem());
  return sprite;
}

}  // namespace loom
