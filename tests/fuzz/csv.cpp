// Tables of pictures: the first four bytes say what somebody knows of the layout, the rest is the file.
#include <sstream>

#include "core/dataset/csv_pictures.h"
#include "tests/fuzz/bytes.h"

namespace {

using namespace loom;

CsvOptions optionsFrom(const std::uint8_t* data) {
  CsvOptions options{.width = data[0] % 32, .height = data[1] % 32, .channels = data[2] % 5};
  if (data[3] % 4 != 0) options.label = static_cast<CsvLabel>(data[3] % 4 - 1);
  if (data[3] / 4 % 3 != 0) options.planar = data[3] / 4 % 3 == 1;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return -1;
  return fuzzed([&] {
    std::istringstream stream(std::string(fuzzText(fuzzBytes(data + 4, size - 4))));
    CsvPictures pictures(stream, "it", optionsFrom(data));
    const CsvLayout& layout = pictures.layout();
    require(layout.width > 0 && layout.height > 0 && layout.channels >= 1 && layout.channels <= 4);
    std::int64_t row = 0;
    for (CsvPicture picture; pictures.next(picture);) {
      require(picture.row > row);
      row = picture.row;
      require(picture.problem.empty() != picture.sprite.empty());
      require(picture.sprite.empty() ||
              (picture.sprite.width() == layout.width && picture.sprite.height() == layout.height));
    }
  });
}
