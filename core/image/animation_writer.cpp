#include "core/image/animation_writer.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/animation_encoders.h"
#include "core/image/ffmpeg.h"

namespace loom {
namespace {

constexpr Rgba kWhite{255, 255, 255, 255};
constexpr double kVideoRate = 50;  // the shortest frame allowed is one of its

std::unique_ptr<AnimationEncoder> encoderFor(const std::filesystem::path& file, const AnimationOptions& options,
                                             const JobMonitor& monitor) {
  switch (animationFormatOf(file)) {
    case AnimationFormat::kGif:
      return gifEncoder(file, options.loops);
    case AnimationFormat::kApng:
      return apngEncoder(file, options.loops);
    case AnimationFormat::kWebp:
      return webpEncoder(file, options.loops);
    case AnimationFormat::kMp4:
      break;
  }
  return mp4Encoder(file, options.videoRate.value_or(kVideoRate), options.background.value_or(kWhite), monitor);
}

std::string sizeText(std::int64_t width, std::int64_t height) {
  return std::to_string(width) + " x " + std::to_string(height) + " px";
}

}  // namespace

AnimationFormat animationFormatOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  if (ending == ".gif") return AnimationFormat::kGif;
  if (ending == ".png" || ending == ".apng") return AnimationFormat::kApng;
  if (ending == ".webp") return AnimationFormat::kWebp;
  if (ending == ".mp4") return AnimationFormat::kMp4;
  throw Error(file.filename().string() + " does not end like a film", "end it in .gif, .webp, .png (APNG) or .mp4",
              file);
}

void checkAnimationFormat(AnimationFormat format) {
  if (format == AnimationFormat::kMp4) findFfmpeg();
}

PixelRect differenceBounds(const Sprite& before, const Sprite& after) {
  int left = after.width(), right = -1, top = after.height(), bottom = -1;
  for (int y = 0; y < after.height(); ++y) {
    for (int x = 0; x < after.width(); ++x) {
      if (before.at(x, y) == after.at(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? PixelRect{} : PixelRect{left, top, right - left + 1, bottom - top + 1};
}

struct AnimationWriter::Impl {
  std::filesystem::path file;
  AnimationOptions options;
  std::unique_ptr<AnimationEncoder> encoder;
  int width = 0, height = 0;  ///< of the sprites
  int frames = 0;

  void check(const Sprite& sprite, int milliseconds) {
    if (sprite.empty()) throw Error("a frame without a pixel cannot be written", {}, file);
    if (frames == 0) checkFirst(sprite);
    if (sprite.width() != width || sprite.height() != height) {
      throw Error("frame " + std::to_string(frames + 1) + " has " + sizeText(sprite.width(), sprite.height()) +
                      " where the first has " + sizeText(width, height),
                  "bring all frames to one size", file);
    }
    if (frames == limits::kMaxFilmFrames) {
      throw Error("a film has at most " + std::to_string(limits::kMaxFilmFrames) + " frames", "ask for fewer", file);
    }
    if (milliseconds < limits::kMinFrameMilliseconds || milliseconds > limits::kMaxFrameMilliseconds) {
      throw Error("a frame cannot be shown for " + std::to_string(milliseconds) + " ms",
                  "choose from " + std::to_string(limits::kMinFrameMilliseconds) + " ms (50 a second) to " +
                      std::to_string(limits::kMaxFrameMilliseconds / 1000) + " s",
                  file);
    }
  }

  void checkFirst(const Sprite& sprite) {
    width = sprite.width();
    height = sprite.height();
    const std::int64_t wide = std::int64_t{width} * options.scale;
    const std::int64_t high = std::int64_t{height} * options.scale;
    if (std::max(wide, high) > limits::kMaxFilmSide || wide * high > limits::kMaxFilmFramePixels) {
      throw Error("frames of " + sizeText(wide, high) + " are too large for a film",
                  "choose a smaller scale: " + std::to_string(limits::kMaxFilmSide) + " px a side and " +
                      std::to_string(limits::kMaxFilmFramePixels >> 20) + " megapixels are the most",
                  file);
    }
  }
};

AnimationWriter::AnimationWriter(const std::filesystem::path& file, const AnimationOptions& options,
                                 const JobMonitor& monitor)
    : m_impl(std::make_unique<Impl>()) {
  if (options.scale < 1 || options.scale > limits::kMaxFilmScale) {
    throw Error("a film cannot be " + std::to_string(options.scale) + " times larger",
                "choose a scale from 1 to " + std::to_string(limits::kMaxFilmScale), file);
  }
  m_impl->file = file;
  m_impl->options = options;
  m_impl->encoder = encoderFor(file, options, monitor);
}

AnimationWriter::~AnimationWriter() = default;
AnimationWriter::AnimationWriter(AnimationWriter&&) noexcept = default;
AnimationWriter& AnimationWriter::operator=(AnimationWriter&&) noexcept = default;

void AnimationWriter::add(const Sprite& sprite, int milliseconds) {
  const AnimationOptions& options = m_impl->options;
  m_impl->check(sprite, milliseconds);
  Sprite frame = options.background ? flattened(sprite, *options.background) : sprite;
  if (options.scale > 1) frame = enlarged(frame, options.scale);
  m_impl->encoder->add(std::move(frame), milliseconds);
  ++m_impl->frames;
}

void AnimationWriter::finish() {
  if (m_impl->frames == 0) throw Error("there is no frame to write", {}, m_impl->file);
  m_impl->encoder->finish();
}

}  // namespace loom
