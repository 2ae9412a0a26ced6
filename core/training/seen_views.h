// What of each character a turnaround is shown; all else that there is it must draw.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>

namespace loom {

/// N x V: 1 for a view that is shown, else 0. Another choice for each character (one for a whole batch would bring the
/// statistics of BatchNorm into its rhythm): mostly a single view, else two or more, and never all that there are.
/// `present` N x V on the CPU, two 1 at least in each row.
at::Tensor drawSeenViews(const at::Tensor& present, at::Generator& random);

/// Pixels of hidden views that are told all the same, as those are that an artist sets by hand: of some of the
/// characters scattered ones, of others a rectangle. `hidden` N x V of 0 and 1 on the CPU -> N x V x size x size.
at::Tensor drawHints(const at::Tensor& hidden, std::int64_t size, at::Generator& random);

/// Character i shows its view i mod V alone, or the next one that it has: N x V.
at::Tensor oneSeenView(const at::Tensor& present);

}  // namespace loom
