#include "core/image/cleaning.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/cleaning_kinds.h"
#include "core/image/cleaning_upscaling.h"
#include "core/image/palette.h"

namespace loom {
namespace {

constexpr const char* kPaletteKey = "palette";

void checkPalette(const Json& palette) {
  const bool isPath = palette.is_string() && !palette.get_ref<const std::string&>().empty();
  if (isPath) return;
  const Error bad("the step's palette is no list of colours", R"(write it like ["#203040", "#ffffff"])");
  if (!palette.is_array() || palette.empty() || palette.size() > limits::kMaxPaletteColours) throw bad;
  for (const Json& colour : palette) {
    if (!colour.is_string()) throw bad;
    colourFromText(colour.get<std::string>());
  }
}

/// The settings without "palette", which is handed out on its own (null when there is none).
std::pair<Json, Json> withoutPalette(const CleaningKind& kind, Json settings) {
  if (settings.is_null()) settings = Json::object();
  if (!settings.is_object()) throw Error("settings must be a JSON object of names and values");
  Json palette;
  if (kind.palette && settings.contains(kPaletteKey)) {
    palette = settings[kPaletteKey];
    settings.erase(kPaletteKey);
  }
  return {std::move(settings), std::move(palette)};
}

/// Where the next ",key=" begins; a comma before anything else belongs to the value, as in a file's name.
std::size_t endOfValue(const CleaningKind& kind, const std::string& text, std::size_t from) {
  for (std::size_t comma = text.find(',', from); comma != std::string::npos; comma = text.find(',', comma + 1)) {
    const std::size_t equals = text.find('=', comma);
    if (equals == std::string::npos) return text.size();
    const std::string key = text.substr(comma + 1, equals - comma - 1);
    if (kind.settings.find(key) != nullptr || (kind.palette && key == kPaletteKey)) return comma;
  }
  return text.size();
}

void setFromText(const CleaningKind& kind, Json& settings, const std::string& key, const std::string& value) {
  if (!kind.palette || key != kPaletteKey) {
    settings[key] = kind.settings.parse(key, value);
  } else if (value.empty()) {
    throw Error("'" + kind.name + "' needs a palette", "name a palette file or a picture: " + kind.name + "=my.gpl");
  } else {
    settings[key] = value;
  }
}

std::string valueText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

const std::vector<CleaningKind>& cleaningKinds() {
  using namespace cleaning;
  static const std::vector<CleaningKind> kinds = {
      upscalingKind(), backgroundKind(), haloKind(), alphaKind(),     trimKind(),     fitKind(),  centreKind(),
      mirrorKind(),    paletteKind(),    lockKind(), grayscaleKind(), channelsKind(), fillKind(),
  };
  return kinds;
}

const CleaningKind& cleaningKind(const std::string& name) {
  const auto& kinds = cleaningKinds();
  const auto found = std::ranges::find(kinds, name, &CleaningKind::name);
  if (found != kinds.end()) return *found;
  std::string known;
  for (const CleaningKind& kind : kinds) known += (known.empty() ? "" : ", ") + kind.name;
  throw Error("there is no cleaning step '" + name + "'", "the steps are: " + known);
}

CleaningStep parseCleaningStep(const std::string& text) {
  const std::size_t nameEnd = std::min(text.find_first_of("=,"), text.size());
  const CleaningKind& kind = cleaningKind(text.substr(0, nameEnd));
  CleaningStep step{kind.name, Json::object()};
  std::size_t at = nameEnd;
  if (at < text.size() && text[at] == '=') {
    if (kind.mainSetting.empty())
      throw Error("the step '" + kind.name + "' takes no value", "write --step " + kind.name);
    const std::size_t end = endOfValue(kind, text, at);
    setFromText(kind, step.settings, kind.mainSetting, text.substr(at + 1, end - at - 1));
    at = end;
  }
  while (at < text.size()) {
    const std::size_t equals = std::min(text.find('=', at), text.size());
    const std::string key = text.substr(at + 1, equals - at - 1);
    const std::size_t end = equals == text.size() ? equals : endOfValue(kind, text, equals);
    setFromText(kind, step.settings, key, equals == text.size() ? "" : text.substr(equals + 1, end - equals - 1));
    at = end;
  }
  return completed(step);
}

CleaningStep completed(const CleaningStep& step) {
  const CleaningKind& kind = cleaningKind(step.name);
  auto [settings, palette] = withoutPalette(kind, step.settings);
  CleaningStep whole{step.name, kind.settings.complete(settings)};
  if (!palette.is_null()) {
    checkPalette(palette);
    whole.settings[kPaletteKey] = std::move(palette);
  }
  return whole;
}

std::string cleaningStepText(const CleaningStep& step) {
  const CleaningKind& kind = cleaningKind(step.name);
  const Json settings = completed(step).settings;
  std::string text = kind.name;
  std::string rest;
  const auto add = [&](const std::string& key, const Json& value) {
    if (key == kind.mainSetting) {
      text += "=" + valueText(value);
    } else {
      rest += "," + key + "=" + valueText(value);
    }
  };
  for (const Setting& setting : kind.settings.settings()) {
    if (settings.at(setting.name) != setting.fallback) add(setting.name, settings.at(setting.name));
  }
  if (settings.contains(kPaletteKey) && settings[kPaletteKey].is_string()) add(kPaletteKey, settings[kPaletteKey]);
  return text + rest;
}

CleaningStep resolved(const CleaningStep& step, const SpriteWalk& sprites, JobMonitor& monitor) {
  CleaningStep whole = completed(step);
  const CleaningKind& kind = cleaningKind(step.name);
  if (kind.resolve) whole.settings = kind.resolve(whole.settings, sprites, monitor);
  return whole;
}

std::vector<CleaningStep> resolved(const std::vector<CleaningStep>& steps, const SpriteWalk& sprites,
                                   JobMonitor& monitor) {
  std::vector<CleaningStep> done;
  for (const CleaningStep& step : steps) {
    const SpriteWalk cleaned = [&done, &sprites](const std::function<void(const Sprite&)>& visit) {
      sprites([&done, &visit](const Sprite& sprite) {
        Sprite current = sprite;
        for (const CleaningStep& earlier : done) current = clean(current, earlier).sprite;
        visit(current);
      });
    };
    done.push_back(resolved(step, cleaned, monitor));
  }
  return done;
}

CleanedSprite clean(const Sprite& sprite, const CleaningStep& step) {
  if (sprite.empty()) return {sprite, "it has no pixels", false};
  CleanedSprite result = cleaningKind(step.name).apply(sprite, completed(step).settings);
  result.changed = result.sprite != sprite;
  if (result.note.empty()) result.note = result.changed ? "changed" : "unchanged";
  return result;
}

}  // namespace loom
