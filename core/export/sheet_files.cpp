#include "core/export/sheet_files.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/pending_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

bool hasPngExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return extension == ".png";
}

/// Each kind once, in their own order.
std::vector<SheetData> kindsOf(std::vector<SheetData> data) {
  std::ranges::sort(data);
  const auto rest = std::ranges::unique(data);
  data.erase(rest.begin(), rest.end());
  return data;
}

/// FILE.json; for the second of one ending what stands behind the last '-' of its word too: FILE.array.json.
SheetFiles filesOf(const fs::path& image, const std::vector<SheetData>& kinds) {
  SheetFiles files{image, {}};
  std::set<std::string> endings;
  for (const SheetData data : kinds) {
    const SheetDataKind& kind = sheetDataKind(data);
    const std::string word = kind.word;
    const bool isNew = endings.insert(kind.ending).second;
    fs::path path = image;
    files.data.push_back(
        path.replace_extension(isNew ? kind.ending : "." + word.substr(word.rfind('-') + 1) + kind.ending));
  }
  return files;
}

void checkDifferent(const std::vector<SheetFiles>& files) {
  std::set<fs::path> seen;
  for (const fs::path& path : allFiles(files)) {
    if (seen.insert(path).second) continue;
    throw Error("two of the files would be " + path.string(), "rename the character, or write less data", path);
  }
}

void checkTarget(const fs::path& path, bool replace) {
  if (!fs::exists(fs::symlink_status(path))) return;
  if (fs::is_directory(path)) throw Error(path.string() + " is a folder", "choose another name", path);
  if (!replace) {
    throw Error(path.string() + " exists already", "choose another name, or say that it may be replaced", path);
  }
}

}  // namespace

std::vector<fs::path> allFiles(const std::vector<SheetFiles>& files) {
  std::vector<fs::path> all;
  for (const SheetFiles& each : files) {
    all.push_back(each.image);
    all.insert(all.end(), each.data.begin(), each.data.end());
  }
  return all;
}

std::vector<SheetFiles> sheetFiles(const fs::path& image, const std::vector<std::string>& suffixes,
                                   const std::vector<SheetData>& data) {
  fs::path stem = image;
  std::string extension = ".png";
  if (hasPngExtension(image)) {
    extension = image.extension().string();
    stem.replace_extension();
  }
  const std::vector<SheetData> kinds = kindsOf(data);
  FilePaths names;  // of characters: two of them may be one as the name of a file
  std::vector<SheetFiles> files;
  for (const std::string& suffix : suffixes) {
    fs::path path = stem;
    if (!suffix.empty()) path += "-" + names.add({}, suffix, {}).string();
    files.push_back(filesOf(path += extension, kinds));
  }
  checkDifferent(files);
  return files;
}

std::vector<SheetFiles> sheetFiles(const fs::path& image, std::span<const Sheet> sheets,
                                   const std::vector<SheetData>& data) {
  std::vector<std::string> suffixes;
  for (const Sheet& sheet : sheets) suffixes.push_back(sheet.suffix);
  return sheetFiles(image, suffixes, data);
}

std::vector<SheetFiles> saveSheets(std::span<const Sheet> sheets, const fs::path& image, const SheetSaving& saving,
                                   JobMonitor& monitor) {
  const std::vector<SheetFiles> files = sheetFiles(image, sheets, saving.data);
  for (const fs::path& path : allFiles(files)) checkTarget(path, saving.replace);
  if (image.has_parent_path()) {
    std::error_code error;  // what matters is whether the file can be written, and that is said below
    fs::create_directories(image.parent_path(), error);
  }
  const std::vector<SheetData> kinds = kindsOf(saving.data);
  monitor.begin("Writing sheets", static_cast<std::int64_t>(sheets.size()));
  PendingFiles pending;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const SheetEncoder encoder(sheets[i], saving.fullColour);
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const std::string content = encoder.data(kinds[k], files[i].image.filename().string());
      writeFileAtomically(pending.add(files[i].data[k]), std::as_bytes(std::span(content)));
    }
    // Last: who waits for the picture finds its data there.
    writeFileAtomically(pending.add(files[i].image), encoder.png());
    monitor.advance(static_cast<std::int64_t>(i) + 1);
  }
  pending.commit();
  return files;
}

SheetFiles saveSheet(const Sheet& sheet, const fs::path& image, const SheetSaving& saving) {
  JobMonitor unwatched;
  return saveSheets(std::span(&sheet, 1), image, saving, unwatched).front();
}

}  // namespace loom
