// Sheets on disk: all files of one sheet or none.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/export/sheet_parts.h"
#include "core/image/codec.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

bool hasPngExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return extension == ".png";
}

/// Each kind once, hash before array.
std::vector<SheetData> kindsOf(std::vector<SheetData> data) {
  std::ranges::sort(data);
  const auto rest = std::ranges::unique(data);
  data.erase(rest.begin(), rest.end());
  return data;
}

Bytes jsonBytes(const Sheet& sheet, const std::string& imageName, SheetData data) {
  // Names come from files and may hold bytes that are no UTF-8: those are replaced, the sheet is written all the same.
  const std::string text = sheet_parts::orderedJson(sheet, imageName, data)
                               .dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                           "\n";
  const auto view = std::as_bytes(std::span(text));
  return {view.begin(), view.end()};
}

/// Files that exist under other names until commit() renames them; destroyed without it, they are gone.
class StagedFiles {
 public:
  ~StagedFiles() {
    std::error_code ignored;
    for (const auto& [staged, target] : m_files) fs::remove(staged, ignored);
  }

  void add(const fs::path& target, const Bytes& bytes) {
    const fs::path staged = freeName(target.parent_path() / ("." + target.filename().string() + ".new"));
    m_files.emplace_back(staged, target);
    writeFileAtomically(staged, bytes);
  }

  void commit() {
    for (const auto& [staged, target] : m_files) {
      std::error_code error;
      fs::rename(staged, target, error);
      if (error) throw Error("could not save " + target.string() + ": " + error.message(), "try another name", target);
    }
    m_files.clear();
  }

 private:
  std::vector<std::pair<fs::path, fs::path>> m_files;
};

void checkTarget(const fs::path& path, bool replace) {
  if (!fs::exists(fs::symlink_status(path))) return;
  if (fs::is_directory(path)) throw Error(path.string() + " is a folder", "choose another name", path);
  if (!replace) {
    throw Error(path.string() + " exists already", "choose another name, or say that it may be replaced", path);
  }
}

}  // namespace

SheetFiles sheetFiles(const fs::path& image, const std::vector<SheetData>& data) {
  SheetFiles files;
  files.image = image;
  if (!hasPngExtension(image)) files.image += ".png";
  for (const SheetData kind : kindsOf(data)) {
    fs::path path = files.image;
    const bool taken = kind == SheetData::kJsonArray && !files.data.empty();
    files.data.push_back(path.replace_extension(taken ? ".array.json" : ".json"));
  }
  return files;
}

SheetFiles saveSheet(const Sheet& sheet, const fs::path& image, const std::vector<SheetData>& data, bool replace) {
  const SheetFiles files = sheetFiles(image, data);
  checkTarget(files.image, replace);
  for (const fs::path& path : files.data) checkTarget(path, replace);

  const Bytes png = encodePng(sheet.image);
  if (files.image.has_parent_path()) {
    std::error_code error;  // what matters is whether the file can be written, and that is said below
    fs::create_directories(files.image.parent_path(), error);
  }
  StagedFiles staged;
  staged.add(files.image, png);
  const std::vector<SheetData> kinds = kindsOf(data);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    staged.add(files.data[i], jsonBytes(sheet, files.image.filename().string(), kinds[i]));
  }
  staged.commit();
  return files;
}

}  // namespace loom
