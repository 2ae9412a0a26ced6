// Moving pictures to a file, frame by frame: GIF, APNG, animated WebP, and MP4 through ffmpeg where it is installed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/job_monitor.h"
#include "core/image/animation.h"

namespace loom {

enum class AnimationFormat { kGif, kApng, kWebp, kMp4 };
/// By its ending: .gif, .png or .apng, .webp, .mp4. Throws Error for another.
AnimationFormat animationFormatOf(const std::filesystem::path& file);
/// Throws Error when the format cannot be written here: MP4 without ffmpeg.
void checkAnimationFormat(AnimationFormat format);

struct AnimationOptions {
  int scale = 1;                         ///< whole; every pixel becomes a block
  std::optional<Rgba> background = {};   ///< laid under every frame; none: transparency is kept, in MP4 on white
  bool loops = true;                     ///< starts again at its end; a video's player decides that itself
  std::optional<double> videoRate = {};  ///< frames a second of an MP4; a frame is repeated to fill its time (none: 50)
};

/// Frames go to the file as they come: a long animation is never in memory whole (a WebP is, packed). The file appears
/// under its name with finish(); without it nothing is left.
///
/// APNG and WebP keep every pixel; in WebP equal frames in a row become one that stays longer. GIF has pixels that are
/// there (alpha 128 and more) or not, and times in hundredths of a second (what is rounded off is made up for by the
/// next frame); its colours are exact while all frames together have at most 256, a hole counted as one; frames after
/// that have palettes of their own, and those of more colours than fit are reduced (libimagequant, no dithering). MP4
/// is H.264 where ffmpeg has it, in yuv420p, whose colours are half as fine as its light: a scale of 2 and more keeps
/// pixels crisp.
class AnimationWriter {
 public:
  /// Cancelling through `monitor` also ends a wait for ffmpeg. Throws Error: an unknown ending, no right to write, a
  /// scale that limits.h does not allow, no ffmpeg.
  AnimationWriter(const std::filesystem::path& file, const AnimationOptions& options, const JobMonitor& monitor = {});
  ~AnimationWriter();
  AnimationWriter(AnimationWriter&&) noexcept;
  AnimationWriter& operator=(AnimationWriter&&) noexcept;

  /// Throws Error when the frame is of another size than the first, too large, one too many, or shown for a time that
  /// limits.h does not allow; Cancelled.
  void add(const Sprite& sprite, int milliseconds);
  void add(const AnimationFrame& frame) { add(frame.sprite, frame.milliseconds); }
  /// The last call. Throws Error when there was no frame, or when the file cannot be written.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
