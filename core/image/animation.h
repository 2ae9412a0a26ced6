// Moving pictures from bytes: every frame of a GIF, APNG, animated WebP or Aseprite file as a whole picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

struct AnimationFrame {
  Sprite sprite;
  int milliseconds = 100;
};

/// Part of an animation that has a name ("walk").
struct AnimationTag {
  std::string name;
  int first = 0, last = 0;  ///< frames, both included
};

/// A named part of the canvas, valid from `frame` on until the next of the same name; may reach beyond the canvas.
struct AnimationSlice {
  std::string name;
  int frame = 0;
  PixelRect area;
};

struct Animation {
  std::vector<AnimationFrame> frames;  ///< all of one size
  std::vector<AnimationTag> tags;
  std::vector<AnimationSlice> slices;
  std::string problem;  ///< why later frames are missing, a sentence without a full stop; empty when all are there
};

/// More than one frame, or an Aseprite file. Cheap: walks over heads and chunks only.
bool isAnimated(std::span<const std::byte> bytes);
/// Bytes that the frames of an animation take once they are decoded; 0 for no picture. As cheap.
std::int64_t animationBytes(std::span<const std::byte> bytes);

/// A still picture is one frame. A frame that is damaged ends the animation: those before it are kept and `problem`
/// says so. Durations under 20 ms are shown for 100 ms, as browsers do. Throws Error when there is not one good frame,
/// or when limits.h allows not so many, so large. `name` is used in messages alone.
Animation decodeAnimation(std::span<const std::byte> bytes, const std::string& name);

}  // namespace loom
