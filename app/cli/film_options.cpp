#include "app/cli/film_options.h"

#include <cstdio>

#include "app/cli/credits_file.h"
#include "core/base/limits.h"
#include "core/image/edit.h"

namespace loom::cli {

void addFilmOptions(CLI::App& command, FilmChoice& choice) {
  addFilmFile(command, choice);
  CLI::Option* rate = command.add_option("--fps", choice.film.framesPerSecond, "Frames a second (20)")
                          ->check(CLI::Range(FilmOptions::kSlowest, FilmOptions::kFastest));
  command.add_option("--seconds", choice.film.seconds, "How long the film is, instead of --fps")
      ->check(CLI::PositiveNumber)
      ->excludes(rate);
}

void addFilmFile(CLI::App& command, FilmChoice& choice) {
  command.add_option("--out", choice.out, "The file: FILE.gif, .webp, .png (APNG), or .mp4 where ffmpeg is installed")
      ->required();
  command.add_option("--scale", choice.film.scale, "Whole enlargement (so that the longer side has about 512 px)")
      ->check(CLI::Range(1, limits::kMaxFilmScale));
  command.add_option_function<std::string>(
      "--background",
      [&choice](const std::string& text) {
        try {
          choice.film.background = parseColour(text);
        } catch (const Error& error) {
          throw UsageError(error.what(), error.hint());
        }
      },
      "A colour under transparency, #rrggbb (none: it stays; white in .mp4)");
  command.add_flag("--force", choice.force, "Replace a file that is there");
}

AnimationFormat filmFormat(const FilmChoice& choice) {
  AnimationFormat format{};
  try {
    format = animationFormatOf(choice.out);
  } catch (const Error& error) {
    throw UsageError(error.what(), error.hint());
  }
  checkAnimationFormat(format);
  return format;
}

void checkFilm(const FilmChoice& choice) {
  filmFormat(choice);
  refuseToReplace({choice.out}, choice.force);
}

void filmWritten(Context& context, const FilmChoice& choice, const Film& film, const Project& project,
                 const RunInfo& run, Json more) {
  const std::string credits = creditsForRun(project, run);
  sayCredits(saveCreditsBeside(choice.out, credits), credits, context.output);
  more.update({{"file", choice.out},
               {"frames", film.frames},
               {"width", film.width},
               {"height", film.height},
               {"scale", film.scale},
               {"seconds", film.seconds},
               {"run", runField(run)}});
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", film.seconds);
  context.output.done("Wrote " + choice.out + ": " + counted(film.frames, "frame", "frames") + ", " + seconds + ", " +
                          std::to_string(film.width) + " x " + std::to_string(film.height) + " px",
                      std::move(more));
}

}  // namespace loom::cli
