// Cleaning the sprites of a project: steps applied to many at once as one change that can be taken back, and each
// sprite's own list of steps replayed from the picture it came with.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/cleaning.h"
#include "core/project/project.h"

namespace loom {

/// The step that stands for a sprite drawn over by hand; its pixels are the catalogue's storedPixels.
inline constexpr const char* kEditStep = "edit";

struct CleaningReport {
  ChangeId change = 0;      ///< for Catalogue::swapChange; 0: nothing was changed
  std::int64_t looked = 0;  ///< sprites
  std::int64_t changed = 0;
  std::vector<std::pair<std::string, std::int64_t>> notes;  ///< what the steps said, and how often; most frequent first
  std::vector<std::pair<SpriteId, std::string>> failed;     ///< left as they were, with the reason
};

/// Applies `steps` (parseCleaningStep) to sprites one after the other; what needs the whole set is found out over `ids`
/// first. All in one transaction at the end. Throws Error, and Cancelled; nothing is changed then.
CleaningReport cleanSprites(const Project& project, std::span<const SpriteId> ids,
                            const std::vector<CleaningStep>& steps, JobMonitor& monitor);

/// What becomes of a sprite's list of steps (as Catalogue::steps gives it). Called on the thread of the job.
using StepEdit = std::function<Json(const Json& present)>;
/// Takes every step back.
Json noSteps(const Json& present);

/// Gives each sprite the list of steps that `edit` makes of its own, replayed from its original; an empty list reverts
/// it.
CleaningReport replaySteps(const Project& project, std::span<const SpriteId> ids, const StepEdit& edit,
                           JobMonitor& monitor);

/// Takes over what was drawn over a sprite in another program or by hand. `what` names the change.
CleaningReport editSprite(const Project& project, SpriteId id, const Sprite& pixels, const std::string& what);

/// What `steps` make of the sprite's original. Throws Error.
Sprite replayed(const Catalogue& catalogue, SpriteId id, const Json& steps);

/// As the catalogue keeps steps, and back. The latter throws Error for what is none.
Json toJson(const CleaningStep& step);
CleaningStep stepFrom(const Json& json);

}  // namespace loom
