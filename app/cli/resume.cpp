// resume PROJECT RUN: goes on exactly where a run was.
#include "app/cli/training_run.h"

namespace loom::cli {

void addResume(CLI::App& app, Commands& commands) {
  struct Options {
    std::string project;
    std::string run;
    LengthOptions length;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      addCommand(app, commands, "resume", "Continues a run exactly where it was", [options](Context& context) {
        const Project project = Project::open(options->project);
        ResumeRequest request;
        request.run = findRun(project.catalogue(), options->run).number;
        request.steps = options->length.steps;
        request.epochs = options->length.epochs;
        request.minutes = options->length.minutes;
        runTraining(context, [&](TrainingListener& listener, JobMonitor& monitor) {
          return TrainingSession::resume(project, request, listener, monitor);
        });
      });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, "The run's number, or last")->required();
  addLengthOptions(*command, options->length, "How much longer to train");
}

}  // namespace loom::cli
