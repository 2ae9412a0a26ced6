#include "core/dataset/sprite_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/parallel.h"
#include "core/base/random_stream.h"
#include "core/dataset/neighbours.h"
#include "core/dataset/principal_axes.h"

namespace loom {
namespace {

constexpr std::size_t kAxes = 20;
constexpr std::size_t kNeighbours = 15;
constexpr int kNegatives = 5;  // points pushed away for each one drawn near
// The paper's curve 1 / (1 + a d^2b) for a least distance of .1.
constexpr float kA = 1.577F;
constexpr float kB = .8951F;
constexpr float kMostStep = 4;
constexpr float kFirstSpan = 10;  // the width of the layout to begin with
constexpr std::size_t kBlock = 256;

struct Edge {
  std::uint32_t to = 0;
  float weight = 0;  ///< 0..1
};
using Graph = std::vector<std::vector<Edge>>;
using Point = std::array<float, 2>;

/// The width at which the weights exp(-(d - nearest) / width) add up to log2 of their number (section 3.1).
float widthFor(const std::vector<Neighbour>& neighbours, float nearest) {
  const double wanted = std::log2(static_cast<double>(neighbours.size()));
  double low = 0, high = std::numeric_limits<double>::infinity(), width = 1;
  for (int round = 0; round < 64; ++round) {
    double sum = 0;
    for (const Neighbour& neighbour : neighbours) {
      sum += std::exp(-std::max(0.F, neighbour.distance - nearest) / width);
    }
    if (std::abs(sum - wanted) < 1e-5) break;
    (sum > wanted ? high : low) = width;
    width = std::isinf(high) ? width * 2 : (low + high) / 2;
  }
  return static_cast<float>(std::max(width, 1e-6));
}

/// How surely each pair are neighbours, seen from either side: p + q - pq.
Graph fuzzyGraph(const std::vector<std::vector<Neighbour>>& lists) {
  Graph directed(lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].empty()) continue;
    float nearest = 0;
    for (const Neighbour& neighbour : lists[i]) {
      if (nearest == 0) nearest = neighbour.distance;  // the first that is no twin
    }
    const float width = widthFor(lists[i], nearest);
    for (const Neighbour& neighbour : lists[i]) {
      directed[i].push_back({neighbour.row, std::exp(-std::max(0.F, neighbour.distance - nearest) / width)});
    }
    std::ranges::sort(directed[i], {}, &Edge::to);
  }
  const auto weight = [&](std::size_t from, std::size_t to) {
    const auto edge = std::ranges::lower_bound(directed[from], to, {}, &Edge::to);
    return edge != directed[from].end() && edge->to == to ? edge->weight : 0;
  };
  Graph graph(lists.size());
  for (std::uint32_t i = 0; i < directed.size(); ++i) {
    for (const Edge& edge : directed[i]) {
      const float back = weight(edge.to, i);
      const float both = edge.weight + back - edge.weight * back;
      graph[i].push_back({edge.to, both});
      if (back == 0) graph[edge.to].push_back({i, both});
    }
  }
  return graph;
}

void pull(Point& point, const Point& to, float rate) {
  const float dx = point[0] - to[0], dy = point[1] - to[1];
  const float squared = dx * dx + dy * dy;
  if (squared == 0) return;
  const float power = std::pow(squared, kB);
  const float force = -2 * kA * kB * (power / squared) / (1 + kA * power);
  point[0] += rate * std::clamp(force * dx, -kMostStep, kMostStep);
  point[1] += rate * std::clamp(force * dy, -kMostStep, kMostStep);
}

void push(Point& point, const Point& from, float rate) {
  const float dx = point[0] - from[0], dy = point[1] - from[1];
  const float squared = dx * dx + dy * dy;
  if (squared == 0) return;
  const float force = 2 * kB / ((.001F + squared) * (1 + kA * std::pow(squared, kB)));
  point[0] += rate * std::clamp(force * dx, -kMostStep, kMostStep);
  point[1] += rate * std::clamp(force * dy, -kMostStep, kMostStep);
}

/// One epoch for one point: its neighbours draw it as often as their weight says, others push it. All others stay where
/// they were at the epoch's begin, which is what makes the order of the points, and so the cores, not matter.
Point moved(std::size_t index, const std::vector<Point>& points, const std::vector<Edge>& edges, float rate,
            RandomStream random) {
  Point point = points[index];
  const auto count = static_cast<std::uint32_t>(points.size());
  for (const Edge& edge : edges) {
    if (random.uniform() >= static_cast<double>(edge.weight)) continue;
    pull(point, points[edge.to], rate);
    for (int i = 0; i < kNegatives; ++i) {
      const std::uint32_t other = random.below(count);
      if (other != index) push(point, points[other], rate);
    }
  }
  return point;
}

int epochsFor(std::size_t rows) {
  return rows <= 10'000 ? 400 : 200;
}

/// The first two axes, a little shaken: twins would never part otherwise.
std::vector<Point> firstPoints(const FeatureTable& axes, RandomStream random) {
  float reach = 1e-6F;
  for (std::size_t row = 0; row < axes.rows(); ++row) reach = std::max(reach, std::abs(axes.row(row)[0]));
  std::vector<Point> points(axes.rows());
  for (std::size_t row = 0; row < points.size(); ++row) {
    for (std::size_t axis = 0; axis < std::min<std::size_t>(2, axes.columns); ++axis) {
      points[row][axis] = axes.row(row)[axis] * kFirstSpan / reach;
    }
    for (float& value : points[row]) value += static_cast<float>(random.uniform(-1e-3, 1e-3));
  }
  return points;
}

}  // namespace

FeatureTable neighbourLayout(const FeatureTable& table, std::uint64_t seed, JobMonitor& monitor) {
  const FeatureTable axes = alongPrincipalAxes(table, kAxes);
  std::vector<Point> points = firstPoints(axes, RandomStream(seed));
  const Graph graph = fuzzyGraph(nearestRows(axes, kNeighbours, monitor));
  const int epochs = epochsFor(points.size());
  monitor.begin("Laying out the map", epochs);
  std::vector<Point> next(points.size());
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const float rate = 1 - static_cast<float>(epoch) / static_cast<float>(epochs);
    const auto body = [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const std::uint64_t stream = 1 + static_cast<std::uint64_t>(epoch) * points.size() + i;
        next[i] = moved(i, points, graph[i], rate, RandomStream(seed, stream));
      }
    };
    JobMonitor silent;  // an epoch is too short to report from within
    parallelFor(points.size(), kBlock, body, silent);
    points.swap(next);
    monitor.advance(epoch + 1);
  }
  FeatureTable layout{.columns = 2};
  for (const Point& point : points) layout.values.insert(layout.values.end(), point.begin(), point.end());
  return layout;
}

std::vector<MapPoint> mapOfSprites(std::span<const SpriteInfo> sprites, const PixelSource& pixels, std::uint64_t seed,
                                   JobMonitor& monitor) {
  FeatureTable layout;
  {
    const FeatureTable table = lookTable(featuresOf(sprites, pixels, monitor));
    layout = neighbourLayout(table, seed, monitor);
  }
  std::array<float, 2> low{1e30F, 1e30F}, high{-1e30F, -1e30F};
  for (std::size_t i = 0; i < layout.values.size(); ++i) {
    low[i % 2] = std::min(low[i % 2], layout.values[i]);
    high[i % 2] = std::max(high[i % 2], layout.values[i]);
  }
  const float span = std::max({high[0] - low[0], high[1] - low[1], 1e-6F});
  const auto scaled = [&](std::size_t i) {
    const std::size_t axis = i % 2;
    return std::clamp(.5F + (layout.values[i] - (low[axis] + high[axis]) / 2) / span, 0.F, 1.F);
  };
  std::vector<MapPoint> map;
  for (std::size_t i = 0; i < sprites.size(); ++i) map.push_back({sprites[i].id, scaled(2 * i), scaled(2 * i + 1)});
  return map;
}

double trustworthiness(const FeatureTable& table, const FeatureTable& layout, std::size_t k) {
  const std::size_t n = table.rows();
  const auto squared = [](std::span<const float> a, std::span<const float> b) {
    float sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
  };
  double penalty = 0;
  std::vector<std::pair<float, std::size_t>> high(n), low(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      high[j] = {j == i ? -1.F : squared(table.row(i), table.row(j)), j};
      low[j] = {j == i ? -1.F : squared(layout.row(i), layout.row(j)), j};
    }
    std::ranges::sort(high);
    std::ranges::partial_sort(low, low.begin() + static_cast<std::ptrdiff_t>(k) + 1);
    std::vector<std::size_t> rank(n);
    for (std::size_t place = 0; place < n; ++place) rank[high[place].second] = place;  // 0 is the point itself
    for (std::size_t place = 1; place <= k; ++place) {
      const std::size_t there = rank[low[place].second];
      if (there > k) penalty += static_cast<double>(there - k);
    }
  }
  const auto count = static_cast<double>(n), near = static_cast<double>(k);
  return 1 - 2 * penalty / (count * near * (2 * count - 3 * near - 1));
}

}  // namespace loom
