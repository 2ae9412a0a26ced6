#include "ui/models/ramp_edits_json.h"

#include <optional>

namespace loom {
namespace {

Json toJson(const RampName& name) {
  return name.grey ? Json(nullptr) : Json(name.hue);
}

std::optional<RampName> rampNameFrom(const Json& json) {
  if (json.is_null()) return RampName{.grey = true};
  if (!json.is_number()) return {};
  return RampName{.hue = json.get<float>()};
}

float number(const Json& json, const char* key, float fallback) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<float>() : fallback;
}

}  // namespace

Json toJson(const std::vector<RampEdit>& edits) {
  Json list = Json::array();
  for (const RampEdit& edit : edits) {
    Json& item = list.emplace_back(Json{{"hue", toJson(edit.ramp)},
                                        {"turn", edit.shift.hue},
                                        {"chroma", edit.shift.chroma},
                                        {"lightness", edit.shift.lightness}});
    if (edit.like) item["like"] = toJson(*edit.like);
  }
  return list;
}

std::vector<RampEdit> rampEditsFrom(const Json& json) {
  std::vector<RampEdit> edits;
  if (!json.is_array()) return edits;
  for (const Json& item : json) {
    if (!item.is_object() || !item.contains("hue")) continue;
    const std::optional<RampName> ramp = rampNameFrom(item["hue"]);
    if (!ramp) continue;
    RampEdit edit{.ramp = *ramp};
    if (item.contains("like")) edit.like = rampNameFrom(item["like"]);
    edit.shift = {
        .hue = number(item, "turn", 0), .chroma = number(item, "chroma", 1), .lightness = number(item, "lightness", 0)};
    edits.push_back(edit);
  }
  return edits;
}

}  // namespace loom
