#include "core/evaluate/measure.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr double kNextToNothing = 1e-9;
constexpr double kLikeReal = .1;  // of the floor, by which a figure may differ that should be like it

Better betterFrom(const std::string& name) {
  return name == "lower" ? Better::kLower : name == "higher" ? Better::kHigher : Better::kLikeFloor;
}

std::string likeFloor(const Measure& measure) {
  const double difference = measure.value - measure.floor;
  const double allowed = std::max(measure.confidence.value_or(0), kLikeReal * std::abs(measure.floor));
  if (std::abs(difference) <= allowed + kNextToNothing) return "like real sprites";
  return difference > 0 ? "more than real sprites" : "less than real sprites";
}

/// How much worse than the floor, told by whole factors: a floor of nothing has none.
std::string againstFloor(const Measure& measure) {
  const double sign = measure.better == Better::kHigher ? -1 : 1;
  const double excess = sign * (measure.value - measure.floor);
  if (excess <= measure.confidence.value_or(0) + kNextToNothing) return "as good as the floor";
  if (measure.better == Better::kHigher) {
    return 2 * measure.value >= measure.floor ? "more than half the floor" : "less than half the floor";
  }
  if (measure.floor <= kNextToNothing) return "above the floor";
  const double times = measure.value / measure.floor;
  if (times <= 2) return "within twice the floor";
  return times < 100 ? std::to_string(std::lround(times)) + " times the floor" : "far above the floor";
}

std::string againstBaseline(const Measure& measure) {
  const double sign = measure.better == Better::kHigher ? -1 : 1;
  const double excess = sign * (measure.value - measure.baseline);
  if (std::abs(excess) <= kNextToNothing) return "equal to the baseline";
  if (std::abs(excess) <= measure.confidence.value_or(0)) return "about the baseline";
  return excess < 0 ? "better than the baseline" : "worse than the baseline";
}

}  // namespace

std::string betterName(Better better) {
  switch (better) {
    case Better::kLower:
      return "lower";
    case Better::kHigher:
      return "higher";
    case Better::kLikeFloor:
      break;
  }
  return "like-floor";
}

Json measureAsJson(const Measure& measure) {
  Json json = {{"name", measure.name},
               {"title", measure.title},
               {"value", measure.value},
               {"confidence", measure.confidence ? Json(*measure.confidence) : Json()},
               {"floor", measure.floor},
               {"baseline", measure.baseline},
               {"better", betterName(measure.better)},
               {"explanation", measure.explanation}};
  for (const auto& [name, figure] : measure.baselines) json["baselines"][name] = figure;
  return json;
}

Measure measureFromJson(const Json& json) {
  Measure measure{.name = json.at("name"),
                  .title = json.at("title"),
                  .value = json.at("value"),
                  .floor = json.at("floor"),
                  .baseline = json.at("baseline"),
                  .better = betterFrom(json.at("better")),
                  .explanation = json.at("explanation")};
  if (!json.at("confidence").is_null()) measure.confidence = json.at("confidence").get<double>();
  if (json.contains("baselines")) {
    for (const auto& [name, figure] : json.at("baselines").items())
      measure.baselines.emplace_back(name, figure.get<double>());
  }
  return measure;
}

std::string verdict(const Measure& measure) {
  if (measure.better == Better::kLikeFloor) return likeFloor(measure);
  return againstFloor(measure) + ", " + againstBaseline(measure);
}

}  // namespace loom
