// One encoder a moving format. Private to animation_writer.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/image/animation_writer.h"

namespace loom {

/// Takes frames of one size, already scaled and on their background, with times within the limits.
class AnimationEncoder {
 public:
  virtual ~AnimationEncoder() = default;
  virtual void add(Sprite frame, int milliseconds) = 0;
  /// After the last of at least one frame: the file is whole, and in its place.
  virtual void finish() = 0;
};

std::unique_ptr<AnimationEncoder> gifEncoder(const std::filesystem::path& file, bool loops);
std::unique_ptr<AnimationEncoder> apngEncoder(const std::filesystem::path& file, bool loops);
std::unique_ptr<AnimationEncoder> webpEncoder(const std::filesystem::path& file, bool loops);
/// `rate` in frames a second; `ground` under transparency and beside odd sizes. Throws Error where there is no ffmpeg.
std::unique_ptr<AnimationEncoder> mp4Encoder(const std::filesystem::path& file, double rate, Rgba ground,
                                             const JobMonitor& monitor);

/// The smallest rectangle that holds every pixel in which the two differ, both of one size; empty (0 x 0) when none.
PixelRect differenceBounds(const Sprite& before, const Sprite& after);

}  // namespace loom
