// What all films have in common: how large, how fast. Private to films.h.
#pragma once

#include "core/studio/films.h"

namespace loom {

/// Size, rate and length of `frames` frames of width x height pixels; the last one stays longer if `holds`. Throws
/// Error.
Film plannedFilm(int frames, int width, int height, bool holds, const FilmOptions& options, AnimationFormat format);

/// Writes the frames of a film as it was planned, for their times.
class FilmWriter {
 public:
  FilmWriter(const Film& plan, const FilmOptions& options, const std::filesystem::path& out, const JobMonitor& monitor);

  void add(Sprite frame);
  /// Returns the film as it has become.
  Film finish();

 private:
  void put(double seconds);
  Film m_film;
  AnimationWriter m_writer;
  Sprite m_waiting;  ///< the last frame so far: how long it stays is not known yet
  int m_frames = 0;  ///< written
  double m_seconds = 0;
  std::int64_t m_milliseconds = 0;
};

}  // namespace loom
