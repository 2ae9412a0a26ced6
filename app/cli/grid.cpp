// grid PROJECT RUN: samples, real beside made ones, or characters in all views as one picture.
#include <algorithm>

#include "app/cli/commands.h"
#include "core/image/codec.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  std::string kind;
  std::uint64_t seed = 0;
  std::string out;
  bool force = false;
};

void run(const Options& options, Context& context) {
  const PictureKind kind = parsePictureKind(options.kind);
  const Project project = Project::open(options.project);
  const RunInfo run = findRun(project.catalogue(), options.run);
  refuseToReplace({options.out}, options.force);
  JobMonitor monitor = context.monitor();
  const Sprite picture = makeGrid(project, run, kind, options.seed, monitor);
  writePng(options.out, picture);
  context.output.done(
      "Wrote " + options.out,
      {{"file", options.out}, {"width", picture.width()}, {"height", picture.height()}, {"run", run.number}});
}

}  // namespace

void addGrid(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "grid", "Draws a picture of what a run makes",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, "The run's number, or last")->required();
  command->add_option("--kind", options->kind, "samples, real-fake or views")
      ->required()
      ->check([](const std::string& value) -> std::string {
        const auto isOneOf = [&](const std::vector<std::string>& words) {
          return std::find(words.begin(), words.end(), value) != words.end();
        };
        if (isOneOf({"samples", "real-fake", "views"})) return {};
        return isOneOf({"originals", "reconstructions", "denoised"})
                   ? "'" + value + "' needs an autoencoder, which is not in this version yet"
                   : "'" + value + "' is none of samples, real-fake, views";
      });
  command->add_option("--seed", options->seed, "The same seed gives the same picture")->capture_default_str();
  command->add_option("--out", options->out, "The PNG to write")->required();
  command->add_flag("--force", options->force, "Replace the file if it is there");
}

}  // namespace loom::cli
