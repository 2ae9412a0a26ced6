// MP4: raw frames at an even rate to ffmpeg, which writes the file aside.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/animation_encoders.h"
#include "core/image/ffmpeg.h"

namespace loom {
namespace {

constexpr double kFastest = 1000;  // frames a second

std::string numberText(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

/// H.264 where this ffmpeg has it, nearly without loss; -q:v is for the encoder that others have instead. BT.709 is
/// said in the file, because players guess it from the size otherwise.
std::vector<std::string> arguments(int width, int height, double rate, const std::string& file) {
  const std::string size = std::to_string(width) + "x" + std::to_string(height);
  return {"-hide_banner",
          "-loglevel",
          "error",
          "-nostdin",
          "-y",  //
          "-f",
          "rawvideo",
          "-pixel_format",
          "rgba",
          "-video_size",
          size,
          "-framerate",
          numberText(rate),  //
          "-i",
          "pipe:0",
          "-an",  //
          "-vf",
          "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p",  //
          "-colorspace",
          "bt709",
          "-color_primaries",
          "bt709",
          "-color_trc",
          "bt709",
          "-color_range",
          "tv",  //
          "-crf",
          "12",
          "-q:v",
          "2",
          "-movflags",
          "+faststart",
          "-f",
          "mp4",
          file};
}

/// yuv420p holds colours for blocks of 2 x 2 pixels.
int even(int side) {
  return side + side % 2;
}

class Mp4Encoder final : public AnimationEncoder {
 public:
  Mp4Encoder(const std::filesystem::path& file, double rate, Rgba ground, const JobMonitor& monitor)
      : m_rate(rate), m_ground(ground), m_monitor(monitor), m_file(file) {
    if (!(rate > 0 && rate <= kFastest)) throw Error("a video cannot have " + numberText(rate) + " frames a second");
  }

  void add(Sprite frame, int milliseconds) override {
    Sprite whole(even(frame.width()), even(frame.height()));
    paste(whole, frame, 0, 0);
    whole = flattened(whole, m_ground);
    if (!m_ffmpeg) m_ffmpeg.emplace(arguments(whole.width(), whole.height(), m_rate, m_file.aside()), m_monitor);
    m_milliseconds += milliseconds;
    constexpr double kSecond = 1000;
    const auto end = static_cast<std::int64_t>(std::lround(static_cast<double>(m_milliseconds) * m_rate / kSecond));
    for (const std::int64_t last = std::max(end, m_written + 1); m_written < last; ++m_written) {
      m_ffmpeg->write(std::as_bytes(whole.pixels()));
    }
  }

  void finish() override {
    m_ffmpeg->finish();
    m_file.commit();
  }

 private:
  double m_rate;
  Rgba m_ground;
  JobMonitor m_monitor;
  AtomicFile m_file;
  std::int64_t m_milliseconds = 0;  ///< of all frames so far
  std::int64_t m_written = 0;       ///< frames of the video
  std::optional<Ffmpeg> m_ffmpeg;   ///< last: it ends before its file goes
};

}  // namespace

std::unique_ptr<AnimationEncoder> mp4Encoder(const std::filesystem::path& file, double rate, Rgba ground,
                                             const JobMonitor& monitor) {
  findFfmpeg();
  return std::make_unique<Mp4Encoder>(file, rate, ground, monitor);
}

}  // namespace loom
