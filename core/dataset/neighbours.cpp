#include "core/dataset/neighbours.h"

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cmath>

#include "core/base/parallel.h"

namespace loom {
namespace {

constexpr std::size_t kLinks = 12;         // the paper's M; its range for data of few dimensions is 5 to 16
constexpr std::size_t kBuildBreadth = 80;  // efConstruction
constexpr std::size_t kSearchBreadth = 64;

float squaredDistance(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

bool nearer(const Neighbour& a, const Neighbour& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.row < b.row;
}

}  // namespace

struct NeighbourIndex::Graph {
  explicit Graph(const FeatureTable& table) : space(table.columns), graph(&space, table.rows(), kLinks, kBuildBreadth) {
    graph.setEf(kSearchBreadth);
  }
  hnswlib::L2Space space;
  hnswlib::HierarchicalNSW<float> graph;
};

NeighbourIndex::NeighbourIndex(const FeatureTable& table, JobMonitor& monitor) : m_table(table) {
  if (table.rows() <= kExactRows) return;
  monitor.begin("Ordering the sprites by likeness", static_cast<std::int64_t>(table.rows()));
  m_graph = std::make_unique<Graph>(table);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    m_graph->graph.addPoint(table.row(row).data(), row);
    monitor.advance(static_cast<std::int64_t>(row) + 1);
  }
}

NeighbourIndex::~NeighbourIndex() = default;
NeighbourIndex::NeighbourIndex(NeighbourIndex&&) noexcept = default;

std::vector<Neighbour> NeighbourIndex::nearest(std::span<const float> row, std::size_t count) const {
  std::vector<Neighbour> found;
  if (m_graph) {
    auto queue = m_graph->graph.searchKnn(row.data(), count);
    for (; !queue.empty(); queue.pop()) {
      found.push_back({static_cast<std::uint32_t>(queue.top().second), queue.top().first});
    }
  } else {
    found.reserve(m_table.rows());
    for (std::uint32_t other = 0; other < m_table.rows(); ++other) {
      found.push_back({other, squaredDistance(row, m_table.row(other))});
    }
    count = std::min(count, found.size());
    std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(count), nearer);
    found.resize(count);
  }
  std::ranges::sort(found, nearer);
  for (Neighbour& neighbour : found) neighbour.distance = std::sqrt(std::max(neighbour.distance, 0.F));
  return found;
}

std::vector<std::vector<Neighbour>> nearestRows(const FeatureTable& table, std::size_t count, JobMonitor& monitor) {
  const NeighbourIndex index(table, monitor);
  std::vector<std::vector<Neighbour>> lists(table.rows());
  const auto body = [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      lists[row] = index.nearest(table.row(row), count + 1);
      std::erase_if(lists[row], [row](const Neighbour& neighbour) { return neighbour.row == row; });
      if (lists[row].size() > count) lists[row].resize(count);
    }
  };
  monitor.begin("Finding the most alike", static_cast<std::int64_t>(table.rows()));
  parallelFor(table.rows(), 64, body, monitor);
  return lists;
}

}  // namespace loom
