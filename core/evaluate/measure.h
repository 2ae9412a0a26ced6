// One figure that says something of made sprites, with what is needed to read it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace loom {

enum class Better {
  kLower,
  kHigher,
  kLikeFloor  ///< neither is better: what real sprites have is
};
std::string betterName(Better better);  ///< "lower", "higher", "like-floor"

using NamedFigure = std::pair<std::string, double>;  ///< "copy"

struct Measure {
  std::string name = {};                  ///< "kid_own"
  std::string title = {};                 ///< "KID, own features"
  double value = 0;                       ///< of the made sprites
  std::optional<double> confidence = {};  ///< half the width of the 95 % interval around the value
  double floor = 0;                       ///< real sprites in the place of the made ones
  double baseline = 0;                    ///< the nearest training sprite of each held-out one in their place
  Better better = Better::kLower;
  std::string explanation = {};             ///< one sentence
  std::vector<NamedFigure> baselines = {};  ///< where there are several, all of them; `baseline` is the best then
};

/// {"name","title","value","confidence","floor","baseline","better","explanation"}; confidence is null where there is
/// none. Where there are several baselines also {"baselines": {"copy": …}}.
Json measureAsJson(const Measure& measure);
/// And back. Throws Json::exception for anything else.
Measure measureFromJson(const Json& json);

/// In plain words how good the value is: against the floor, then against the baseline ("within twice the floor, better
/// than the baseline"). What lies within the interval of the floor is as good as it.
std::string verdict(const Measure& measure);

}  // namespace loom
