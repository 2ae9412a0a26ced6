// Cleaning steps: what the data page and `clean --step` can do to a sprite, each described once and applied to a copy.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/base/settings.h"
#include "core/image/sprite.h"

namespace loom {

struct CleaningStep {
  std::string name;                ///< a kind's
  Json settings = Json::object();  ///< those that differ from the kind's defaults, or all; see CleaningKind::palette
  friend bool operator==(const CleaningStep&, const CleaningStep&) = default;
};

struct CleanedSprite {
  Sprite sprite;
  std::string note;      ///< what was done, or why nothing was: "padded", "removed a #ff00ff background"
  bool changed = false;  ///< some pixel or the size is another
};

/// Calls its argument with every sprite of the set, each time it is called in the same order.
using SpriteWalk = std::function<void(const std::function<void(const Sprite&)>& visit)>;

struct CleaningKind {
  std::string name;         ///< the key: "background"
  std::string title;        ///< for people: "Remove the background"
  std::string help;         ///< one or two sentences
  std::string mainSetting;  ///< the one that `NAME=VALUE` sets; empty when there is none
  SettingsSchema settings;
  /// Whether "palette" may stand beside the settings: an array of "#rrggbb" or "#rrggbbaa", or, until the step is
  /// resolved, the path of a palette file or picture as a string.
  bool palette = false;
  std::function<CleanedSprite(const Sprite&, const Json& settings)> apply;
  /// The settings made independent of the set and of files; none where they always are. See resolved.
  std::function<Json(const Json& settings, const SpriteWalk& sprites, JobMonitor& monitor)> resolve = {};
};

/// In the order in which a sprite usually goes through them.
const std::vector<CleaningKind>& cleaningKinds();
/// Throws Error naming the ones there are.
const CleaningKind& cleaningKind(const std::string& name);

/// "background", "background=flood", "fit=64,mode=area", "lock=/path/to/my.gpl". Throws Error.
CleaningStep parseCleaningStep(const std::string& text);
/// The step with every setting in place and checked. Throws Error.
CleaningStep completed(const CleaningStep& step);
/// What parseCleaningStep reads: settings at their defaults are left out, as is a palette's list of colours.
std::string cleaningStepText(const CleaningStep& step);

/// Completed, and what needs the whole set (a shared palette, a common canvas) or a file (the palette to lock to) has
/// become part of the settings: such a step can be repeated sprite by sprite, at any time. Throws Error, and Cancelled.
CleaningStep resolved(const CleaningStep& step, const SpriteWalk& sprites, JobMonitor& monitor);
/// The same for steps that follow each other: each looks at the sprites as the ones before it leave them.
std::vector<CleaningStep> resolved(const std::vector<CleaningStep>& steps, const SpriteWalk& sprites,
                                   JobMonitor& monitor);

/// Applies one step. Pure: the same sprite and step give the same pixels. Throws Error when the step is not valid, or
/// would have to be resolved first.
CleanedSprite clean(const Sprite& sprite, const CleaningStep& step);

}  // namespace loom
