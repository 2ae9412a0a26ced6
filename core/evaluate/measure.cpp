#include "core/evaluate/measure.h"

namespace loom {

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
  return {{"name", measure.name},
          {"title", measure.title},
          {"value", measure.value},
          {"confidence", measure.confidence ? Json(*measure.confidence) : Json()},
          {"floor", measure.floor},
          {"baseline", measure.baseline},
          {"better", betterName(measure.better)},
          {"explanation", measure.explanation}};
}

}  // namespace loom
