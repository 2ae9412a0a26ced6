// How well missing views are drawn, task by task, each figure beside what drawing nothing would get.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/evaluate/measure.h"
#include "core/evaluate/turnaround_sets.h"
#include "core/latent/turnaround.h"

namespace loom {

/// Draws the views that are not there, as Turnaround::missingViews does.
using DrawMissingViews = std::function<std::vector<TurnedView>(std::span<const std::optional<Sprite>> views)>;

/// One view as it was drawn from one other.
struct TurnaroundExample {
  std::size_t character = 0;  ///< index into the held-out ones
  int seen = 0;               ///< indices into the views, as the next
  int wanted = 0;
  Sprite drawn = {};
};

struct TurnaroundEvaluation {
  std::vector<Measure> measures = {};
  std::vector<TurnaroundExample> examples = {};  ///< of a dozen characters, each seen from another side
};

/// Of every held-out character each view is shown alone, and so are all pairs and threes of views (eight of them at
/// most, spread evenly); what is missing is drawn and held against the true view:
///   difference: mean absolute difference on [-1, 1], RGBA, colours multiplied by alpha;
///   exact, exact_visible: share of exactly right pixels, of all and of those that either picture shows;
///   foreign: share of the pixels in a colour that no seen view wears.
/// Figures are means over pictures: from each view alone ("from_front"), with one, two, three seen ("one_seen", …), and
/// of each task with one view seen ("front_left"). Every measure stands beside its
///   floor: the best that the colours of the seen views allow;
///   baselines: retrieval, copy and mirror (core/evaluate/turnaround_baselines.h), of which `baseline` is the best; a
///     copy stands for the retrieval where no training character has the views.
/// Intervals draw whole characters. The same sets and `seed` give the same figures. Throws Error where no held-out
/// character has two views, Cancelled.
TurnaroundEvaluation evaluateTurnaround(const TurnaroundSets& sets, const DrawMissingViews& draw, std::uint64_t seed,
                                        JobMonitor& monitor);

}  // namespace loom
