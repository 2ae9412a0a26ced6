// The rows of a table that are nearest to a row: exact for small tables, by a navigable graph for large ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/sprite_features.h"

namespace loom {

struct Neighbour {
  std::uint32_t row = 0;
  float distance = 0;  ///< Euclidean
};

/// Up to kExactRows rows are searched one by one; more by HNSW (Malkov and Yashunin 2018, "Efficient and robust
/// approximate nearest neighbor search using hierarchical navigable small world graphs"), built in the order of the
/// rows on one thread, so that the same table gives the same neighbours on every machine.
class NeighbourIndex {
 public:
  static constexpr std::size_t kExactRows = 3000;

  /// `table` must outlive the index. Memory beside it: about 4 bytes x (columns + 40) a row when it is large.
  NeighbourIndex(const FeatureTable& table, JobMonitor& monitor);
  ~NeighbourIndex();
  NeighbourIndex(NeighbourIndex&&) noexcept;
  NeighbourIndex& operator=(NeighbourIndex&&) = delete;

  /// Nearest first, at most `count`. May be called on many threads at once.
  std::vector<Neighbour> nearest(std::span<const float> row, std::size_t count) const;

 private:
  struct Graph;
  const FeatureTable& m_table;
  std::unique_ptr<Graph> m_graph;
};

/// For every row its `count` nearest others, nearest first; fewer when there are not as many.
std::vector<std::vector<Neighbour>> nearestRows(const FeatureTable& table, std::size_t count, JobMonitor& monitor);

}  // namespace loom
