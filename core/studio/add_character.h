// A character that was made in the studio, taken into the data set.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer.h"
#include "core/export/sheet.h"
#include "core/project/project.h"

namespace loom {

struct NewCharacter {
  SheetCharacter pictures;        ///< a name that is taken gets a number, "hero 2", unless it is completed
  std::vector<SpriteId> origins;  ///< sprites it was made from: it bears their authors, licences and tags
  std::string source;             ///< what made it: "turnaround of run 20, step 4000"
};

/// Adds the views as sprites of one character, in one transaction. Where all origins are of one of that name and
/// no picture differs from what it has of that view, it is completed: it gets the views that it lacks. Origins that are
/// gone are passed over. Throws Error for a character without a name or pictures.
ImportReport addCharacter(const Project& project, const NewCharacter& character, JobMonitor& monitor);

}  // namespace loom
