// How sure a mean is when what it is taken over comes in groups: the views of one character are no independent
// witnesses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random_stream.h"

namespace loom {

/// Standard errors to each side of an estimate that hold it 95 times of 100 when the error itself is estimated from
/// `groups` groups, two at least: Student's t with one degree of freedom less (Peiser's expansion, within 1 % from four
/// groups on). 1.96 for many.
double errorsOf95(std::size_t groups);

/// Groups of a set of rows, numbered 0, 1, … in ascending order of their names.
class Groups {
 public:
  explicit Groups(std::span<const int> names);
  std::size_t count() const { return m_count; }
  std::size_t rows() const { return m_ofRow.size(); }
  std::size_t ofRow(std::size_t row) const { return m_ofRow[row]; }

  /// How often each group comes up when as many as there are are drawn with replacement (the cluster bootstrap: Field
  /// and Welsh 2007).
  std::vector<int> drawn(RandomStream& random) const;

 private:
  std::vector<std::size_t> m_ofRow;
  std::size_t m_count = 0;
};

/// How many times whole groups are drawn anew for one interval.
inline constexpr int kDraws = 400;

/// Half the width of the 95 % interval of a figure whose values over the draws are these; the deviation of draws from
/// few groups is too small by a factor that is known, and is set right.
double halfWidth(std::span<const double> ofDraws, std::size_t groups);

/// Half the width of the 95 % interval of the mean of `values`, of which `names` tells the group; groups are drawn
/// whole. 0 for a single group, of which nothing can be told.
double meanHalfWidth(std::span<const double> values, std::span<const int> names, std::uint64_t seed);

}  // namespace loom
