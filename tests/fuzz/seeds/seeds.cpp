#include "tests/fuzz/seeds/seeds.h"

#include <clocale>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace loom {

std::filesystem::path Seeds::next(const std::string& target) {
  const std::filesystem::path folder = m_folder / target;
  std::filesystem::create_directories(folder);
  return folder / ("seed-" + std::to_string(++m_written[target]));
}

void Seeds::put(const std::string& target, std::string_view bytes) {
  const std::filesystem::path path = next(target);
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  if (!file.flush()) throw std::runtime_error("could not write " + path.string());
}

void Seeds::put(const std::string& target, std::span<const std::byte> bytes) {
  put(target, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace loom

int main(int count, char** words) {
  if (count != 2) {
    std::fputs("fuzz_seeds FOLDER\n", stderr);
    return 2;
  }
  std::setlocale(LC_CTYPE, "C.UTF-8");  // libarchive writes names by it
  try {
    loom::Seeds seeds(words[1]);
    loom::putPictureSeeds(seeds);
    loom::putSheetSeeds(seeds);
    loom::putFileSeeds(seeds);
    loom::putPaletteSeeds(seeds);
    loom::putTextSeeds(seeds);
    loom::putWebSeeds(seeds);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "fuzz_seeds: %s\n", failure.what());
    return 1;
  }
}
