// reconstruct PROJECT RUN --in DIR: pictures through an autoencoder, or the nearest that a GAN can draw.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/credits_file.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string run;
  bool best = false;
  std::string in;
  std::string out;
  InversionOptions how;
  bool force = false;
};

Json asJson(const std::vector<std::filesystem::path>& files) {
  Json names = Json::array();
  for (const auto& file : files) names.push_back(file.string());
  return names;
}

Json asJson(const std::vector<ReconstructionReport::Skipped>& skipped) {
  Json list = Json::array();
  for (const auto& [file, reason] : skipped) list.push_back({{"file", file.string()}, {"reason", reason}});
  return list;
}

void run(Options options, Context& context) {
  const Project project = Project::open(options.project);
  const RunInfo run = findRunOrStarter(project.catalogue(), options.run, StarterUse::kDraw);
  const auto model = loadRunModel(project, run, whichWeights(options.best));
  const std::vector<ReconstructionFile> files = reconstructionFiles(options.in, options.out);
  std::vector<std::filesystem::path> targets;
  for (const ReconstructionFile& file : files) targets.push_back(file.to);
  refuseToReplace(targets, options.force);

  options.how.seed = options.how.shown.seed;
  JobMonitor monitor = context.monitor();
  const ReconstructionReport report = reconstructFiles(model, files, options.how, monitor);
  saveRunCredits(options.out, project, run, context.output);
  for (const auto& [file, reason] : report.skipped) context.output.say("skipped " + file.string() + ": " + reason);
  char figures[96];
  std::snprintf(figures, sizeof figures, ": mean difference %.4f, %.1f %% of the pixels within 8/255", report.l1,
                100 * report.accuracy);
  Json done = {{"files", asJson(report.files)},
               {"skipped", asJson(report.skipped)},
               {"l1", report.l1},
               {"accuracy", report.accuracy},
               {"inverted", report.inverted},
               {"run", runField(run)},
               {"step", model->step}};
  if (report.strongestChannel) done["accuracy_channel"] = *report.strongestChannel;
  context.output.done("Wrote " + counted(static_cast<std::int64_t>(report.files.size()), "file", "files") + " to " +
                          options.out + figures,
                      done);
}

}  // namespace

void addReconstruct(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "reconstruct",
                                 "Draws pictures again: through an autoencoder, or as near as a GAN can come",
                                 [options](Context& context) { run(*options, context); });
  command->footer(
      "l1 is the mean absolute difference of all channels on the scale [-1, 1], colours multiplied by alpha (0: alike, "
      "2: opposite); accuracy is the share of the pixels within 8/255 in every channel, accuracy_channel the share "
      "whose strongest channel agrees. All compare with the clean pictures. A GAN has no way from a picture to its "
      "latent: it is looked for step by step, some seconds a picture.");
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->run, kRunOrStarter)->required();
  addBestOption(*command, options->best);
  command->add_option("--in", options->in, "Pictures, DIR/VIEW/NAME.png or DIR/NAME.png")->required();
  command->add_option("--out", options->out, "The folder to write to, laid out like --in")->required();
  command->add_option("--noise", options->how.shown.noise, "Deviation of noise that the model must see through")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 10.0));
  command->add_option("--seed", options->how.shown.seed, "The same seed gives the same noise and search")
      ->capture_default_str();
  command->add_option("--steps", options->how.steps, "Steps of the search a picture, where there is no encoder")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  command->add_flag("--force", options->force, "Replace files that are there");
}

}  // namespace loom::cli
