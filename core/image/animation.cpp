#include "core/image/animation.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/aseprite.h"
#include "core/image/codec.h"
#include "core/image/decoders.h"
#include "core/image/frame_readers.h"
#include "core/image/image_format.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

AnimationHead headOf(Bytes bytes, ImageFormat format) {
  switch (format) {
    case ImageFormat::kGif:
      return gifHead(bytes);
    case ImageFormat::kPng:
      return apngHead(bytes);
    case ImageFormat::kWebp:
      return webpAnimationHead(bytes);
    case ImageFormat::kAseprite:
      return asepriteHead(bytes);
    default:
      return {pictureSize(bytes).value_or(PictureSize{}), 1, {}};
  }
}

/// Before anything is allocated.
void checkLimits(const AnimationHead& head, std::int64_t fileBytes, const std::string& name) {
  checkPictureSize(head.canvas.width, head.canvas.height, name);
  if (head.frames > limits::kMaxAnimationFrames) {
    throw Error(name + " has " + std::to_string(head.frames) + " frames, more than the " +
                    std::to_string(limits::kMaxAnimationFrames) + " that are read",
                "export the frames that you need as pictures", name);
  }
  if (head.frames * head.canvas.pixels() > limits::kMaxAnimationPixels) {
    throw Error(name + " has " + std::to_string(head.frames) + " frames of " + std::to_string(head.canvas.width) +
                    " x " + std::to_string(head.canvas.height) + " px, more than the " +
                    std::to_string(limits::kMaxAnimationPixels >> 20) + " megapixels that are read of an animation",
                "make it smaller, or export the frames that you need as pictures", name);
  }
  // A part of a frame and what lay under it may be as large as the canvas.
  const std::int64_t held = head.frames + (head.frames > 1 ? 2 : 0);
  checkDecodeMemory(held * head.canvas.pixels() * static_cast<std::int64_t>(sizeof(Rgba)) + fileBytes, name);
}

void readFrames(Bytes bytes, ImageFormat format, std::int64_t wanted, const std::string& name, Animation& animation) {
  switch (format) {
    case ImageFormat::kGif:
      return readGifFrames(bytes, wanted, name, animation);
    case ImageFormat::kPng:
      return readApngFrames(bytes, wanted, name, animation);
    case ImageFormat::kWebp:
      return readWebpFrames(bytes, wanted, name, animation);
    case ImageFormat::kAseprite:
      return readAseprite(bytes, wanted, name, animation);
    default:
      return;
  }
}

/// Tags and slices speak of frames that are there, and of areas that can be reckoned with.
void dropImpossible(Animation& animation) {
  const auto frames = static_cast<int>(animation.frames.size());
  std::erase_if(animation.tags, [&](const AnimationTag& tag) { return tag.first > tag.last || tag.first >= frames; });
  for (AnimationTag& tag : animation.tags) tag.last = std::min(tag.last, frames - 1);
  constexpr int kFar = 1 << 16;
  std::erase_if(animation.slices, [&](const AnimationSlice& slice) {
    const PixelRect& area = slice.area;
    return slice.frame < 0 || slice.frame >= frames || area.width < 0 || area.height < 0 ||
           std::max(area.width, area.height) > kFar || std::min(area.x, area.y) < -kFar ||
           std::max(area.x, area.y) > kFar;
  });
}

}  // namespace

Animation decodeFrames(Bytes bytes, ImageFormat format, std::int64_t wanted, const std::string& name) {
  AnimationHead head = headOf(bytes, format);
  head.frames = std::min(head.frames, wanted);
  checkLimits(head, std::ssize(bytes), name);
  Animation animation;
  try {
    readFrames(bytes, format, head.frames, name, animation);
  } catch (const Error& failure) {
    if (animation.frames.empty()) throw;
    animation.problem =
        "frame " + std::to_string(animation.frames.size() + 1) + " is damaged, and those after it are left out";
  }
  if (animation.frames.empty()) throw damagedPicture(name, format, "it has no frame");
  dropImpossible(animation);
  if (animation.problem.empty()) animation.problem = head.problem;
  const bool cut = std::ssize(animation.frames) < head.frames;
  if (cut && animation.problem.empty()) {
    animation.problem = "it has only " + std::to_string(animation.frames.size()) + " of the " +
                        std::to_string(head.frames) + " frames announced";
  }
  return animation;
}

bool isAnimated(Bytes bytes) {
  const auto format = imageFormat(bytes);
  return format && (*format == ImageFormat::kAseprite || headOf(bytes, *format).frames > 1);
}

std::int64_t animationBytes(Bytes bytes) {
  const auto format = imageFormat(bytes);
  if (!format) return 0;
  const AnimationHead head = headOf(bytes, *format);
  // A head may claim anything: what is beyond the limits is not decoded.
  const std::int64_t frames = std::clamp<std::int64_t>(head.frames, 0, limits::kMaxAnimationFrames);
  if (head.canvas.width > limits::kMaxImageSide || head.canvas.height > limits::kMaxImageSide) return 0;
  return frames * head.canvas.pixels() * static_cast<std::int64_t>(sizeof(Rgba));
}

Animation decodeAnimation(Bytes bytes, const std::string& name) {
  const ImageFormat format = readableFormat(bytes, name);
  if (isAnimated(bytes)) return decodeFrames(bytes, format, std::numeric_limits<std::int64_t>::max(), name);
  Animation animation;
  animation.frames.push_back({decodeImage(bytes, name), AnimationFrame{}.milliseconds});
  return animation;
}

}  // namespace loom
