// From a picture to the character of a model that comes nearest to it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/latent/character_inversion.h"
#include "core/training/model.h"

namespace loom {

/// All views of the model as they have been found so far.
using FindWatcher = std::function<void(const std::vector<Sprite>& sprites)>;

/// `views` are sprites of any size, one a view of the model, empty where nothing is known; a model that draws single
/// sprites goes by the first that is there. Begins with what an encoder says where the model has one, then looks by
/// optimisation: some seconds. `threads` are intra-op, 0: one a core. Throws Error (another number of views, none of
/// them there, a model that draws no new characters), Cancelled.
FoundCharacter findCharacter(const std::shared_ptr<const Model>& model, std::span<const Sprite> views,
                             JobMonitor& monitor, const FindWatcher& watcher = {}, int threads = 0);

}  // namespace loom
