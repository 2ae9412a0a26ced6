#include "core/base/error.h"
#include "core/dataset/character_views.h"
#include "core/nets/network.h"
#include "core/project/view.h"
#include "core/training/environment.h"
#include "core/training/preset.h"
#include "core/training/recipe.h"
#include "core/training/trainer.h"

namespace loom {
namespace {

void checkSettings(const Preset& preset, const Json& settings) {
  preset.schema.complete(settings);
  for (const Setting& setting : preset.schema.settings()) {
    if (!settings.contains(setting.name)) throw Error("the setting '" + setting.name + "' is missing");
  }
  for (const std::string label : {"real_label", "fake_label"}) {
    const Setting* low = preset.schema.find(label + "_low");
    const Setting* high = preset.schema.find(label + "_high");
    if (low && high && settings.at(low->name).get<double>() > settings.at(high->name).get<double>()) {
      throw Error("'" + low->title + "' is above '" + high->title + "'", "swap the two numbers");
    }
  }
}

/// A palette has colours, and one that is transparent.
void checkChannels(const Preset& preset, const Json& settings) {
  if (preset.training != "hero" || settings.at("channels") == 4) return;
  throw Error("whole characters are drawn in colour on a transparent ground", "set the channels to 4");
}

void checkSide(const Snapshot& data, int size) {
  if (data.side() == size) return;
  throw Error("the sprites are " + std::to_string(data.side()) + " px where the setting 'size' is " +
              std::to_string(size));
}

void checkData(const Snapshot* data, int size) {
  if (data == nullptr || data->size() < 2) {
    throw Error("there are too few sprites to train on: " + std::to_string(data ? data->size() : 0),
                "import at least 2, better some hundreds, or include those you excluded");
  }
  checkSide(*data, size);
}

std::int64_t charactersWith(std::int64_t fewest, const Snapshot& data) {
  return std::ssize(charactersOf(data, characterViewNames(data, fewest), fewest));
}

/// Characters are what such a run trains on, and needs two of, as others need two sprites.
void checkCharacters(const Preset& preset, const Snapshot& data) {
  const std::int64_t fewest = viewsNeeded(preset);
  if (fewest == 0) return;
  const std::int64_t characters = charactersWith(fewest, data);
  if (characters >= 2) return;
  if (fewest == 1) throw Error("there are too few characters to train on: " + std::to_string(characters));
  throw Error("there are too few characters seen from several sides to train on: " + std::to_string(characters),
              "import characters with two views or more, such as front and back, and say which view each sprite shows");
}

}  // namespace

void checkTrainerInput(const TrainerInput& input) {
  const Preset& chosen = preset(input.preset);
  checkSettings(chosen, input.settings);
  checkChannels(chosen, input.settings);
  checkData(input.data.get(), input.settings.at("size"));
  checkCharacters(chosen, *input.data);
  if (input.heldOut && input.heldOut->size() > 0) checkSide(*input.heldOut, input.settings.at("size"));
  if (input.resumeFrom && input.startFrom) {
    throw Error("a run either continues or starts from another one's weights, not both");
  }
  if (input.targetSteps <= 0 && !input.minutes) {
    throw Error("nothing says how long to train", "give a number of steps, epochs or minutes");
  }
  environmentOf(input);
}

std::int64_t passSize(const std::string& name, const Snapshot& data) {
  const std::int64_t fewest = viewsNeeded(preset(name));
  return fewest == 0 ? data.size() : charactersWith(fewest, data);
}

std::vector<std::string> viewsLearned(const std::string& name, const Snapshot& data) {
  const std::int64_t fewest = viewsNeeded(preset(name));
  if (fewest > 0) return characterViewNames(data, fewest);
  return networkKnowsViews(preset(name).network) ? data.views() : std::vector<std::string>{std::string(kAnyView)};
}

std::vector<std::string> metricNames(const std::string& name, const Json& settings) {
  const Preset& chosen = preset(name);
  std::vector<std::string> names = recipeMetrics(chosen, settings);
  if (settings.value("measure_every", 0.0) > 0) {
    names.insert(names.end(), runMeasureNames().begin(), runMeasureNames().end());
  }
  names.push_back(chosen.objective);
  return names;
}

}  // namespace loom
