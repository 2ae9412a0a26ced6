// Web addresses: dropped, resolved, turned into names, and with their picture within.
#include "core/dataset/web_data_url.h"
#include "core/dataset/web_page.h"
#include "core/dataset/web_url.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const std::string text(fuzzText(fuzzBytes(data, size)));
  licenceName(text);
  dataOf(text);
  if (const auto address = parseWebAddress(text)) {
    require(address->scheme == "http" || address->scheme == "https");
    require(!address->host.empty() && address->path.starts_with('/'));
    require(fileNameOf(*address).find('/') == std::string::npos);
    const auto again = parseWebAddress(address->url);
    require(again && again->url == address->url);
  }
  if (const auto resolved = resolveWebAddress("https://example.org/a/b.html?c=d", text)) {
    require(parseWebAddress(*resolved).has_value());
  }
  const std::string name = webSafeName(text);
  require(!name.empty() && name.size() <= 120 && name.front() != '.' && name.find('/') == std::string::npos);
  require(webSafeName(name) == name);
  return fuzzed([&] {
    for (const std::string& address : addressesIn(text)) {
      require(looksLikeWebAddress(address) || isDataAddress(address));
      if (!isDataAddress(address)) continue;
      WebPicture picture{.url = address, .name = "it"};
      readDataPicture(picture);
    }
  });
}
