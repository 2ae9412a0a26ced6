// Brings sprites from folders, archives and single pictures into the catalogue.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer_options.h"
#include "core/project/project.h"

namespace loom {

struct SkippedFile {
  std::string file;
  std::string reason;
};

struct ImportReport {
  std::int64_t imported = 0;    ///< sprites now in the catalogue from this call, duplicates among them
  std::int64_t duplicates = 0;  ///< how many of the imported are byte twins of another sprite
  std::int64_t characters = 0;  ///< different characters among the imported
  std::vector<SkippedFile> skipped;
  std::vector<SkippedFile> notes;  ///< files of which sprites came, and what must be said of them
  std::int64_t upscaled = 0;       ///< pictures whose upscaling was undone
  std::int64_t resumed = 0;        ///< pictures that an import which did not end had read already
  std::vector<std::string> views;  ///< sortedViews of the imported
  std::vector<std::string> sizes;  ///< "64x64", … of the imported, most frequent first
  std::vector<SpriteId> sprites;   ///< the imported ones' ids, so that an import can be undone
  bool cancelled = false;          ///< stopped by the user: nothing was imported
};

/// Imports folders (recursively), ZIP and other archives, and single files: sprites, sheets, LPC sheets, animations and
/// CSV tables, as `options` say. Views come from folder names and numbers (parseView; numbers only where all numbered
/// siblings are 0..3), from a word in the file's name ("knight-front.png"), or from the names of a sheet's rows;
/// pictures with the same name in different view folders are one character. Unreadable files are skipped with the
/// reason. One transaction: a cancelled or killed import leaves nothing in the catalogue, and goes on where it was when
/// it is started again. Throws Error only when a source does not exist at all.
ImportReport importSprites(const Project& project, const std::vector<std::filesystem::path>& sources,
                           const ImportOptions& options, JobMonitor& monitor);
/// The same as the defaults have it.
inline ImportReport importSprites(const Project& project, const std::vector<std::filesystem::path>& sources,
                                  JobMonitor& monitor) {
  return importSprites(project, sources, ImportOptions(), monitor);
}

/// The same for one picture that is no file (from the clipboard, say): its character is called `name`.
ImportReport importPicture(const Project& project, const Sprite& picture, const std::string& name,
                           const std::string& source, ImportOptions options, JobMonitor& monitor);

}  // namespace loom
