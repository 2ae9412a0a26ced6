// What stands for the missing view of a character when nothing is drawn: another character's, or a view that is seen.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/evaluate/turnaround_sets.h"

namespace loom {

class TurnaroundBaselines {
 public:
  /// `sets` must outlive this. Throws Cancelled.
  TurnaroundBaselines(const TurnaroundSets& sets, JobMonitor& monitor);

  /// All of held-out character `character`, of which the views `seen` are shown and `wanted` is not.
  /// The wanted view of the training character whose seen views are nearest (the squared difference of all pixels,
  /// colours multiplied by alpha); empty where no training character has all those views.
  Sprite retrieved(std::size_t character, std::span<const int> seen, int wanted) const;
  /// A seen view as it is. Of several the one that is most like the wanted view among the training characters.
  Sprite copied(std::size_t character, std::span<const int> seen, int wanted) const;
  /// The same, mirrored: left for right.
  Sprite mirrored(std::size_t character, std::span<const int> seen, int wanted) const;

 private:
  void measureLikeness();
  int mostAlike(std::span<const int> seen, int wanted, bool mirrors) const;

  const TurnaroundSets& m_sets;
  std::vector<at::Tensor> m_distances;          ///< of each view: held-out x training, infinite where one lacks it
  std::vector<std::vector<double>> m_alike[2];  ///< [mirrored][from][to]: mean difference among training characters
};

}  // namespace loom
