// evaluate PROJECT RUN: how good a run is, in figures that stand beside what real sprites and mere copies would get.
#include <algorithm>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/table.h"
#include "core/image/codec.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  EvaluateOptions how;
  std::optional<std::string> out;
  bool force = false;
};

void showMeasures(const std::vector<Measure>& measures, Output& output) {
  std::vector<TableRow> rows = {{"made", "+-", "floor", "baseline", "better", "measure"}};
  for (const Measure& measure : measures) {
    rows.push_back({valueText(measure.value), measure.confidence ? valueText(*measure.confidence) : "",
                    valueText(measure.floor), valueText(measure.baseline), betterName(measure.better), measure.title});
  }
  showTable(rows, output);
}

/// Each once: a measure says the same in both feature spaces.
void explain(const std::vector<Measure>& measures, Output& output) {
  output.say("");
  std::set<std::string> said;
  for (const Measure& measure : measures) {
    if (!said.insert(measure.explanation).second) continue;
    output.say(measure.title.substr(0, measure.title.find(',')) + ": " + measure.explanation);
  }
}

Json asJson(const std::vector<Measure>& measures) {
  Json list = Json::array();
  for (const Measure& measure : measures) list.push_back(measureAsJson(measure));
  return list;
}

std::string summary(const RunEvaluation& result, const RunInfo& run) {
  std::string line = "Measured " + (isStarter(run) ? "the starter weights" : "run " + std::to_string(run.number)) +
                     " at step " + std::to_string(result.step) + " by " +
                     counted(result.sprites, "held-out sprite", "held-out sprites") + " of " +
                     counted(result.characters, "character", "characters");
  if (result.seen > 0) {
    line += "; " + std::to_string(result.seen) + " of them are twins of training sprites, so the figures flatter";
  }
  return line;
}

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  if (options.out) refuseToReplace({*options.out}, options.force);
  EvaluateOptions how = options.how;
  how.weights = whichWeights(options.best);
  JobMonitor monitor = context.monitor();
  const RunEvaluation result = evaluateRun(project, run, how, monitor);
  if (options.out) writePng(*options.out, examplePicture(result));
  showMeasures(result.measures, context.output);
  explain(result.measures, context.output);
  Json done = {{"measures", asJson(result.measures)},
               {"sprites", result.sprites},
               {"characters", result.characters},
               {"training", result.training},
               {"seen", result.seen},
               {"run", run.number},
               {"step", result.step},
               {"seed", how.seed}};
  if (options.out) done["file"] = *options.out;
  context.output.done(summary(result, run), done);
}

}  // namespace

void addEvaluate(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "evaluate", "Measures how good a run is, by sprites it has not seen",
                                 [options](Context& context) { run(*options, context); });
  command->footer(
      "floor: what training sprites get in the place of the made ones (of copying, what held-out sprites get). "
      "baseline: what the training sprite nearest to each held-out one gets, which is no art. like-floor: neither more "
      "nor less is better, real sprites are the mark. +-: half the width of the 95 % interval, by drawing whole "
      "characters anew. Made sprites are measured as generate writes them. Of a turnaround every view of the held-out "
      "characters is drawn from the others; floor: the best that the colours of the seen views allow; baseline: the "
      "best of looking up a training character, a copy of a seen view, and its mirror image. Of starter weights the "
      "project's sprites stand where the training sprites do.");
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, "The run's number, last, starter, or starter:PRESET")->required();
  addBestOption(*command, options->best);
  command->add_option(
      "--against", options->how.against,
      "Sprites to measure by, as import takes them; else the characters that the run was not trained on");
  command->add_option("--count", options->how.count, "How many sprites are measured at most")
      ->capture_default_str()
      ->check(CLI::Range(8, 10'000));
  command->add_option("--seed", options->how.seed, "The same seed gives the same figures")->capture_default_str();
  command->add_option("--truncation", options->how.truncation, "Lower is more typical, higher more varied")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.5));
  command->add_option(
      "--out", options->out,
      "A PNG of the made sprites that are nearest to training sprites, each beside its two nearest; of a "
      "turnaround of views seen, drawn, true, and where they differ");
  command->add_flag("--force", options->force, "Replace the picture if it is there");
}

}  // namespace loom::cli
