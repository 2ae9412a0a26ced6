// Which views of each character a turnaround is shown, and which it must draw.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace loom {

struct SeenViews {
  at::Tensor seen;     ///< N x V: 1 for a view that is shown, else 0
  at::Tensor targets;  ///< N x 1: one that is there and not shown
};
/// Another choice for each character (one for a whole batch would bring the statistics of BatchNorm into its rhythm):
/// mostly a single view is shown, else two or more. `present` N x V on the CPU, two 1 at least in each row.
SeenViews drawSeenViews(const at::Tensor& present, at::Generator& random);

/// Character i shows its view i mod V alone, or the next one that it has: N x V.
at::Tensor oneSeenView(const at::Tensor& present);

}  // namespace loom
