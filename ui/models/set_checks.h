// The checks of a whole set that the data page offers: each looks through all sprites and says what it found, under
// headings.
#pragma once

#include <functional>
#include <vector>

#include "core/studio/studio.h"
#include "ui/models/sprite_table.h"

namespace loom {

struct SetCheck {
  QString name;   ///< "checkDuplicates"
  QString title;  ///< on the menu, and over what was found
  QString help;
  QString doing;  ///< while it runs
  /// Called on a worker. Throws Error, and Cancelled.
  std::function<SpriteFindings(const SpriteTable&, const Catalogue&, JobMonitor&)> run;
};

const std::vector<SetCheck>& setChecks();

}  // namespace loom
