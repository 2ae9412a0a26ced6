// Background removal: the figure stays, what lies behind it becomes transparent.
#pragma once

#include <string>

#include "core/image/sprite.h"

namespace loom {

enum class BackgroundMode { kAuto, kFlood, kSolid, kCheckerboard, kColour };
/// What becomes of rim pixels that are part figure, part background.
enum class BackgroundEdges { kAuto, kSoft, kHard, kKeep };
/// "auto", "flood", "solid", "checkerboard", "colour"; "auto", "soft", "hard", "keep". Throw Error for another name.
BackgroundMode backgroundModeNamed(const std::string& name);
BackgroundEdges backgroundEdgesNamed(const std::string& name);

struct BackgroundOptions {
  BackgroundMode mode = BackgroundMode::kAuto;
  double tolerance = 0;  ///< in OKLab; 0 takes as much as the background's own noise asks for
  Rgba colour = {};      ///< for kColour
  BackgroundEdges edges = BackgroundEdges::kAuto;
};

struct WithoutBackground {
  Sprite sprite;
  std::string note;  ///< "removed a #ff00ff background", "no background found: …"
};

/// The background is what the border shows: a colour, a linear gradient or a checkerboard, with the noise of JPEG or
/// without. kAuto and kFlood go from the border inwards over pixels that share a side; kAuto does nothing where less
/// than half of the border agrees on a background, or most of it is transparent already.
WithoutBackground withoutBackground(const Sprite& sprite, const BackgroundOptions& options);

}  // namespace loom
