// train PROJECT --preset NAME: a new run.
#include "app/cli/preset_options.h"
#include "app/cli/training_run.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string preset;
  std::vector<std::string> settings;
  LengthOptions length;
  std::uint64_t seed = 0;
  std::string device = "auto";
  std::string precision = "auto";
  std::string from;
};

TrainingRequest requestOf(const Options& options) {
  TrainingRequest request;
  request.preset = options.preset;
  request.settings = asUsage([&] { return parseSettings(preset(options.preset), options.settings); });
  request.steps = options.length.steps;
  request.epochs = options.length.epochs;
  request.minutes = options.length.minutes;
  request.seed = options.seed;
  request.device = options.device;
  request.precision = options.precision;
  return request;
}

/// "starter" alone is that of the preset.
std::string starterNamed(const Options& options) {
  const std::size_t colon = options.from.find(':');
  return starterOf(colon == std::string::npos ? options.preset : options.from.substr(colon + 1)).preset;
}

void run(const Options& options, Context& context) {
  TrainingRequest request = requestOf(options);
  const Project project = Project::open(options.project);
  if (namesStarter(options.from)) {
    request.fromStarter = starterNamed(options);
  } else if (!options.from.empty()) {
    request.fromRun = findRun(project.catalogue(), options.from).number;
  }
  runTraining(context, [&](TrainingListener& listener, JobMonitor& monitor) {
    return TrainingSession::start(project, request, listener, monitor);
  });
}

}  // namespace

void addTrain(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      addCommand(app, commands, "train", "Trains a new run", [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--preset", options->preset, "What to train; 'presets' lists them")->required();
  command->add_option("--set", options->settings, "A setting of the preset, key=value")->allow_extra_args(false);
  addLengthOptions(*command, options->length, "How long to train");
  command->add_option("--seed", options->seed, "The same seed gives the same run")->capture_default_str();
  addEnvironmentOptions(*command, options->device, options->precision);
  command->add_option("--from", options->from, "Start from this run's newest weights: its number, last, or starter");
}

}  // namespace loom::cli
