// compose PROJECT --layers DIR|ZIP: random characters from LPC layers.
#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string layers;
  int count = 100;
  std::uint64_t seed = 0;
  std::string sheets;
  bool force = false;
};

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  JobMonitor monitor = context.monitor();
  const LpcLibrary library = LpcLibrary::open(options.layers, monitor);
  if (!library.skipped().empty()) {
    context.output.say(counted(static_cast<std::int64_t>(library.skipped().size()), "file", "files") +
                       " of the layers cannot be used, such as " + library.skipped().front().file + ": " +
                       library.skipped().front().reason);
  }
  ComposedSetOptions wanted;
  wanted.sheets = options.sheets;
  wanted.replace = options.force;
  const ImportReport report = importComposed(project, library, options.count, options.seed, wanted, monitor);
  if (report.cancelled) throw Cancelled();
  std::string line = "Composed " + counted(report.characters, "character", "characters") + ", " +
                     counted(report.imported, "sprite", "sprites");
  if (!options.sheets.empty()) line += "; their sheets and credits are in " + options.sheets;
  context.output.done(line, {{"imported", report.imported},
                             {"characters", report.characters},
                             {"duplicates", report.duplicates},
                             {"layers", library.layers().size()}});
}

}  // namespace

void addCompose(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "compose", "Adds random characters composed from LPC layers",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--layers", options->layers, "A folder or archive of Universal LPC layers")->required();
  command->add_option("--count", options->count, "How many, in four views each")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seed", options->seed, "The same seed gives the same characters")->capture_default_str();
  command->add_option("--sheets", options->sheets, "Keeps their full 832x1344 sheets and credits in this folder");
  command->add_flag("--force", options->force, "Replaces sheets that are there already");
}

}  // namespace loom::cli
