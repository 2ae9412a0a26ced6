// Names from outside: of rows, views, files and folders. Lines are one name each.
#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/base/file_names.h"
#include "core/base/natural_order.h"
#include "core/dataset/importer_names.h"
#include "core/dataset/sheet_names.h"
#include "core/project/view.h"
#include "tests/fuzz/bytes.h"

namespace {

using namespace loom;

std::vector<std::string> linesOf(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::vector<std::string> lines;
  for (std::size_t end = 0; lines.size() < kMost && end != std::string_view::npos;) {
    end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

PicturePath pathFrom(const std::string& line, bool inArchive) {
  PicturePath path{.where = "/art", .folders = {"set"}, .file = {}, .inArchive = inArchive};
  std::size_t begin = 0;
  for (std::size_t end = line.find('/'); end != std::string::npos; end = line.find('/', begin)) {
    path.folders.push_back(validUtf8(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  path.file = validUtf8(line.substr(begin));
  return path;
}

void nameRows(const std::vector<std::string>& lines, const std::string& preset) {
  SheetNaming naming;
  fuzzed([&] { naming = sheetNamingPreset(preset); });
  for (const std::string& line : lines) naming.rows.push_back(parseRowLabel(line));
  naming.columns = static_cast<int>(lines.front().size() % 7);
  const std::vector<SheetCell> cells{{{0, 0, 8, 8}, 0, 0}, {{8, 0, 8, 8}, 0, 1}, {{8, 40, 8, 8}, 5, 1}};
  require(nameCells(cells, naming).size() == cells.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> lines = linesOf(fuzzText(fuzzBytes(data, size)));
  nameRows(lines, lines.back());
  std::vector<PicturePath> paths;
  for (const std::string& line : lines) {
    paths.push_back(pathFrom(line, size % 2 == 0));
    const std::string name = safeFileName(line);
    require(!name.empty() && name.size() <= 200 && name.find('/') == std::string::npos && name.front() != '.');
    parseView(line);
    mirroredView(line);
    require(!naturalLess(line, line));
    require(!naturalLess(line, lines.front()) || !naturalLess(lines.front(), line));
  }
  std::vector<std::string> sorted = lines;
  std::ranges::sort(sorted, naturalLess);
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) require(!naturalLess(sorted[i + 1], sorted[i]));
  const auto taken = [&](const std::string& name) { return std::ranges::find(lines, name) != lines.end(); };
  std::set<std::pair<std::string, std::string>> given;
  for (const PictureName& name : namePictures(paths, taken)) {
    require(!taken(name.character) && given.emplace(name.character, name.view).second);
  }
  require(given.size() == paths.size());
  require(sortedViews(lines).size() <= lines.size() && lpcOrder(lines).size() <= lines.size());
  return 0;
}
