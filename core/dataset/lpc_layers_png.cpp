#include "core/dataset/lpc_layers_png.h"

#include <png.h>

#include <csetjmp>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/image/image_format.h"

namespace loom {
namespace {

constexpr int kRows = 4 * LpcLibrary::kCell;

struct Input {
  std::span<const std::byte> rest;
};

void readInput(png_structp png, png_bytep out, std::size_t count) {
  auto* input = static_cast<Input*>(png_get_io_ptr(png));
  if (count > input->rest.size()) png_error(png, "its end is missing");
  std::memcpy(out, input->rest.data(), count);
  input->rest = input->rest.subspan(count);
}

void onError(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}

/// libpng's state; freed also when its functions jump out.
struct Reader {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

enum class Outcome { kRead, kDamaged, kInterlaced };

/// Puts the rows of the standing cells into `rows`. Nothing here has a destructor: libpng reports errors by longjmp.
Outcome readRows(Reader& reader, Input& input, std::span<png_byte> rows) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) return Outcome::kDamaged;
  png_set_read_fn(reader.png, &input, readInput);
  png_set_user_limits(reader.png, LpcLibrary::kSheetWidth, LpcLibrary::kSheetHeight);
  png_read_info(reader.png, reader.info);
  if (png_get_interlace_type(reader.png, reader.info) != PNG_INTERLACE_NONE) return Outcome::kInterlaced;
  png_set_expand(reader.png);
  png_set_scale_16(reader.png);
  png_set_gray_to_rgb(reader.png);
  png_set_add_alpha(reader.png, 0xFF, PNG_FILLER_AFTER);
  png_read_update_info(reader.png, reader.info);
  constexpr std::size_t kRowBytes = std::size_t{LpcLibrary::kSheetWidth} * sizeof(Rgba);
  if (png_get_rowbytes(reader.png, reader.info) != kRowBytes) return Outcome::kDamaged;
  for (int y = 0; y < LpcLibrary::kStandingTop; ++y) png_read_row(reader.png, rows.data(), nullptr);
  for (std::size_t y = 0; y < kRows; ++y) png_read_row(reader.png, rows.data() + y * kRowBytes, nullptr);
  return Outcome::kRead;
}

void checkSize(std::span<const std::byte> bytes) {
  constexpr std::size_t kWidthAt = 16;
  constexpr std::size_t kHeightAt = 20;
  if (imageFormat(bytes) != ImageFormat::kPng || bytes.size() < kHeightAt + 4) throw Error("it is no PNG");
  if (isCutShort(bytes, ImageFormat::kPng)) throw Error("it is damaged: its end is missing");
  const auto number = [&](std::size_t at) {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::to_integer<std::int64_t>(bytes[at + i]);
    return value;
  };
  if (number(kWidthAt) == LpcLibrary::kSheetWidth && number(kHeightAt) == LpcLibrary::kSheetHeight) return;
  throw Error("it has " + std::to_string(number(kWidthAt)) + "x" + std::to_string(number(kHeightAt)) +
              " pixels, and a sheet of cells of 64 pixels 832x1344");
}

LpcCell cellOf(const Sprite& rows, int row) {
  const Sprite cell = cropped(rows, {0, row * LpcLibrary::kCell, LpcLibrary::kCell, LpcLibrary::kCell});
  const PixelRect bounds = opaqueBounds(cell);
  if (bounds.width == 0) return {};
  return {cropped(cell, bounds), bounds.x, bounds.y};
}

}  // namespace

std::array<LpcCell, 4> readStandingCells(std::span<const std::byte> bytes) {
  checkSize(bytes);
  Sprite rows(LpcLibrary::kSheetWidth, kRows);
  Reader reader;
  if (reader.info == nullptr) throw Error("there is not enough memory to read it");
  Input input{bytes};
  const Outcome outcome =
      readRows(reader, input, {reinterpret_cast<png_byte*>(rows.pixels().data()), rows.pixels().size_bytes()});
  if (outcome == Outcome::kDamaged) throw Error("it is a damaged PNG file");
  if (outcome == Outcome::kInterlaced) {
    rows = cropped(decodeImage(bytes, "it"), {0, LpcLibrary::kStandingTop, LpcLibrary::kSheetWidth, kRows});
  }
  std::array<LpcCell, 4> cells;
  for (int row = 0; row < 4; ++row) cells[static_cast<std::size_t>(row)] = cellOf(rows, row);
  return cells;
}

}  // namespace loom
