// The presets: what a user picks. Each is a JSON file under models/presets, compiled into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/settings.h"

namespace loom {

struct Preset {
  std::string name;          ///< "conditional-dcgan"
  std::string title;         ///< "Conditional DCGAN"
  std::string makes;         ///< one sentence for the card: what it makes
  std::string help;          ///< what it is, where it comes from
  std::string network;       ///< registry name of the network pair it trains
  SettingsSchema schema;     ///< the shared settings with this preset's defaults
  std::int64_t epochs = 30;  ///< what a run is started for when nothing is said
  Json search;               ///< its ready-made search: settings and ranges (core/search/search_space.h)
};

const std::vector<Preset>& presets();
/// Throws Error naming the presets there are.
const Preset& preset(std::string_view name);

}  // namespace loom
