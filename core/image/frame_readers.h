// One reader a moving format, and the canvas on which GIF, APNG and WebP lay their parts. Private to animation.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/image/animation.h"
#include "core/image/image_format.h"
#include "core/image/picture_head.h"

namespace loom {

/// What a file's chunks tell about its frames before one is decoded.
struct AnimationHead {
  PictureSize canvas;
  std::int64_t frames = 0;  ///< that begin in the bytes; 1 for a still picture
  std::string problem;      ///< as in Animation: the file ends too early, or announces more frames than it has
};
AnimationHead gifHead(std::span<const std::byte> bytes);
AnimationHead apngHead(std::span<const std::byte> bytes);
AnimationHead webpAnimationHead(std::span<const std::byte> bytes);

/// What becomes of a part once its frame has been shown.
enum class Disposal { kKeep, kClear, kRestore };

/// Turns parts into whole frames and collects `wanted` of them.
class FrameCanvas {
 public:
  FrameCanvas(PictureSize size, std::int64_t wanted, Animation& animation);

  bool isComplete() const { return static_cast<std::int64_t>(m_animation.frames.size()) >= m_wanted; }
  /// To be called before the part of a frame is drawn; `area` may reach beyond the canvas.
  void begin(const PixelRect& area, Disposal disposal);
  /// The picture to draw on, between begin() and show().
  Sprite& picture() { return m_picture; }
  /// Lays `part` over (APNG specification, 3.2: source-over of straight alpha) with its corner at x, y.
  void blend(const Sprite& part, int x, int y);
  /// Ends the frame.
  void show(int milliseconds);

 private:
  Animation& m_animation;
  std::int64_t m_wanted;
  Sprite m_picture;
  PixelRect m_area;
  Disposal m_disposal = Disposal::kKeep;
  Sprite m_before;  ///< what lay under m_area, to restore
};

/// Each reads up to `wanted` frames into `animation`; throws Error at the first that is damaged.
void readGifFrames(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name,
                   Animation& animation);
void readApngFrames(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name,
                    Animation& animation);
void readWebpFrames(std::span<const std::byte> bytes, std::int64_t wanted, const std::string& name,
                    Animation& animation);

/// The first `wanted` frames of a moving format, or all there are if they are fewer; at least one.
Animation decodeFrames(std::span<const std::byte> bytes, ImageFormat format, std::int64_t wanted,
                       const std::string& name);

}  // namespace loom
