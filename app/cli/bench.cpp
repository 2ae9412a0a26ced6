// bench: how fast this machine trains and draws.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>

#include "app/cli/commands.h"
#include "core/base/cores.h"

namespace loom::cli {
namespace {

constexpr int kCharacters = 128;
constexpr double kTrainingMinutes = 0.25;  // a preset: all of them together take some minutes
constexpr int kDrawings = 40;

/// A project in the temporary folder that goes with it.
class ScratchProject {
 public:
  ScratchProject()
      : m_folder(std::filesystem::temp_directory_path() /
                 ("spriteloom-bench-" + std::to_string(std::random_device{}()) + ".loom")),
        m_project(Project::create(m_folder)) {}
  ~ScratchProject() {
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }
  ScratchProject(const ScratchProject&) = delete;
  ScratchProject& operator=(const ScratchProject&) = delete;
  const Project& project() const { return m_project; }

 private:
  std::filesystem::path m_folder;
  Project m_project;
};

double trainingSpeed(const Project& project, const std::string& preset, Context& context) {
  TrainingListener silent;
  TrainingRequest request;
  request.preset = preset;
  request.minutes = kTrainingMinutes;
  // A step of many batches would be the only one in that time; their number changes nothing about the speed.
  if (loom::preset(preset).schema.find("accumulate") != nullptr) request.settings["accumulate"] = 1;
  JobMonitor monitor = context.monitor();
  const auto session = TrainingSession::start(project, request, silent, monitor);
  const std::stop_callback stop(context.stop, [&] { session->stop(); });
  const double speed = session->wait().spritesPerSecond;
  monitor.checkCancelled();
  return speed;
}

/// The median time in milliseconds of what is done kDrawings times.
template <class Work>
double medianTime(Work work) {
  std::vector<double> times;
  for (int i = 0; i < kDrawings; ++i) {
    const auto started = std::chrono::steady_clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count());
  }
  std::nth_element(times.begin(), times.begin() + kDrawings / 2, times.end());
  return times[kDrawings / 2];
}

/// The median time in milliseconds for one latent seen from `views` views, on one thread as on the Create page.
double drawingTime(SpriteGenerator& generator, int views) {
  std::vector<int> indices;
  for (int view = 0; view < views; ++view) indices.push_back(view);
  std::uint64_t index = 0;
  return medianTime([&] {
    const Latent latent = sampleLatent(1, index++, generator.model().latentSize());
    generator.generate(std::vector<Latent>(indices.size(), latent), indices);
  });
}

/// The median time in milliseconds for all other views of a character seen from one, on all cores.
double turningTime(const Project& project) {
  const auto model = loadRunModel(project, findRun(project.catalogue(), "last"));
  Turnaround turnaround(model, usableCores());
  std::vector<std::optional<Sprite>> views(model->views.size());
  views.front() = project.catalogue().pixels(project.catalogue().sprites().front().id);
  return medianTime([&] { turnaround.missingViews(views); });
}

void run(std::vector<std::string> names, Context& context) {
  if (names.empty()) {
    for (const Preset& preset : presets()) names.push_back(preset.name);
  }
  for (const std::string& name : names) preset(name);
  const ScratchProject scratch;
  JobMonitor monitor = context.monitor();
  addStarterSet(scratch.project(), kCharacters, 1, monitor);
  Json figures = Json::object();
  const auto figure = [&](const std::string& name, double value, const std::string& unit) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    context.output.say(name + ": " + text + " " + unit);
    figures[name] = value;
  };
  for (const std::string& name : names) {
    context.output.say("Training " + name + " for " + duration(kTrainingMinutes * 60));
    figure(name + ".training_sprites_per_second", trainingSpeed(scratch.project(), name, context), "sprites/s");
    if (!drawsNewSprites(name)) {
      figure(name + ".turnaround_milliseconds", turningTime(scratch.project()), "ms");
      continue;
    }
    SpriteGenerator generator(loadRunModel(scratch.project(), findRun(scratch.project().catalogue(), "last")));
    figure(name + ".one_sprite_milliseconds", drawingTime(generator, 1), "ms");
    const auto views = static_cast<int>(generator.model().views.size());
    if (views == 4) figure(name + ".four_views_milliseconds", drawingTime(generator, views), "ms");
  }
  context.output.done("Done", {{"figures", figures}});
}

}  // namespace

void addBench(CLI::App& app, Commands& commands) {
  const auto names = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      addCommand(app, commands, "bench",
                 "Measures training and drawing on this machine, a quarter of a minute of training a preset",
                 [names](Context& context) { run(*names, context); });
  command->add_option("--preset", *names, "Only this preset; more than one may be given")->allow_extra_args(false);
}

}  // namespace loom::cli
