// timelapse PROJECT RUN: the training as a film.
#include <charconv>

#include "app/cli/film_options.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  TimelapseOptions timelapse;
  FilmChoice film;
};

/// "epoch" or a number of steps.
void readEvery(const std::string& word, TimelapseOptions& options) {
  if (word == "epoch") {
    options.every = TimelapseOptions::Every::kEpoch;
    return;
  }
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), options.steps);
  if (problem != std::errc() || end != word.data() + word.size() || options.steps < 1) {
    throw UsageError("--every " + word + " is no distance between frames", "say epoch, or a number of steps");
  }
  options.every = TimelapseOptions::Every::kSteps;
}

void run(const Options& options, Context& context) {
  checkFilm(options.film);
  const Project project = Project::open(options.project);
  const RunInfo run = findRun(project.catalogue(), options.run);
  const TrainingPictures all = trainingPictures(project, run);
  JobMonitor monitor = context.monitor();
  const Film film = writeTimelapse(all, options.timelapse, options.film.film, options.film.out, monitor);
  const auto pictures = static_cast<std::int64_t>(all.pictures.size());
  if (pictures > film.frames) {
    context.output.say("of the " + counted(pictures, "picture", "pictures") + " that the run has kept, " +
                       std::to_string(film.frames) + " are shown");
  }
  filmWritten(context, options.film, film, project, run, {{"pictures", pictures}});
}

}  // namespace

void addTimelapse(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "timelapse", "Makes a film of a training",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, "The run's number, or last")->required();
  command->add_option_function<std::string>(
      "--every", [options](const std::string& word) { readEvery(word, options->timelapse); },
      "A frame every epoch, or every N steps (evenly spread, at most 200 frames)");
  command
      ->add_option("--characters", options->timelapse.characters, "Only the first N characters of the pictures (all)")
      ->check(CLI::Range(1, 10'000));
  addFilmOptions(*command, options->film);
}

}  // namespace loom::cli
