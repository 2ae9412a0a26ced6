// Every setting that some preset has, in the order of the form. A preset takes those it uses and sets their defaults.
#pragma once

#include "core/base/settings.h"

namespace loom {

const SettingsSchema& sharedSettings();

}  // namespace loom
