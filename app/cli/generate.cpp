// generate PROJECT RUN: new characters as files.
#include "app/cli/commands.h"
#include "app/cli/credits_file.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  int count = 0;
  std::optional<std::string> view;
  std::uint64_t seed = 0;
  double truncation = 1;
  std::string out;
  bool force = false;
};

/// The view as the model calls it: "up" and "0" are "back".
std::optional<std::string> viewName(const std::optional<std::string>& word) {
  return word ? parseView(*word).value_or(*word) : word;
}

std::vector<std::filesystem::path> filesToWrite(const Options& options, const Model& model) {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path out = options.out;
  for (int number = 0; number < options.count; ++number) {
    const std::string name = std::to_string(number) + ".png";
    if (options.view) {
      files.push_back(out / name);
    } else {
      for (const std::string& view : model.views) files.push_back(out / view / name);
    }
  }
  return files;
}

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  const auto model = loadRunModel(project, run, whichWeights(options.best));
  refuseToReplace(filesToWrite(options, *model), options.force);
  JobMonitor monitor = context.monitor();
  auto characters = generateCharacters(model, options.count, options.seed, {.truncation = options.truncation},
                                       viewName(options.view), monitor);
  noteOrigins(characters, *model, options.seed, {.truncation = options.truncation}, project.catalogue());
  Json files = Json::array();
  for (const auto& file : saveCharacters(characters, options.out, options.view.has_value(), monitor)) {
    files.push_back(file.string());
  }
  saveRunCredits(options.out, project, run, context.output);
  const auto written = static_cast<std::int64_t>(files.size());
  context.output.done("Wrote " + counted(written, "file", "files") + " to " + options.out,
                      {{"files", files}, {"run", runField(run)}, {"step", model->step}, {"seed", options.seed}});
}

}  // namespace

void addGenerate(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "generate", "Draws new characters with a trained run",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  addBestOption(*command, options->best);
  command->add_option("--count", options->count, "How many characters")->required()->check(CLI::Range(1, 1'000'000));
  command->add_option("--view", options->view, "Only this view, as OUT/N.png");
  command->add_option("--seed", options->seed, "The same seed gives the same characters")->capture_default_str();
  command->add_option("--truncation", options->truncation, "Lower is more typical, higher more varied")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.5));
  command->add_option("--out", options->out, "The folder to write to")->required();
  command->add_flag("--force", options->force, "Replace files that are there");
}

}  // namespace loom::cli
