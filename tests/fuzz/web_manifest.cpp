// What a folder of fetched pictures says of itself.
#include <fstream>

#include "core/dataset/web_manifest.h"
#include "tests/base/temp_folder.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  static const TempFolder folder;
  std::ofstream(folder.path() / ".web-fetch.json", std::ios::binary) << fuzzText(fuzzBytes(data, size));
  return fuzzed([&] {
    WebManifest manifest(folder.path());
    for (const std::string url : {"https://example.org/knight.png", "https://example.org/archer.png"}) {
      const WebManifest::Entry& entry = manifest.entry(url, "knight.png");
      const std::string lexical = std::filesystem::path(entry.file).lexically_normal().string();
      require(!lexical.empty() && !lexical.starts_with('/') && !lexical.starts_with(".."));
      require(manifest.partOf(entry) != manifest.fileOf(entry));
      manifest.isDone(entry);
    }
  });
}
