// directions PROJECT RUN: along what a model's characters change, and pictures of it.
#include <algorithm>

#include "app/cli/commands.h"
#include "core/image/codec.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  int count = 12;
  std::string tag;
  std::uint64_t seed = 0;
  std::optional<std::string> view;
  bool best = false;
  std::string out;
  bool force = false;
};

/// The view asked for; else the front where there is one, else the first.
int viewIndex(const Model& model, const std::optional<std::string>& view) {
  const std::string wanted = view ? parseView(*view).value_or(*view) : "front";
  const auto found = std::ranges::find(model.views, wanted);
  if (found != model.views.end()) return static_cast<int>(found - model.views.begin());
  if (!view) return 0;
  std::string known;
  for (const std::string& name : model.views) known += (known.empty() ? "" : ", ") + name;
  throw Error("the model has no view '" + *view + "'", "its views are: " + known);
}

void tell(const std::vector<Direction>& directions, Output& output) {
  for (const Direction& direction : directions) {
    const auto percent = static_cast<int>(direction.effect * 1000 + .5);
    output.say(direction.name + ": " + std::to_string(percent / 10) + "." + std::to_string(percent % 10) +
               " % of the picture (" + directionKindName(direction.kind) + ")");
    output.event("direction", {{"name", direction.name},
                               {"kind", directionKindName(direction.kind)},
                               {"effect", direction.effect},
                               {"vector", direction.vector}});
  }
}

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  if (!options.out.empty()) refuseToReplace({options.out}, options.force);
  const std::shared_ptr<const Model> model = loadRunModel(project, run, whichWeights(options.best));
  const int view = viewIndex(*model, options.view);
  JobMonitor monitor = context.monitor();
  std::vector<Direction> directions;
  if (options.tag.empty()) {
    directions = findDirections(model, options.count, monitor);
  } else {
    directions.push_back(learnFromTag(project, model, options.tag, monitor));
  }
  tell(directions, context.output);
  Json fields = {{"directions", directions.size()}, {"run", runField(run)}, {"step", model->step}};
  std::string line = counted(static_cast<std::int64_t>(directions.size()), "direction", "directions");
  if (!options.out.empty()) {
    const Latent origin = sampleLatent(options.seed, 0, model->latentSize());
    writePng(options.out, drawDirections(model, directions, origin, view, monitor));
    fields["file"] = options.out;
    line += ", drawn in " + options.out;
  }
  context.output.done(line, fields);
}

}  // namespace

void addDirections(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "directions", "Finds directions along which characters change",
                                 [options](Context& context) { run(*options, context); });
  command->footer(
      "Each direction comes with its effect: the mean change of the picture, 0 to 1, when a character is moved by 1.5 "
      "to either side. The same model gives the same directions. The picture of --out has a row for each: the "
      "character that 'generate --count 1 --seed S' makes, at -2, 0 and +2 of the direction.");
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  command->add_option("--count", options->count, "At most so many, most effect first")
      ->capture_default_str()
      ->check(CLI::Range(1, 24));
  command->add_option(
      "--learn-tag", options->tag,
      "Learn one from the project's sprites instead: towards those with this tag, away from the others. "
      "Needs an encoder ('hero' and autoencoders have one), 5 sprites with the tag and 5 without");
  command->add_option("--seed", options->seed, "The character to draw")->capture_default_str();
  command->add_option("--view", options->view, "The view to draw (front, where there is one)");
  addBestOption(*command, options->best);
  command->add_option("--out", options->out, "The PNG to draw them in");
  command->add_flag("--force", options->force, "Replace the file if it is there");
}

}  // namespace loom::cli
