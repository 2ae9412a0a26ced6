#include "core/image/background_mask.h"

#include <algorithm>
#include <array>

namespace loom {
namespace {

constexpr std::array<Place, 4> kSides{{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};

}  // namespace

BackgroundFinder::BackgroundFinder(const LabPicture& picture, const BackgroundModel& model)
    : m_picture(picture), m_model(model) {
  m_far.reserve(picture.sprite().pixels().size());
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      m_far.push_back(picture.isClear(x, y) ? 0.0f : model.distanceAt(x, y, picture.at(x, y)));
    }
  }
}

Mask BackgroundFinder::flooded(float tolerance) const {
  Mask mask(m_picture.width(), m_picture.height());
  std::vector<Place> next;
  const auto visit = [&](int x, int y) {
    if (!mask.contains(x, y) || mask.at(x, y) || far(x, y) > tolerance) return;
    mask.set(x, y);
    next.push_back({x, y});
  };
  for (int x = 0; x < mask.width(); ++x) {
    visit(x, 0);
    visit(x, mask.height() - 1);
  }
  for (int y = 0; y < mask.height(); ++y) {
    visit(0, y);
    visit(mask.width() - 1, y);
  }
  while (!next.empty()) {
    const Place place = next.back();
    next.pop_back();
    for (const Place& side : kSides) visit(place.x + side.x, place.y + side.y);
  }
  return mask;
}

Mask BackgroundFinder::everywhere(float tolerance) const {
  Mask mask(m_picture.width(), m_picture.height());
  for (int y = 0; y < mask.height(); ++y) {
    for (int x = 0; x < mask.width(); ++x) {
      if (far(x, y) <= tolerance) mask.set(x, y);
    }
  }
  return mask;
}

float BackgroundFinder::noise() const {
  const Mask wide = flooded(m_model.widestTolerance());
  std::vector<float> distances;
  for (int y = 0; y < wide.height(); ++y) {
    for (int x = 0; x < wide.width(); ++x) {
      if (wide.at(x, y) && !m_picture.isClear(x, y)) distances.push_back(far(x, y));
    }
  }
  if (distances.empty()) return 0;
  const auto place = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() * 95 / 100);
  std::nth_element(distances.begin(), place, distances.end());
  return *place;
}

void BackgroundFinder::addEnclosedSquares(Mask& mask, float tolerance) const {
  const CheckerGrid& grid = *m_model.grid();
  const int least = std::max(4, grid.cell / 2);
  Mask seen = mask;
  for (int y = 0; y < mask.height(); ++y) {
    for (int x = 0; x < mask.width(); ++x) {
      if (seen.at(x, y) || far(x, y) > tolerance) continue;
      std::vector<Place> area{{x, y}};
      seen.set(x, y);
      std::array<int, 2> counts{};
      for (std::size_t i = 0; i < area.size(); ++i) {
        const Place place = area[i];
        ++counts[static_cast<std::size_t>(grid.colourAt(place.x, place.y))];
        for (const Place& side : kSides) {
          const int u = place.x + side.x;
          const int v = place.y + side.y;
          if (!mask.contains(u, v) || seen.at(u, v) || far(u, v) > tolerance) continue;
          seen.set(u, v);
          area.push_back({u, v});
        }
      }
      if (std::min(counts[0], counts[1]) < least) continue;
      for (const Place& place : area) mask.set(place.x, place.y);
    }
  }
}

void BackgroundFinder::addCrumbs(Mask& mask, float tolerance) const {
  constexpr std::size_t kCrumb = 6;
  Mask seen = mask;
  for (int y = 0; y < mask.height(); ++y) {
    for (int x = 0; x < mask.width(); ++x) {
      if (seen.at(x, y)) continue;
      std::vector<Place> area{{x, y}};
      seen.set(x, y);
      double sum = 0;
      for (std::size_t i = 0; i < area.size(); ++i) {
        const Place place = area[i];
        sum += static_cast<double>(far(place.x, place.y));
        for (int v = place.y - 1; v <= place.y + 1; ++v) {
          for (int u = place.x - 1; u <= place.x + 1; ++u) {
            if (!mask.contains(u, v) || seen.at(u, v)) continue;
            seen.set(u, v);
            area.push_back({u, v});
          }
        }
      }
      if (area.size() > kCrumb || sum > 3.0 * static_cast<double>(tolerance) * static_cast<double>(area.size()))
        continue;
      for (const Place& place : area) mask.set(place.x, place.y);
    }
  }
}

}  // namespace loom
