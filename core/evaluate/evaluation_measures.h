// The measures group by group, each of the made sprites, the floor and the baseline. Private to evaluation.h.
#pragma once

#include <string>
#include <vector>

#include "core/evaluate/evaluation_bench.h"

namespace loom {

/// KID, MMD, precision, recall, density and coverage in one feature space, called kid_SUFFIX, …; `where` ends their
/// titles.
void measureIn(FeatureSpace& space, const std::string& suffix, const std::string& where, const Bench& bench,
               std::vector<Measure>& measures);
/// Sliced Wasserstein distances: swd_SIDE.
void measureScales(const Bench& bench, std::vector<Measure>& measures);
/// copies, nearest_ratio, nearer_than_held_out.
void measureCopying(const Bench& bench, std::vector<Measure>& measures);
/// views_right, by a judge who learned from `training`; nothing where all of that is of one view.
void measureViews(const Judged& training, const Bench& bench, std::vector<Measure>& measures);
/// colours, partial_alpha, orphans, off_palette; silhouette_overlap and mirror_consistency where views have a pair.
void measureCleanliness(const Bench& bench, std::vector<Measure>& measures);

}  // namespace loom
