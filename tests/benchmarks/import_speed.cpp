// How long the import of an archive takes, against a Python loop that merely decodes its pictures with Pillow.
// spriteloom-bench-import [archive] [python]; without Pillow the second figure is left out.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>

#include "core/base/error.h"
#include "core/dataset/importer.h"

namespace {

using namespace loom;
namespace fs = std::filesystem;

constexpr int kRounds = 7;

fs::path tinyHero() {
  for (fs::path folder = SPRITELOOM_SOURCE_DIR; folder.has_relative_path(); folder = folder.parent_path()) {
    const fs::path file = folder.parent_path() / "shared/data/tiny-hero.zip";
    if (fs::exists(file)) return file;
  }
  return {};
}

/// One import into a new project, in seconds.
double importOnce(const fs::path& archive, const fs::path& folder, std::int64_t& sprites) {
  fs::remove_all(folder);
  const Project project = Project::create(folder);
  JobMonitor monitor;
  const auto begin = std::chrono::steady_clock::now();
  sprites = importSprites(project, {archive}, monitor).imported;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// What Python measures of itself, its start and the import of Pillow left out; negative where there is no Pillow.
double pillowOnce(const fs::path& archive, const std::string& python) {
  const std::string program =
      "import io,sys,time,zipfile\n"
      "from PIL import Image\n"
      "Image.init()\n"
      "begin=time.perf_counter()\n"
      "archive=zipfile.ZipFile(sys.argv[1])\n"
      "for name in archive.namelist():\n"
      "    if name.endswith('.png'): Image.open(io.BytesIO(archive.read(name))).convert('RGBA').load()\n"
      "print(time.perf_counter()-begin)\n";
  const std::string command = python + " -c \"" + program + "\" '" + archive.string() + "' 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 64> line{};
  if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr) return -1;
  return std::atof(line.data());
}

int measure(const fs::path& archive, const std::string& python) {
  const fs::path folder = fs::temp_directory_path() / ("loom-import-" + std::to_string(std::random_device()()));
  double ours = 1e9;
  double theirs = 1e9;
  std::int64_t sprites = 0;
  for (int i = 0; i < kRounds; ++i) {  // in turn, so that both meet the same machine
    ours = std::min(ours, importOnce(archive, folder / "p.loom", sprites));
    if (theirs > 0) theirs = std::min(theirs, pillowOnce(archive, python));
  }
  fs::remove_all(folder);
  std::printf("import of %lld sprites  %.3f s, best of %d\n", static_cast<long long>(sprites), ours, kRounds);
  if (theirs < 0) {
    std::printf("no Pillow for '%s': nothing to compare with\n", python.c_str());
    return 0;
  }
  std::printf("decoded by Pillow       %.3f s, best of %d\n", theirs, kRounds);
  std::printf("ratio                   %.2f\n", ours / theirs);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path archive = argc > 1 ? fs::path(argv[1]) : tinyHero();
  if (archive.empty() || !fs::exists(archive)) {
    std::fprintf(stderr, "no archive to import: name one\n");
    return 2;
  }
  try {
    return measure(archive, argc > 2 ? argv[2] : "python3");
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
