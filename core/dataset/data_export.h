// A data set as files: folders of pictures, or a CSV file with one picture a row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/channels.h"
#include "core/project/project.h"

namespace loom {

struct DataExportOptions {
  int channels = 4;                    ///< 1 grayscale, 2 grayscale with alpha, 3 RGB, 4 RGBA
  Rgba background = kWhite;            ///< under what 1 and 3 channels cannot say
  std::vector<SpriteId> sprites = {};  ///< these, also where they are excluded; empty: all that are not excluded
  bool force = false;                  ///< files that are there may be replaced
};

enum class CsvLabelColumn { kNone, kView, kCharacter };

struct DataExportReport {
  std::vector<std::filesystem::path> files = {};    ///< what holds the pictures
  std::vector<std::filesystem::path> credits = {};  ///< CREDITS.txt and CREDITS.csv beside them
  std::int64_t sprites = 0;
  std::string fitting = {};  ///< CSV: what was done to the sprites of another size, "3 padded"; empty: nothing
};

/// Writes OUT/VIEW/CHARACTER.png, frames of an animation OUT/VIEW/CHARACTER-ANIMATION-FF.png, of the colour type that
/// `channels` says. What no file name may hold becomes '_', and two of one name become NAME.png and NAME-2.png. Where
/// author, licence or source of a sprite is known, OUT/CREDITS.txt and OUT/CREDITS.csv say them.
/// All files or none: they are written aside first, and a cancelled export leaves nothing. Throws Error (no sprites, no
/// space, a file is there already), Cancelled.
DataExportReport exportFolders(const Project& project, const std::filesystem::path& out,
                               const DataExportOptions& options, JobMonitor& monitor);

/// Writes a CSV file as CsvWriter does, with the credits beside it (those of a second file in one folder are called
/// NAME-CREDITS.txt and NAME-CREDITS.csv where they differ). Sprites of different sizes are fitted (fittedTo) to
/// the square that holds most of them unchanged; sprites of one size keep it, also when it is no square.
DataExportReport exportCsv(const Project& project, const std::filesystem::path& file, CsvLabelColumn label, bool header,
                           const DataExportOptions& options, JobMonitor& monitor);

}  // namespace loom
