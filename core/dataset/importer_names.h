// Which character and which view a picture shows, told from where it lay. Private to the importer.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace loom {

/// Where a picture lay: WHERE/FOLDERS.../FILE. All UTF-8.
struct PicturePath {
  std::string where;                 ///< what the first folder lies in; tells whether two sources are neighbours
  std::vector<std::string> folders;  ///< outermost first; the first is the source itself (its archive's name)
  std::string file;                  ///< with its extension
  bool inArchive = false;            ///< then the first folder is no real one, and its name no number of a view
};

struct PictureName {
  std::string character;
  std::string view;
};

/// Names the pictures of one import. Pictures with the same name in different view folders are one character; where
/// that would give a character two pictures of one view, the other folders become part of the names, then the files'
/// endings, then numbers. When `taken` says yes to one of the names, all get the name of their source in front, so that
/// the new characters stay apart from the ones that are there.
std::vector<PictureName> namePictures(std::span<const PicturePath> paths,
                                      const std::function<bool(const std::string&)>& taken);

/// `text` with every byte that is no UTF-8 replaced by U+FFFD.
std::string validUtf8(const std::string& text);

}  // namespace loom
