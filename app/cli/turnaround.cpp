// turnaround PROJECT RUN --in DIR --out DIR: the missing views of characters from those that there are.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/credits_file.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  std::string in;
  std::string out;
  TurnaroundOptions how;
  bool force = false;
};

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kTurn);
  const auto model = loadRunModel(project, run, whichWeights(options.best));
  TurnaroundReport report;
  const auto characters = turnaroundCharacters(*model, options.in, options.out, report);
  std::vector<std::filesystem::path> targets;
  for (const TurnaroundCharacter& character : characters) {
    for (const TurnaroundCharacter::File& missing : character.missing) targets.push_back(missing.file);
  }
  refuseToReplace(targets, options.force);

  JobMonitor monitor = context.monitor();
  turnFiles(model, characters, options.how, report, monitor);
  saveRunCredits(options.out, project, run, context.output);
  Json files = Json::array(), skipped = Json::array();
  for (const auto& file : report.files) files.push_back(file.string());
  for (const auto& [file, reason] : report.skipped) {
    context.output.say("skipped " + file.string() + ": " + reason);
    skipped.push_back({{"file", file.string()}, {"reason", reason}});
  }
  char sure[48];
  std::snprintf(sure, sizeof sure, ", sure to %.0f %%", 100 * report.confidence);
  context.output.done("Wrote " + counted(static_cast<std::int64_t>(report.files.size()), "view", "views") + " of " +
                          counted(report.characters, "character", "characters") + " to " + options.out + sure,
                      {{"files", files},
                       {"skipped", skipped},
                       {"characters", report.characters},
                       {"confidence", report.confidence},
                       {"run", runField(run)},
                       {"step", model->step}});
}

}  // namespace

void addTurnaround(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "turnaround", "Draws the views of characters that are missing",
                                 [options](Context& context) { run(*options, context); });
  command->footer(
      "Pictures of one name are one character: IN/front/7.png alone gives OUT/back/7.png, OUT/left/7.png and "
      "OUT/right/7.png. Every pixel drawn has a colour of the views that there are. confidence is how likely the model "
      "finds the colours that it chose, on average.");
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  addBestOption(*command, options->best);
  command->add_option("--in", options->in, "The views there are, DIR/VIEW/NAME.png")->required();
  command->add_option("--out", options->out, "The folder to write to, OUT/VIEW/NAME.png")->required();
  command->add_flag("--likeliest", options->how.likeliest,
                    "The likeliest colour of each pixel: sharper, and a little further off on average");
  command->add_flag("--force", options->force, "Replace files that are there");
}

}  // namespace loom::cli
