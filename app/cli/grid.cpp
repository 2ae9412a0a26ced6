// grid PROJECT RUN: what a run makes as one picture.
#include "app/cli/commands.h"
#include "core/image/codec.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  std::string kind;
  PictureOptions picture;
  bool best = false;
  std::string out;
  bool force = false;
};

void run(Options options, Context& context) {
  const PictureKind kind = parsePictureKind(options.kind);
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  refuseToReplace({options.out}, options.force);
  options.picture.weights = whichWeights(options.best);
  JobMonitor monitor = context.monitor();
  const Sprite picture = makeGrid(project, run, kind, options.picture, monitor);
  writePng(options.out, picture);
  context.output.done(
      "Wrote " + options.out,
      {{"file", options.out}, {"width", picture.width()}, {"height", picture.height()}, {"run", runField(run)}});
}

}  // namespace

void addGrid(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "grid", "Draws a picture of what a run makes",
                                 [options](Context& context) { run(*options, context); });
  command->footer(
      "samples: random sprites, 8x8, of an autoencoder 10x10. real-fake: real sprites left, made ones right. views: a "
      "character a row, a view a column. originals and reconstructions: the same 10x10 sprites before and after an "
      "autoencoder. denoised: clean, noisy, and made of the noisy one. The last three show sprites that the run was "
      "not "
      "trained on where there are any, and need an encoder but for originals.");
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  command->add_option("--kind", options->kind, "samples, real-fake, views, originals, reconstructions or denoised")
      ->required()
      ->check(CLI::IsMember(pictureKindNames()));
  addBestOption(*command, options->best);
  command->add_option("--seed", options->picture.seed, "The same seed gives the same picture")->capture_default_str();
  command->add_option("--noise", options->picture.noise, "denoised: deviation of the noise (else the run's own, or .9)")
      ->check(CLI::Range(0.0, 10.0));
  command->add_option("--out", options->out, "The PNG to write")->required();
  command->add_flag("--force", options->force, "Replace the file if it is there");
}

}  // namespace loom::cli
