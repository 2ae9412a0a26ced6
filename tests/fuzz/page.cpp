// Web pages: the first byte says which character set the server names.
#include <array>

#include "core/base/limits.h"
#include "core/dataset/web_page.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  if (size == 0) return -1;
  constexpr std::array<const char*, 5> kCharsets{"", "utf-8", "windows-1252", "utf-16le", "shift_jis"};
  return fuzzed([&] {
    JobMonitor monitor;
    const WebPage page =
        readWebPage(fuzzText(fuzzBytes(data + 1, size - 1)), "https://example.org/art/knights.html?a=b",
                    kCharsets[data[0] % kCharsets.size()], monitor);
    require(page.pictures.size() <= limits::kMaxPagePictures && page.leftOut >= 0);
    for (const WebPicture& picture : page.pictures) {
      require(!picture.url.empty() && !picture.name.empty() && picture.name.find('/') == std::string::npos);
      require(picture.width >= 0 && picture.height >= 0);
    }
  });
}
