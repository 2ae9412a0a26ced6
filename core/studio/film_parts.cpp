#include "core/studio/film_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

constexpr int kComfortable = 512;   ///< pixels of the longer side
constexpr double kHold = 2;         ///< seconds that a last frame stays
constexpr double kHoldShare = 0.2;  ///< of a film whose length is given, at most

int chosenScale(int width, int height, const FilmOptions& options, AnimationFormat format) {
  if (options.scale) return *options.scale;
  const int side = std::max(width, height);
  const int least = format == AnimationFormat::kMp4 ? 2 : 1;  // its colours are half as fine as its pixels
  return std::clamp((kComfortable + side - 1) / std::max(1, side), least, limits::kMaxFilmScale);
}

std::string shortText(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

void checkRate(double rate) {
  if (rate >= FilmOptions::kSlowest && rate <= FilmOptions::kFastest) return;
  throw Error("a film cannot have " + shortText(rate) + " frames a second",
              "choose from " + shortText(FilmOptions::kSlowest) + " to " + shortText(FilmOptions::kFastest) +
                  " a second, or another length or number of frames");
}

}  // namespace

Film plannedFilm(int frames, int width, int height, bool holds, const FilmOptions& options, AnimationFormat format) {
  if (options.framesPerSecond && options.seconds) {
    throw Error("a film has one speed", "give its frames a second or its length in seconds");
  }
  if (frames > limits::kMaxFilmFrames) {
    throw Error(std::to_string(frames) + " frames are too many for a film",
                std::to_string(limits::kMaxFilmFrames) + " are the most");
  }
  Film film{.frames = frames, .scale = chosenScale(width, height, options, format)};
  film.width = width * film.scale;
  film.height = height * film.scale;
  if (options.seconds) {
    const double hold = holds ? std::min(kHold, *options.seconds * kHoldShare) : 0;
    film.seconds = *options.seconds;
    film.framesPerSecond = frames / (film.seconds - hold);
  } else {
    film.framesPerSecond = options.framesPerSecond.value_or(FilmOptions::kUsual);
    film.seconds = frames / film.framesPerSecond + (holds ? kHold : 0);
  }
  checkRate(film.framesPerSecond);
  return film;
}

FilmWriter::FilmWriter(const Film& plan, const FilmOptions& options, const std::filesystem::path& out,
                       const JobMonitor& monitor)
    : m_film(plan),
      m_writer(out, {.scale = plan.scale, .background = options.background, .videoRate = plan.framesPerSecond},
               monitor) {}

void FilmWriter::add(Sprite frame) {
  if (!m_waiting.empty()) put(1 / m_film.framesPerSecond);
  m_waiting = std::move(frame);
}

Film FilmWriter::finish() {
  if (m_waiting.empty()) throw Error("none of the film's pictures can be read any more", "train the run for longer");
  const double left = m_film.seconds - m_film.frames / m_film.framesPerSecond;
  put(1 / m_film.framesPerSecond + std::max(0.0, left));
  m_writer.finish();
  m_film.frames = m_frames;
  m_film.seconds = m_seconds;
  return m_film;
}

/// Times are whole milliseconds; what is rounded off one frame is made up for by the next.
void FilmWriter::put(double seconds) {
  m_seconds += seconds;
  constexpr double kSecond = 1000;
  const std::int64_t end = std::llround(m_seconds * kSecond);
  m_writer.add(m_waiting, static_cast<int>(end - m_milliseconds));
  m_milliseconds = end;
  ++m_frames;
}

}  // namespace loom
