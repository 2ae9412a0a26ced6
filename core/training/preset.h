// The presets: what a user picks. Each is a JSON file under models/presets, compiled into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/settings.h"

namespace loom {

/// The search for settings that comes with a preset (core/search/search_space.h).
struct PresetSearch {
  std::string title;  ///< what it asks: "Learning rates, batch and dropout"
  Json ranges;        ///< settings and the ranges to look in, as texts
};

struct Preset {
  std::string name;          ///< "conditional-dcgan"
  std::string title;         ///< "Conditional DCGAN"
  std::string makes;         ///< one sentence for the card: what it makes
  std::string help;          ///< what it is, where it comes from
  std::string network;       ///< registry name of the network pair it trains
  std::string training;      ///< the recipe: "adversarial", "autoencoder", "hero" or "turnaround" (recipe.h)
  std::string objective;     ///< the metric that search and the best checkpoint minimise: "held_out_loss", "distance",
                             ///< "held_out_l1"
  SettingsSchema schema;     ///< the shared settings with this preset's defaults
  std::int64_t epochs = 30;  ///< what a run is started for when nothing is said
  std::int64_t steps = 0;    ///< the same in steps, where the preset counts those; else 0
  PresetSearch search = {};
};

const std::vector<Preset>& presets();
/// Throws Error naming the presets there are.
const Preset& preset(std::string_view name);
/// How many views of a character its recipe needs at least, where it trains on whole characters: 1 where it draws all
/// of them together, 2 where it draws those that are missing. 0 where it trains on single sprites.
std::int64_t viewsNeeded(const Preset& preset);
/// Whether its models draw new sprites of latents; a turnaround's draw the missing views of characters instead. True
/// for a name that is no preset's: what such a run holds is for its weights to tell.
bool drawsNewSprites(std::string_view name);

}  // namespace loom
