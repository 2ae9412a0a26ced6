// One figure that says something of made sprites, with what is needed to read it.
#pragma once

#include <optional>
#include <string>

#include "core/base/json.h"

namespace loom {

enum class Better {
  kLower,
  kHigher,
  kLikeFloor  ///< neither is better: what real sprites have is
};
std::string betterName(Better better);  ///< "lower", "higher", "like-floor"

struct Measure {
  std::string name = {};                  ///< "kid_own"
  std::string title = {};                 ///< "KID, own features"
  double value = 0;                       ///< of the made sprites
  std::optional<double> confidence = {};  ///< half the width of the 95 % interval around the value
  double floor = 0;                       ///< real sprites in the place of the made ones
  double baseline = 0;                    ///< the nearest training sprite of each held-out one in their place
  Better better = Better::kLower;
  std::string explanation = {};  ///< one sentence
};

/// {"name","title","value","confidence","floor","baseline","better","explanation"}; confidence is null where there is
/// none.
Json measureAsJson(const Measure& measure);

}  // namespace loom
