#include "core/studio/view_angles.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace loom {
namespace {

constexpr double kTurn = 360;

const std::map<std::string, double, std::less<>>& knownAngles() {
  static const std::map<std::string, double, std::less<>> kAngles = {
      {"back", 0},    {"back-right", 45},  {"right", 90}, {"front-right", 135},
      {"front", 180}, {"front-left", 225}, {"left", 270}, {"back-left", 315}};
  return kAngles;
}

/// The middle of the widest arc without a view.
double widestGap(std::vector<double> angles) {
  std::ranges::sort(angles);
  double best = -1, middle = 0;
  for (std::size_t i = 0; i < angles.size(); ++i) {
    const double next = i + 1 < angles.size() ? angles[i + 1] : angles.front() + kTurn;
    if (next - angles[i] > best) {
      best = next - angles[i];
      middle = std::fmod((angles[i] + next) / 2, kTurn);
    }
  }
  return middle;
}

}  // namespace

std::vector<double> viewAngles(const std::vector<std::string>& views) {
  std::vector<double> angles(views.size(), -1);
  std::vector<double> placed;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto known = knownAngles().find(views[i]);
    if (known == knownAngles().end()) continue;
    angles[i] = known->second;
    placed.push_back(known->second);
  }
  const bool noneKnown = placed.empty();
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (angles[i] >= 0) continue;
    angles[i] = noneKnown ? kTurn * static_cast<double>(i) / static_cast<double>(views.size()) : widestGap(placed);
    placed.push_back(angles[i]);
  }
  return angles;
}

std::vector<std::string> turningOrder(const std::vector<std::string>& views) {
  const std::vector<double> angles = viewAngles(views);
  std::vector<std::size_t> places(views.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::ranges::stable_sort(places, {}, [&](std::size_t place) { return angles[place]; });
  std::vector<std::string> order;
  for (const std::size_t place : places) order.push_back(views[place]);
  if (const auto front = std::ranges::find(order, "front"); front != order.end()) {
    std::ranges::rotate(order, front);
  }
  return order;
}

}  // namespace loom
