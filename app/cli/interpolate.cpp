// interpolate PROJECT RUN: a walk in latent space as a film.
#include "app/cli/film_options.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::vector<std::uint64_t> via;
  int frames = 0;
  bool linear = false;
  bool eased = false;
  bool loops = false;
  std::optional<std::string> view;
  double truncation = 1;
  FilmChoice film;
};

/// The characters that `generate --count 1` makes of these seeds.
LatentWalk walkOf(const Options& options, const Model& model) {
  LatentWalk walk{.points = {}, .spherical = !options.linear, .eased = options.eased, .loops = options.loops};
  std::vector<std::uint64_t> seeds{options.from};
  seeds.insert(seeds.end(), options.via.begin(), options.via.end());
  seeds.push_back(options.to);
  for (const std::uint64_t seed : seeds) walk.points.push_back(sampleLatent(seed, 0, model.latentSize()));
  return walk;
}

void run(const Options& options, Context& context) {
  checkFilm(options.film);
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  WalkFilm walk{.model = loadRunModel(project, run), .walk = {}, .frames = options.frames};
  walk.walk = walkOf(options, *walk.model);
  if (options.view) walk.view = parseView(*options.view).value_or(*options.view);
  walk.options.truncation = options.truncation;
  JobMonitor monitor = context.monitor();
  const Film film = writeWalk(walk, options.film.film, options.film.out, monitor);
  filmWritten(context, options.film, film, project, run, {{"step", walk.model->step}});
}

}  // namespace

void addInterpolate(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "interpolate", "Makes a film of a walk from one character to another",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  command->add_option("--from", options->from, "The seed of the character to start from")->required();
  command->add_option("--to", options->to, "The seed of the one to arrive at")->required();
  command->add_option("--via", options->via, "Seeds of characters on the way");
  command->add_option("--frames", options->frames, "How many frames in all")->required()->check(CLI::Range(2, 10'000));
  command->add_flag("--linear", options->linear, "Straight through latent space, instead of along the arc");
  command->add_flag("--eased", options->eased, "Slow near each character");
  command->add_flag("--loop", options->loops, "Back to the first character in the end");
  command->add_option("--view", options->view, "Only this view (all, side by side)");
  command->add_option("--truncation", options->truncation, "Lower is more typical, higher more varied")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.5));
  addFilmOptions(*command, options->film);
}

}  // namespace loom::cli
