#include "core/studio/view_pictures.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/dataset/importer_names.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/image/pixel_grid.h"
#include "core/studio/characters.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> picturesOf(const std::vector<fs::path>& sources) {
  std::vector<fs::path> files;
  for (const fs::path& source : sources) {
    if (!fs::is_directory(source)) {
      files.push_back(source);
      continue;
    }
    for (const FolderPicture& picture : folderPictures(source)) files.push_back(picture.file);
  }
  if (files.empty()) throw Error("there is no picture", "choose one at least");
  return files;
}

std::vector<PictureName> namesOf(const std::vector<fs::path>& files) {
  std::vector<PicturePath> paths;
  for (const fs::path& file : files) {
    const fs::path folder = file.parent_path();
    paths.push_back({.where = folder.parent_path().string(),
                     .folders = {folder.filename().string()},
                     .file = file.filename().string()});
  }
  return namePictures(paths, [](const std::string&) { return false; });
}

}  // namespace

Sprite atNativeSize(const Sprite& picture) {
  const PixelGrid grid = findPixelGrid(picture);
  return grid.found() && grid.confidence >= kSureGrid ? undoUpscaling(picture, grid) : picture;
}

Sprite fittedToModel(const Sprite& sprite, int side) {
  const Fitted fitted = fittedTo(sprite, side);
  return cropped(fitted.sprite, fitted.area);
}

std::vector<ViewPicture> readViewPictures(const std::vector<fs::path>& sources, JobMonitor& monitor) {
  const std::vector<fs::path> files = picturesOf(sources);
  const std::vector<PictureName> names = namesOf(files);
  const auto wanted = std::ranges::count(names, names.front().character, &PictureName::character);
  monitor.begin("Reading views", wanted);
  std::vector<ViewPicture> pictures;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (names[i].character != names.front().character) continue;
    pictures.push_back({names[i].character, names[i].view, atNativeSize(readImage(files[i]))});
    monitor.advance(std::ssize(pictures));
  }
  return pictures;
}

}  // namespace loom
