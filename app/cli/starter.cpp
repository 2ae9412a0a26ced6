// starter PROJECT: the built-in procedural characters.
#include "app/cli/commands.h"

namespace loom::cli {

void addStarter(CLI::App& app, Commands& commands) {
  struct Options {
    std::string project;
    int characters = 300;
    std::uint64_t seed = 0;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      addCommand(app, commands, "starter", "Adds procedural characters in four views", [options](Context& context) {
        const Project project = Project::open(options->project);
        JobMonitor monitor = context.monitor();
        const ImportReport report = addStarterSet(project, options->characters, options->seed, monitor);
        if (report.cancelled) throw Cancelled();
        context.output.done("Added " + counted(report.imported, "sprite", "sprites") + " of " +
                                counted(report.characters, "character", "characters"),
                            {{"imported", report.imported}, {"characters", report.characters}});
      });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--characters", options->characters, "How many, in four views each")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seed", options->seed, "The same seed gives the same characters")->capture_default_str();
}

}  // namespace loom::cli
