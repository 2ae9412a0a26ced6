// model export and model import: trained weights as one file that travels.
#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  std::string file;
  bool force = false;
};

void exportTo(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRun(project.catalogue(), options.run);
  refuseToReplace({options.file}, options.force);
  exportModel(project, run, whichWeights(options.best), options.file);
  context.output.done("Wrote " + options.file, {{"file", options.file}, {"run", run.number}});
}

void importFrom(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = importModel(project, options.file);
  context.output.done(
      "Imported as run " + std::to_string(run.number) + ": " + run.preset + ", " + counted(run.steps, "step", "steps"),
      {{"run", run.number}, {"preset", run.preset}, {"steps", run.steps}});
}

}  // namespace

void addModel(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* model = app.add_subcommand("model", "Trained weights as one file: safetensors with their recipe");
  model->require_subcommand(1);
  CLI::App* out = addCommand(*model, commands, "export", "Writes a run's weights to a file",
                             [options](Context& context) { exportTo(*options, context); });
  out->add_option("PROJECT", options->project, "The project folder")->required();
  out->add_option("RUN", options->run, "The run's number, or last")->required();
  addBestOption(*out, options->best);
  out->add_option("--out", options->file, "The .safetensors file to write")->required();
  out->add_flag("--force", options->force, "Replace the file if it is there");
  CLI::App* in = addCommand(*model, commands, "import", "Makes a run of such a file",
                            [options](Context& context) { importFrom(*options, context); });
  in->add_option("PROJECT", options->project, "The project folder")->required();
  in->add_option("FILE", options->file, "A .safetensors file that 'model export' wrote")->required();
}

}  // namespace loom::cli
