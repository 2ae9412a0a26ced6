// JSON from outside, and settings read from it.
#include "core/base/json.h"
#include "core/image/cleaning.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    const Json json = parseJson(fuzzText(fuzzBytes(data, size)), "it");
    const std::string written = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    require(jsonFrom(written).has_value());
    if (!json.is_object()) return;
    for (const CleaningKind& kind : cleaningKinds()) {
      fuzzed([&] { completed({kind.name, json}); });
    }
  });
}
