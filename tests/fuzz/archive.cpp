// The walk over an archive's entries.
#include "core/dataset/importer_sources.h"
#include "tests/fuzz/bytes_file.h"

namespace {

using namespace loom;

constexpr int kMostEntries = 50;                           // what follows is more of the same
constexpr std::size_t kMostBytes = std::size_t{16} << 20;  // a few bytes can unpack to a great many

/// Stops the walk: seen enough.
class Enough : public Error {
 public:
  Enough() : Error("enough") {}
};

class Counter {
 public:
  void count(std::size_t bytes) {
    m_bytes += bytes;
    if (++m_entries > kMostEntries || m_bytes > kMostBytes) throw Enough();
  }

 private:
  int m_entries = 0;
  std::size_t m_bytes = 0;
};

void checkPath(const PicturePath& path) {
  require(!path.file.empty() && path.file.find_first_of("/\\") == std::string::npos && path.inArchive);
  for (const std::string& folder : path.folders) {
    require(folder != ".." && folder.find_first_of("/\\") == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static BytesFile file;
  const auto bytes = fuzzBytes(data, size);
  if (!looksLikeArchive(bytes)) return -1;
  const std::filesystem::path path = file.hold(bytes);
  fuzzed([&] {
    Counter counter;
    readArchive(path, {.picture =
                           [&](FoundPicture picture) {
                             checkPath(picture.path);
                             counter.count(picture.bytes.size());
                           },
                       .table =
                           [&](FoundTable table) {
                             checkPath(table.path);
                             counter.count(table.bytes.size());
                           },
                       .skip =
                           [&](const std::string&, const std::string& reason) {
                             require(!reason.empty());
                             counter.count(0);
                           }});
  });
  return fuzzed([&] {
    Counter counter;
    readArchiveFiles(
        path, [](const std::string& name) { return name.size() % 2 == 0; },
        [&](const std::string&, std::vector<std::byte> content) { counter.count(content.size()); },
        [&](const std::string&, const std::string&) { counter.count(0); });
  });
}
