// Sheets on disk: the pictures and the data beside them, all of them or none.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/export/sheet_data.h"

namespace loom {

struct SheetFiles {
  std::filesystem::path image;
  std::vector<std::filesystem::path> data;
};
/// Picture first, then data, of all sheets.
std::vector<std::filesystem::path> allFiles(const std::vector<SheetFiles>& files);

/// What saveSheets would write to for sheets of these suffixes: FILE.png (FILE-2.png, FILE-Bob.png, …) and its data as
/// FILE.json, FILE.tsx and so on. Where two kinds of data have one ending, the second has its word before it
/// (FILE.array.json). Throws Error when two files would have one name.
std::vector<SheetFiles> sheetFiles(const std::filesystem::path& image, const std::vector<std::string>& suffixes,
                                   const std::vector<SheetData>& data);
std::vector<SheetFiles> sheetFiles(const std::filesystem::path& image, std::span<const Sheet> sheets,
                                   const std::vector<SheetData>& data);

struct SheetSaving {
  std::vector<SheetData> data = {};
  bool fullColour = false;  ///< RGBA, also where at most 256 colours would do with a palette
  bool replace = false;     ///< files that are there
};
/// Writes all files or, when something fails or is cancelled, none. Throws Error when one exists and may not be
/// replaced (nothing is written then).
std::vector<SheetFiles> saveSheets(std::span<const Sheet> sheets, const std::filesystem::path& image,
                                   const SheetSaving& saving, JobMonitor& monitor);
/// The same for one sheet.
SheetFiles saveSheet(const Sheet& sheet, const std::filesystem::path& image, const SheetSaving& saving);

}  // namespace loom
