#include "core/image/sheet_parts_finder.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>

namespace loom::sheet_finder {
namespace {

constexpr std::size_t kMostLabels = 1'000'000;
constexpr std::size_t kMostParts = 50'000;

/// Parts under construction; a part joined to another points to it.
class Labels {
 public:
  int add(const PixelRect& bounds, std::int64_t area) {
    m_parent.push_back(static_cast<int>(m_parent.size()));
    m_parts.push_back({bounds, area});
    return m_parent.back();
  }
  int find(int label) {
    while (m_parent[at(label)] != label) {
      m_parent[at(label)] = m_parent[at(m_parent[at(label)])];
      label = m_parent[at(label)];
    }
    return label;
  }
  int join(int a, int b) {
    a = find(a);
    b = find(b);
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    m_parent[at(b)] = a;
    extend(m_parts[at(a)], m_parts[at(b)]);
    return a;
  }
  void grow(int label, const PixelRect& run) { extend(m_parts[at(label)], {run, run.width}); }
  std::size_t size() const { return m_parent.size(); }
  std::vector<Part> roots() {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < m_parent.size(); ++i) {
      if (m_parent[i] == static_cast<int>(i)) parts.push_back(m_parts[i]);
    }
    return parts;
  }

 private:
  static void extend(Part& whole, const Part& other) {
    const int right = std::max(whole.bounds.x + whole.bounds.width, other.bounds.x + other.bounds.width);
    const int bottom = std::max(whole.bounds.y + whole.bounds.height, other.bounds.y + other.bounds.height);
    whole.bounds.x = std::min(whole.bounds.x, other.bounds.x);
    whole.bounds.y = std::min(whole.bounds.y, other.bounds.y);
    whole.bounds.width = right - whole.bounds.x;
    whole.bounds.height = bottom - whole.bounds.y;
    whole.area += other.area;
  }
  static std::size_t at(int label) { return static_cast<std::size_t>(label); }
  std::vector<int> m_parent;
  std::vector<Part> m_parts;
};

struct Run {
  int begin = 0, end = 0, label = 0;
};

std::vector<Run> runsOf(const std::uint8_t* row, int width) {
  std::vector<Run> runs;
  for (int x = 0; x < width; ++x) {
    if (row[x] == 0) continue;
    const int begin = x;
    while (x < width && row[x] != 0) ++x;
    runs.push_back({begin, x, -1});
  }
  return runs;
}

/// Ground between two boxes, in pixels, along the axis where they are further apart; below 0 where they overlap.
int distance(const PixelRect& a, const PixelRect& b) {
  const int x = std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width);
  const int y = std::max(a.y, b.y) - std::min(a.y + a.height, b.y + b.height);
  return std::max(x, y);
}

std::int64_t overlap(const PixelRect& a, const PixelRect& b) {
  const std::int64_t x = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const std::int64_t y = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return x > 0 && y > 0 ? x * y : 0;
}

/// Calls visit(i, j) for all i, j whose boxes are no more than `reach` apart; parts must be sorted by their top.
template <typename Visit>
void forNeighbours(const std::vector<Part>& parts, int reach, Visit visit) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int bottom = parts[i].bounds.y + parts[i].bounds.height + reach;
    for (std::size_t j = i + 1; j < parts.size() && parts[j].bounds.y <= bottom; ++j) {
      if (distance(parts[i].bounds, parts[j].bounds) <= reach) visit(i, j);
    }
  }
}

/// Above it, and in its middle: a hat, however tightly the sheet is packed.
bool isCentredOver(const PixelRect& hat, const PixelRect& head) {
  const int off = std::abs(2 * hat.x + hat.width - 2 * head.x - head.width);
  return hat.y + hat.height <= head.y && hat.width <= head.width && off <= 2;
}

void sortByTop(std::vector<Part>& parts) {
  std::ranges::sort(parts, [](const Part& a, const Part& b) {
    return std::pair(a.bounds.y, a.bounds.x) < std::pair(b.bounds.y, b.bounds.x);
  });
}

/// Joins every pair within `reach` that `belong` says yes to, until nothing changes (which takes three rounds or so).
template <typename Belong>
void joinWithin(std::vector<Part>& parts, int reach, Belong belong) {
  constexpr int kMostRounds = 16;
  std::size_t before = parts.size() + 1;
  for (int round = 0; round < kMostRounds && parts.size() < before; ++round) {
    before = parts.size();
    sortByTop(parts);
    Labels labels;
    for (const Part& part : parts) labels.add(part.bounds, part.area);
    forNeighbours(parts, reach, [&](std::size_t i, std::size_t j) {
      if (belong(parts[i], parts[j])) labels.join(static_cast<int>(i), static_cast<int>(j));
    });
    parts = labels.roots();
  }
}

/// How near large parts usually come to each other: the tenth percentile of the distance to the nearest.
int usualSpacing(const std::vector<Part>& parts, std::int64_t typical) {
  constexpr int kFar = 12;
  std::vector<Part> large;
  std::ranges::copy_if(parts, std::back_inserter(large),
                       [typical](const Part& part) { return 5 * boxArea(part.bounds) >= typical; });
  sortByTop(large);
  std::vector<int> nearest(large.size(), kFar);
  forNeighbours(large, kFar, [&](std::size_t i, std::size_t j) {
    const int gap = std::max(0, distance(large[i].bounds, large[j].bounds));
    nearest[i] = std::min(nearest[i], gap);
    nearest[j] = std::min(nearest[j], gap);
  });
  if (nearest.empty()) return 0;
  const auto tenth = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() / 10);
  std::nth_element(nearest.begin(), tenth, nearest.end());
  return *tenth;
}

}  // namespace

std::int64_t boxArea(const PixelRect& box) {
  return std::int64_t{box.width} * box.height;
}

std::int64_t typicalBox(std::vector<Part> parts) {
  if (parts.empty()) return 0;
  std::ranges::sort(parts, {}, [](const Part& part) { return boxArea(part.bounds); });
  const auto all = std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                                   [](std::int64_t sum, const Part& part) { return sum + part.area; });
  std::int64_t sum = 0;
  for (const Part& part : parts) {
    sum += part.area;
    if (2 * sum >= all) return boxArea(part.bounds);
  }
  return boxArea(parts.back().bounds);
}

Parts connectedParts(const SheetMask& mask) {
  Labels labels;
  std::vector<Run> above;
  for (int y = 0; y < mask.height; ++y) {
    std::vector<Run> runs = runsOf(mask.row(y), mask.width);
    std::size_t first = 0;
    for (Run& run : runs) {
      const PixelRect bounds{run.begin, y, run.end - run.begin, 1};
      while (first < above.size() && above[first].end < run.begin) ++first;
      for (std::size_t i = first; i < above.size() && above[i].begin <= run.end; ++i) {
        run.label = run.label < 0 ? labels.find(above[i].label) : labels.join(run.label, above[i].label);
      }
      if (run.label < 0) {
        run.label = labels.add(bounds, bounds.width);
      } else {
        labels.grow(run.label, bounds);
      }
    }
    if (labels.size() > kMostLabels) return {{}, 0, 0, true};
    above = std::move(runs);
  }
  Parts result;
  result.parts = labels.roots();
  result.tooMany = result.parts.size() > kMostParts;
  if (result.tooMany) result.parts.clear();
  return result;
}

Parts joinedParts(Parts found) {
  constexpr int kMostReach = 6;
  constexpr int kHatReach = 2;
  std::vector<Part>& parts = found.parts;
  joinWithin(parts, -1, [](const Part& a, const Part& b) {
    return 5 * overlap(a.bounds, b.bounds) >= std::min(boxArea(a.bounds), boxArea(b.bounds));
  });
  const std::int64_t typical = typicalBox(parts);
  found.spacing = usualSpacing(parts, typical);
  const int reach = std::min(found.spacing - 1, kMostReach);
  joinWithin(parts, std::max(reach, kHatReach), [typical, reach](const Part& a, const Part& b) {
    const Part& small = boxArea(a.bounds) < boxArea(b.bounds) ? a : b;
    const Part& large = boxArea(a.bounds) < boxArea(b.bounds) ? b : a;
    if (2 * boxArea(small.bounds) > boxArea(large.bounds) || 5 * boxArea(small.bounds) > 2 * typical) return false;
    return distance(a.bounds, b.bounds) <= reach || isCentredOver(small.bounds, large.bounds);
  });
  const auto before = parts.size();
  std::erase_if(parts, [typical](const Part& part) { return part.area <= 3 || 250 * boxArea(part.bounds) < typical; });
  found.specks = static_cast<int>(before - parts.size());
  return found;
}

}  // namespace loom::sheet_finder
