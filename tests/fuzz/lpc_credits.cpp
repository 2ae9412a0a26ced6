// The credits of LPC layers: the first byte says which of the texts the rest is; paths come from its end.
#include <algorithm>

#include "core/dataset/lpc_credits.h"
#include "core/dataset/lpc_layers_paths.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  if (size == 0) return -1;
  const std::string text(fuzzText(fuzzBytes(data + 1, size - 1)));
  const int kind = data[0] % 3;
  const LpcCredits credits(kind == 0 ? text : "", kind == 1 ? text : "", kind == 2 ? text : "");
  const std::string end = text.substr(text.size() - std::min<std::size_t>(text.size(), 120));
  for (const std::string& path : {std::string("hair/female/long/raven.png"), end}) {
    const LpcCredit credit = credits.of(path);
    require(authorList(mergedCredits({credit, credit})) == authorList(mergedCredits({credit})));
    meaningOfLpcPath(path, {"light", "dark"});
  }
  return 0;
}
