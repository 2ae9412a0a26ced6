// A model's directions without a window, directions learned from what is in a project, and pictures of both.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/latent/directions.h"
#include "core/project/project.h"
#include "core/training/model.h"

namespace loom {

/// At most `count` directions of the model, most effect first: the same that the window shows. `threads` are intra-op,
/// 0: one a core. Throws Error, Cancelled.
std::vector<Direction> findDirections(const std::shared_ptr<const Model>& model, int count, JobMonitor& monitor,
                                      int threads = 0);

/// How many examples are needed on each side: fewer say more of themselves than of what they have in common.
inline constexpr std::size_t kLeastTagged = 5;
inline constexpr std::size_t kLeastFavourites = 3;

/// The direction towards sprites (of a model of whole characters: characters) with the tag, away from those without,
/// at most 400 of each; where the model has no encoder, each is looked for by optimisation, at most 16 of each, and
/// that takes half a minute. Excluded ones count as well; those without any tag do not, where enough others have one.
/// Throws Error when there are fewer than kLeastTagged on a side, Cancelled.
Direction learnFromTag(const Project& project, const std::shared_ptr<const Model>& model, const std::string& tag,
                       JobMonitor& monitor, int threads = 0);
/// The tags of the project's sprites, by name.
std::vector<std::string> tagsOf(const Catalogue& catalogue);

/// The direction from the latents `without` to those `with`. Throws Error when there are fewer than kLeastFavourites on
/// a side or they are of another model, Cancelled.
Direction learnFromGroups(const std::shared_ptr<const Model>& model, std::span<const Latent> with,
                          std::span<const Latent> without, const std::string& name, JobMonitor& monitor,
                          int threads = 0);

/// A row a direction: `origin` moved along it to -2, 0 and +2, in view `view` (an index into model->views), 1 px
/// between cells. Throws Error, Cancelled.
Sprite drawDirections(const std::shared_ptr<const Model>& model, std::span<const Direction> directions,
                      const Latent& origin, int view, JobMonitor& monitor, int threads = 0);
/// Where the pictures of a strip stand on their direction.
inline constexpr float kStripPositions[] = {-2, 0, 2};

}  // namespace loom
