// What the commands that write films have in common.
#pragma once

#include <string>

#include "app/cli/commands.h"
#include "core/studio/films.h"

namespace loom::cli {

struct FilmChoice {
  FilmOptions film;
  std::string out;
  bool force = false;
};

/// --out, --scale, --background, --force.
void addFilmFile(CLI::App& command, FilmChoice& choice);
/// The same, --fps or --seconds.
void addFilmOptions(CLI::App& command, FilmChoice& choice);

/// Wrong usage where the file's ending is no film's; then Error where ffmpeg is needed and not there.
AnimationFormat filmFormat(const FilmChoice& choice);
/// The same, then Error where the file is there.
void checkFilm(const FilmChoice& choice);

/// Writes who must be named beside the film and ends the command; `more` joins the fields of the done event.
void filmWritten(Context& context, const FilmChoice& choice, const Film& film, const Project& project,
                 const RunInfo& run, Json more);

}  // namespace loom::cli
