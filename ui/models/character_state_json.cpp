#include "ui/models/character_state_json.h"

#include <QByteArray>
#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstring>

#include "ui/models/ramp_edits_json.h"

namespace loom {
namespace {

Json latentToJson(const Latent& latent) {
  const auto size = static_cast<qsizetype>(latent.size() * sizeof(float));
  return QByteArray::fromRawData(reinterpret_cast<const char*>(latent.data()), size).toBase64().toStdString();
}

void read(const Json& json, Latent& latent) {
  if (!json.is_string()) return;
  const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(json.get<std::string>()));
  Latent numbers(static_cast<std::size_t>(bytes.size()) / sizeof(float));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.constData(), numbers.size() * sizeof(float));
  if (std::ranges::all_of(numbers, [](float value) { return std::isfinite(value); })) latent = std::move(numbers);
}

void read(const Json& json, bool& value) {
  if (json.is_boolean()) value = json.get<bool>();
}

template <std::integral Number>
void read(const Json& json, Number& value) {
  if (json.is_number_integer()) value = json.get<Number>();
}

void read(const Json& json, double& value) {
  if (json.is_number()) value = json.get<double>();
}

void read(const Json& json, std::string& value) {
  if (json.is_string()) value = json.get<std::string>();
}

void read(const Json& json, std::optional<std::int64_t>& value) {
  if (json.is_number_integer()) value = json.get<std::int64_t>();
}

void read(const Json& json, std::vector<RampEdit>& colours) {
  colours = rampEditsFrom(json);
}

void read(const Json& json, TouchUp& touchUp) {
  touchUp = touchUpFrom(json);
}

template <class Value>
void take(const Json& json, const char* key, Value& value) {
  if (const auto found = json.find(key); found != json.end()) read(*found, value);
}

}  // namespace

Json toJson(const CharacterState& state) {
  Json json{{"latent", latentToJson(state.latent)},
            {"seed", state.seed},
            {"truncation", state.truncation},
            {"crisp_alpha", state.crispAlpha}};
  if (!state.colours.empty()) json["colours"] = toJson(state.colours);
  if (!state.colourLatent.empty()) json["colour_latent"] = latentToJson(state.colourLatent);
  if (!state.touchUp.empty()) json["touch_up"] = toJson(state.touchUp);
  if (state.mirrorSides) json["mirror_sides"] = true;
  return json;
}

CharacterState characterStateFromJson(const Json& json) {
  CharacterState state;
  take(json, "latent", state.latent);
  take(json, "seed", state.seed);
  take(json, "truncation", state.truncation);
  take(json, "crisp_alpha", state.crispAlpha);
  take(json, "colours", state.colours);
  take(json, "colour_latent", state.colourLatent);
  take(json, "touch_up", state.touchUp);
  take(json, "mirror_sides", state.mirrorSides);
  return state;
}

Json toJson(const ModelChoice& choice) {
  return {{"run", choice.run}, {"step", choice.step ? Json(*choice.step) : Json(nullptr)}, {"starter", choice.starter}};
}

ModelChoice modelChoiceFromJson(const Json& json) {
  ModelChoice choice;
  take(json, "run", choice.run);
  take(json, "step", choice.step);
  take(json, "starter", choice.starter);
  return choice;
}

}  // namespace loom
