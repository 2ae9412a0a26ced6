// model export and model import: trained weights as one file that travels. model about: those the program comes with.
#include <cstdio>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  bool half = false;
  std::string file;
  std::string preset;
  bool force = false;
};

Json starterAsJson(const StarterWeights& starter) {
  Json data = Json::array(), measures = Json::array();
  for (const auto& [name, licence, source, artists] : starter.card.data) {
    data.push_back({{"name", name}, {"licence", licence}, {"source", source}, {"artists", artists}});
  }
  for (const auto& [name, value] : starter.card.measures) measures.push_back({{"name", name}, {"value", value}});
  return {{"preset", starter.preset},
          {"file", starter.file.string()},
          {"steps", starter.model.step},
          {"views", starter.model.views},
          {"settings", starter.model.settings},
          {"title", starter.card.title},
          {"text", starter.card.text},
          {"licence", starter.card.licence},
          {"data", data},
          {"commands", starter.card.commands},
          {"seed", starter.card.seed},
          {"measures", measures},
          {"weaknesses", starter.card.weaknesses}};
}

void exportTo(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRun(project.catalogue(), options.run);
  refuseToReplace({options.file}, options.force);
  exportModel(project, run, whichWeights(options.best), options.file,
              options.half ? Precision::kHalf : Precision::kSingle);
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(options.file));
  char size[32];
  std::snprintf(size, sizeof size, ", %.1f MB", static_cast<double>(bytes) / 1e6);
  context.output.done("Wrote " + options.file + size, {{"file", options.file}, {"run", run.number}, {"bytes", bytes}});
}

void importFrom(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = importModel(project, options.file);
  context.output.done(
      "Imported as run " + std::to_string(run.number) + ": " + run.preset + ", " + counted(run.steps, "step", "steps"),
      {{"run", run.number}, {"preset", run.preset}, {"steps", run.steps}});
}

/// The cards of the starter weights, or of one preset's.
void tell(const std::string& preset, Context& context) {
  const std::vector<StarterWeights> all = preset.empty() ? starterWeights() : std::vector{starterOf(preset)};
  Json names = Json::array();
  for (const StarterWeights& starter : all) {
    context.output.say(starter.preset + ": " + cardText(starter.card));
    context.output.event("starter", starterAsJson(starter));
    names.push_back(starter.preset);
  }
  context.output.done(all.empty() ? "The program comes with no starter weights"
                                  : "Name them as starter:PRESET wherever a RUN draws, and as train --from starter",
                      {{"starters", names}, {"folder", starterFolder().string()}});
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
  out->add_flag("--half", options->half,
                "Half precision: half the size; what is drawn differs by a colour step at most, of a turnaround in a "
                "pixel of some "
                "thousands");
  out->add_option("--out", options->file, "The .safetensors file to write")->required();
  out->add_flag("--force", options->force, "Replace the file if it is there");
  CLI::App* in = addCommand(*model, commands, "import", "Makes a run of such a file",
                            [options](Context& context) { importFrom(*options, context); });
  in->add_option("PROJECT", options->project, "The project folder")->required();
  in->add_option("FILE", options->file, "A .safetensors file that 'model export' wrote")->required();
  CLI::App* about = addCommand(*model, commands, "about", "Says what the starter weights are: data, licences, measures",
                               [options](Context& context) { tell(options->preset, context); });
  about->add_option("PRESET", options->preset, "Only those of this preset");
}

}  // namespace loom::cli
