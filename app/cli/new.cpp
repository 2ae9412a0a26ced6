// new PROJECT: an empty project folder.
#include "app/cli/commands.h"

namespace loom::cli {

void addNew(CLI::App& app, Commands& commands) {
  struct Options {
    std::string project;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "new", "Makes an empty project folder", [options](Context& context) {
    const Project project = Project::create(options->project);
    context.output.done("Made " + project.folder().string(), {{"project", project.folder().string()}});
  });
  command->add_option("PROJECT", options->project, "The folder to make, NAME.loom")->required();
}

}  // namespace loom::cli
