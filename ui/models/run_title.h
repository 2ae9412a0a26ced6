// What a run is called wherever it is listed, and how it differs from others beside it.
#pragma once

#include <QString>
#include <QVariant>
#include <string>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// "Run 3", or "Run 3 · wide latent" for one that has a name.
QString runTitle(const RunInfo& run);

/// The settings (and seed, device, precision) in which runs of one preset differ, in the order of the form. What
/// presets differ in by themselves is not what anybody tried.
std::vector<std::string> differingSettings(const std::vector<const RunInfo*>& runs);
/// The setting's title for people; its key where no preset knows it.
QString settingTitle(const std::string& key);
/// Its value as it is sorted: a number, a text, or nothing where the run has no such setting.
QVariant settingValue(const RunInfo& run, const std::string& key);
QString settingText(const RunInfo& run, const std::string& key);
/// "Latent size 128 · Batch 64", of `keys`.
QString settingsText(const RunInfo& run, const std::vector<std::string>& keys);

}  // namespace loom
