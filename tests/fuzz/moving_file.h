// What the targets of the moving formats do.
#pragma once

#include "core/image/animation.h"
#include "core/image/image_format.h"
#include "core/image/picture_head.h"
#include "tests/fuzz/bytes.h"

namespace loom {

/// Larger pictures are only looked at: filling their pixels would be all that the fuzzer does.
inline constexpr std::int64_t kFuzzPixels = std::int64_t{1} << 18;

/// Files of other formats are none of the corpus (-1).
inline int fuzzMovingFile(const std::uint8_t* data, std::size_t size, ImageFormat format) {
  const auto bytes = fuzzBytes(data, size);
  if (imageFormat(bytes) != format) return -1;
  return fuzzed([&] {
    isAnimated(bytes);
    const auto canvas = pictureSize(bytes);
    if (!canvas || canvas->pixels() > kFuzzPixels) return;
    const Animation animation = decodeAnimation(bytes, "it");
    require(!animation.frames.empty());
    for (const AnimationFrame& frame : animation.frames) {
      require(frame.sprite.width() == canvas->width && frame.sprite.height() == canvas->height);
      require(frame.milliseconds > 0);
    }
    const auto frames = static_cast<int>(animation.frames.size());
    for (const AnimationTag& tag : animation.tags) {
      require(tag.first >= 0 && tag.first <= tag.last && tag.last < frames);
    }
    for (const AnimationSlice& slice : animation.slices) require(slice.frame >= 0 && slice.frame < frames);
  });
}

}  // namespace loom
