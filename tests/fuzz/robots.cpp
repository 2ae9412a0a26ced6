// What a robots.txt allows.
#include <algorithm>

#include "core/dataset/web_robots.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const std::string_view text = fuzzText(fuzzBytes(data, size));
  for (const std::string_view product : {"spriteloom", "nobody"}) {
    const RobotsRules rules(text, product);
    require(rules.allows("/robots.txt"));
    require(rules.crawlDelay() >= std::chrono::seconds(0) && rules.crawlDelay() <= std::chrono::seconds(30));
    rules.allows("/");
    rules.allows("/art/knight.png?size=64");
    rules.allows(text.substr(text.size() - std::min<std::size_t>(text.size(), 2000)));
  }
  return 0;
}
