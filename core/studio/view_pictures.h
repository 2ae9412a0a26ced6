// Pictures of one character, and the views that their folders and names say they show.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"

namespace loom {

struct ViewPicture {
  std::string character;
  std::string view;  ///< kAnyView where nothing says which
  Sprite sprite;     ///< at its native size: a sure enlargement is undone
};

/// Reads files, and the pictures of folders as WHERE/VIEW/NAME.png; views and names are told as an import tells them.
/// Only the pictures of the first character come back: a character is turned round at a time. Throws Error when one
/// cannot be read, or when there are none.
std::vector<ViewPicture> readViewPictures(const std::vector<std::filesystem::path>& sources, JobMonitor& monitor);

/// A picture from elsewhere at its native size.
Sprite atNativeSize(const Sprite& picture);

/// As a model of that side sees it, without the margins that make it a square.
Sprite fittedToModel(const Sprite& sprite, int side);

}  // namespace loom
