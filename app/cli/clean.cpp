// clean PROJECT --step NAME[=VALUE]...: the cleaning steps of the dataset page.
#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::vector<std::string> steps;
  std::string where;
  bool revert = false;
};

std::string stepsHelp() {
  std::string text = "A step, in the order given: ";
  for (const CleaningKind& kind : cleaningKinds()) text += (text.back() == ' ' ? "" : ", ") + kind.name;
  return text + ". NAME=VALUE sets its main setting, NAME=VALUE,KEY=VALUE others too";
}

std::vector<SpriteId> chosen(const Catalogue& catalogue, const std::string& where) {
  std::vector<SpriteId> ids;
  for (const SpriteInfo& sprite : spritesWhere(catalogue, SpriteFilter::parse(where))) ids.push_back(sprite.id);
  return ids;
}

void run(const Options& options, Context& context) {
  if (options.steps.empty() && !options.revert) throw UsageError("clean needs a --step, or --revert");
  const Project project = Project::open(options.project);
  std::vector<CleaningStep> steps;
  for (const std::string& text : options.steps) steps.push_back(parseCleaningStep(text));
  const std::vector<SpriteId> ids = chosen(project.catalogue(), options.where);
  JobMonitor monitor = context.monitor();
  CleaningReport report;
  if (options.revert) {
    report = replaySteps(project, ids, noSteps, monitor);
  }
  if (!steps.empty()) {
    const CleaningReport cleaned = cleanSprites(project, ids, steps, monitor);
    report = cleaned;
  }
  Json notes = Json::object();
  for (const auto& [note, count] : report.notes) {
    context.output.say(counted(count, "sprite", "sprites") + ": " + note);
    notes[note] = count;
  }
  Json failed = Json::array();
  for (const auto& [id, reason] : report.failed) {
    context.output.say("sprite " + std::to_string(id) + " was left as it is: " + reason);
    failed.push_back({{"sprite", id}, {"reason", reason}});
  }
  context.output.done("Changed " + counted(report.changed, "sprite", "sprites") + " of " +
                          std::to_string(report.looked),
                      {{"changed", report.changed}, {"looked", report.looked}, {"notes", notes}, {"failed", failed}});
}

}  // namespace

void addClean(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "clean", "Cleans sprites; the studio can take each step back",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--step", options->steps, stepsHelp())->take_all()->allow_extra_args(false);
  command->add_option("--where", options->where,
                      "Only these sprites: words, or KEY:VALUE such as view:front, tag:knight, size:64x64");
  command->add_flag("--revert", options->revert, "First gives the sprites back as they came");
}

}  // namespace loom::cli
