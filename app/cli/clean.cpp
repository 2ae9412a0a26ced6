// clean PROJECT --step NAME[=VALUE]...: the cleaning steps of the dataset page.
#include <set>

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

/// What does not parse is wrong usage.
template <class Parse>
auto parsed(Parse parse) {
  try {
    return parse();
  } catch (const Error& error) {
    throw UsageError(error.what(), error.hint());
  }
}

std::vector<SpriteId> chosen(const Project& project, const SpriteFilter& filter) {
  std::vector<SpriteId> ids;
  for (const SpriteInfo& sprite : spritesWhere(project.catalogue(), filter)) ids.push_back(sprite.id);
  if (ids.empty() && !filter.empty()) {
    throw Error("no sprite is what --where asks for", "'info' shows what is in the project");
  }
  return ids;
}

/// What the steps said, the commonest first; each size and each number of colours is a line of its own.
Json toldNotes(Context& context, const CleaningReport& report) {
  constexpr std::size_t kMostSaid = 8;
  Json notes = Json::object();
  for (const auto& [note, count] : report.notes) {
    if (notes.size() < kMostSaid) context.output.say(counted(count, "sprite", "sprites") + ": " + note);
    notes[note] = count;
  }
  if (notes.size() > kMostSaid) {
    context.output.say("and " + counted(static_cast<std::int64_t>(notes.size() - kMostSaid), "outcome", "outcomes") +
                       " more; --json lists all");
  }
  return notes;
}

void run(const Options& options, Context& context) {
  if (options.steps.empty() && !options.revert) {
    throw UsageError("clean needs a --step, or --revert", "write --step trim, say; 'clean --help' names the steps");
  }
  std::vector<CleaningStep> steps;
  for (const std::string& text : options.steps) {
    steps.push_back(parsed([&text] { return parseCleaningStep(text); }));
  }
  const SpriteFilter filter = parsed([&options] { return SpriteFilter::parse(options.where); });
  const Project project = Project::open(options.project);
  const std::vector<SpriteId> ids = chosen(project, filter);
  JobMonitor monitor = context.monitor();
  CleaningReport report;
  std::set<SpriteId> changed;
  const auto take = [&](CleaningReport made) {
    report = std::move(made);
    if (report.change == 0) return;
    for (const SpriteId id : project.catalogue().changedSprites(report.change)) changed.insert(id);
  };
  if (options.revert) take(replaySteps(project, ids, noSteps, monitor));
  if (!steps.empty()) take(cleanSprites(project, ids, steps, monitor));
  const Json notes = toldNotes(context, report);
  Json failed = Json::array();
  for (const auto& [id, reason] : report.failed) {
    context.output.say("sprite " + std::to_string(id) + " was left as it is: " + reason);
    failed.push_back({{"sprite", id}, {"reason", reason}});
  }
  context.output.done(
      "Changed " + counted(std::ssize(changed), "sprite", "sprites") + " of " + std::to_string(report.looked),
      {{"changed", changed.size()}, {"looked", report.looked}, {"notes", notes}, {"failed", failed}});
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
