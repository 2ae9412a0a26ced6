// Characters as folders of pictures, read and written.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/natural_order.h"
#include "core/image/codec.h"
#include "core/project/view.h"
#include "core/studio/characters.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

bool isNumber(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

bool hasPictureExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) { return std::tolower(letter); });
  static const std::set<std::string> kKnown = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"};
  return kKnown.contains(extension);
}

std::vector<fs::path> picturesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (entry.is_regular_file() && !hidden && hasPictureExtension(entry.path())) files.push_back(entry.path());
  }
  std::ranges::sort(files, [](const fs::path& left, const fs::path& right) {
    return naturalLess(left.filename().string(), right.filename().string());
  });
  return files;
}

/// Sub-folder -> view: by parseView, but bare numbers are views only where every numbered folder is one.
std::map<fs::path, std::string> viewFolders(const fs::path& folder) {
  std::vector<fs::path> folders;
  bool numbersAreViews = true;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory() || name.starts_with('.')) continue;
    folders.push_back(entry.path());
    if (isNumber(name) && !parseView(name)) numbersAreViews = false;
  }
  std::map<fs::path, std::string> views;
  for (const fs::path& path : folders) {
    const std::string name = path.filename().string();
    const auto view = numbersAreViews ? parseView(name) : parseViewWord(name);
    views[path] = view.value_or(name);
  }
  return views;
}

}  // namespace

std::vector<FolderPicture> folderPictures(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw Error(folder.string() + " is no folder", "name a folder of pictures, DIR/VIEW/NAME.png or DIR/NAME.png",
                folder);
  }
  std::vector<FolderPicture> files;
  for (const fs::path& path : picturesIn(folder)) files.push_back({path, std::string(kAnyView)});
  for (const auto& [path, view] : viewFolders(folder)) {
    for (const fs::path& picture : picturesIn(path)) files.push_back({picture, view});
  }
  if (files.empty()) {
    throw Error("there are no pictures in " + folder.string(),
                "pictures are looked for as DIR/VIEW/NAME.png and DIR/NAME.png", folder);
  }
  return files;
}

std::vector<SheetCharacter> folderCharacters(const fs::path& folder, JobMonitor& monitor) {
  const std::vector<FolderPicture> files = folderPictures(folder);
  monitor.begin("Reading pictures", static_cast<std::int64_t>(files.size()));
  const auto less = [](const std::string& left, const std::string& right) { return naturalLess(left, right); };
  std::map<std::string, SheetCharacter, decltype(less)> byName(less);
  std::int64_t done = 0;
  for (const FolderPicture& picture : files) {
    const std::string name = picture.file.stem().string();
    SheetCharacter& character = byName.try_emplace(name, SheetCharacter{name, {}}).first->second;
    character.views.emplace_back(picture.view, readImage(picture.file));
    monitor.advance(++done);
  }
  std::vector<SheetCharacter> characters;
  for (auto& [name, character] : byName) characters.push_back(std::move(character));
  return characters;
}

std::vector<fs::path> saveCharacters(const std::vector<SheetCharacter>& characters, const fs::path& out, bool flat,
                                     JobMonitor& monitor) {
  std::int64_t total = 0;
  for (const SheetCharacter& character : characters) total += static_cast<std::int64_t>(character.views.size());
  monitor.begin("Writing pictures", total);
  std::vector<fs::path> files;
  FilePaths paths;
  for (const SheetCharacter& character : characters) {
    for (const auto& [view, sprite] : character.views) {
      const fs::path folder = flat ? out : out / safeFileName(view);
      std::error_code error;  // a folder that cannot be made is told by the file that cannot be written
      fs::create_directories(folder, error);
      files.push_back(paths.add(folder, character.name, ".png"));
      writeFileAtomically(files.back(), withOrigins(encodePng(sprite), {&character.origin, 1}));
      monitor.advance(static_cast<std::int64_t>(files.size()));
    }
  }
  return files;
}

}  // namespace loom
