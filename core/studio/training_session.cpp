#include "core/studio/training_session.h"

#include <utility>

#include "core/base/error.h"
#include "core/dataset/split.h"
#include "core/evaluate/training_measures.h"
#include "core/studio/run_files.h"
#include "core/studio/run_length.h"
#include "core/studio/run_recorder.h"
#include "core/studio/starter_fit.h"
#include "core/training/preset.h"

namespace loom {
namespace {

constexpr char kStarterPrefix[] = "starter:";  // in the files of a run that began with starter weights

int sideOf(const Json& settings) {
  return settings.at("size").get<int>();
}

/// Settles what "auto" means once and for all, so that a resumed run computes what the first stretch would have.
void settleEnvironment(TrainerInput& input, const Json& environment) {
  input.device = environment.value("device", input.device);
  input.precision = environment.value("precision", input.precision);
  input.threads = environment.value("threads", input.threads);
  input.seed = environment.value("seed", input.seed);
}

/// A run begun on a graphics card goes on without one on a machine that has none, though no longer to the bit.
void useWhatIsThere(TrainerInput& input) {
  try {
    resolveEnvironment(input);
  } catch (const Error& missing) {
    appendRunLog(input.runFolder, std::string(missing.what()) + "; it goes on with what there is");
    input.device = input.precision = "auto";
  }
}

/// Throws Error where the weights do not fit the run. A turnaround goes on knowing the views that it knows.
void takeUp(const StarterWeights& starter, TrainerInput& input) {
  const std::vector<std::string> shown = viewsLearned(input.preset, *input.data);
  if (const auto problem = misfit(starter, preset(input.preset), input.settings, shown)) {
    throw Error(problem->what, problem->hint);
  }
  const bool turns = !drawsNewSprites(input.preset);
  if (turns && starter.preset == input.preset && shown != starter.model.views) input.views = starter.model.views;
}

TrainerInput inputFor(const Project& project, const Catalogue& catalogue, const TrainingRequest& request,
                      const std::optional<StarterWeights>& starter) {
  const Preset& chosen = preset(request.preset);
  TrainerInput input;
  input.preset = chosen.name;
  input.settings =
      chosen.schema.complete(starter ? settingsLike(*starter, chosen, request.settings) : request.settings);
  input.seed = request.seed;
  input.device = request.device;
  input.precision = request.precision;
  if (starter) input.startFrom = starter->file;
  if (!request.fromRun) return input;
  const RunInfo source = catalogue.run(*request.fromRun);
  const auto weights = newestCheckpoint(project, source);
  if (!weights) {
    throw Error("run " + std::to_string(source.number) + " has no checkpoint to start from",
                "train it for longer first");
  }
  input.startFrom = weights->file;
  return input;
}

Json requestAsJson(const TrainingRequest& request) {
  Json json = {{"preset", request.preset},
               {"settings", request.settings},
               {"seed", request.seed},
               {"device", request.device},
               {"precision", request.precision}};
  if (request.steps) json["steps"] = *request.steps;
  if (request.epochs) json["epochs"] = *request.epochs;
  if (request.minutes) json["minutes"] = *request.minutes;
  if (request.fromRun) json["from"] = *request.fromRun;
  if (request.fromStarter) json["from"] = kStarterPrefix + *request.fromStarter;
  return json;
}

/// Which sprites a new run trains on and which it is judged by. Where the project holds no character out, the setting
/// `held_out` does so for this run, by the same hash; where that would leave one side without any, all are trained on.
struct Parts {
  std::vector<SpriteId> training, heldOut;
};
Parts partsFor(const Catalogue& catalogue, const Json& settings) {
  std::vector<SpriteInfo> sprites = catalogue.sprites();
  std::erase_if(sprites, [](const SpriteInfo& info) { return info.excluded; });
  SplitSettings split = loadSplit(catalogue);
  const bool byProject = split.fraction > 0 || splitCounts(split, sprites).heldOutCharacters > 0;
  if (!byProject) split.fraction = settings.value("held_out", 0.0);
  const SplitCounts counts = splitCounts(split, sprites);
  const bool divided = counts.heldOutSprites > 0 && counts.trainingSprites > 0;
  Parts parts;
  for (const SpriteInfo& info : sprites) {
    const bool held = divided && isHeldOut(split, info.character);
    (held ? parts.heldOut : parts.training).push_back(info.id);
  }
  // A split of the project's that leaves a side empty is refused where snapshots are taken.
  return byProject && !divided ? Parts{} : parts;
}

void takeSprites(const Catalogue& catalogue, TrainerInput& input, JobMonitor& monitor) {
  const Parts parts = partsFor(catalogue, input.settings);
  input.data = takeSnapshot(catalogue, sideOf(input.settings), parts.training, monitor);
  if (!parts.heldOut.empty()) {
    input.heldOut = takeSnapshot(catalogue, sideOf(input.settings), parts.heldOut, monitor);
  }
}

RunSprites spritesOf(const Catalogue& catalogue, const TrainerInput& input) {
  RunSprites sprites;
  for (const Snapshot::Item& item : input.data->items()) sprites.ids.push_back(item.id);
  if (input.heldOut) {
    for (const Snapshot::Item& item : input.heldOut->items()) sprites.heldOut.push_back(item.id);
  }
  for (const SpriteInfo& info : catalogue.sprites(sprites.ids)) sprites.hashes.push_back(info.hash);
  return sprites;
}

/// Sprites whose pixels are no longer those the run began with.
std::int64_t changedSince(const Catalogue& catalogue, const RunSprites& sprites) {
  if (sprites.hashes.size() != sprites.ids.size()) return 0;
  const std::vector<SpriteInfo> infos = catalogue.sprites(sprites.ids);
  std::int64_t changed = 0;
  for (std::size_t i = 0; i < std::min(infos.size(), sprites.hashes.size()); ++i) {
    if (infos[i].hash != sprites.hashes[i]) ++changed;
  }
  return changed;
}

/// Where a run that has no checkpoint yet begins again: what writeRunFiles wrote of it.
std::filesystem::path firstWeights(const Project& project, const std::string& written) {
  if (written.starts_with(kStarterPrefix)) return starterOf(written.substr(std::size(kStarterPrefix) - 1)).file;
  return project.folder() / written;
}

/// Everything about a new run that its folder keeps.
void writeRunFiles(const Project& project, const TrainerInput& input, const TrainingRequest& request,
                   const Json& environment) {
  Json recipe = {{"preset", input.preset},
                 {"settings", input.settings},
                 {"environment", environment},
                 {"request", requestAsJson(request)},
                 {"metrics", metricNames(input.preset, input.settings)},
                 {"fitting", input.data->fitting()}};
  if (request.fromStarter) {
    recipe["start_from"] = kStarterPrefix + *request.fromStarter;
  } else if (input.startFrom) {
    recipe["start_from"] = std::filesystem::relative(*input.startFrom, project.folder()).string();
  }
  if (!input.views.empty()) recipe["views"] = input.views;
  writeRecipe(input.runFolder, recipe);
  const RunSprites sprites = spritesOf(project.catalogue(), input);
  writeRunSprites(input.runFolder, sprites);
  appendRunLog(input.runFolder, "started " + input.preset + " on " + std::to_string(sprites.ids.size()) + " sprites (" +
                                    input.data->fitting() + "), " + std::to_string(sprites.heldOut.size()) +
                                    " held out, " + environment.dump());
}

/// `note` is what must be said of the sprites; it may stay empty.
std::shared_ptr<const Snapshot> snapshotOfRun(const Catalogue& catalogue, const RunInfo& run,
                                              const std::filesystem::path& folder, std::string& note,
                                              JobMonitor& monitor) {
  const RunSprites sprites = readRunSprites(folder);
  auto data = takeSnapshot(catalogue, sideOf(run.settings), sprites.ids, monitor);
  if (const std::int64_t changed = changedSince(catalogue, sprites); changed > 0) {
    note = std::to_string(changed) + " of them cleaned or edited since the run began";
    appendRunLog(folder, note);
  }
  const auto count = static_cast<std::int64_t>(sprites.ids.size());
  if (data->size() == count) return data;
  const std::string number = std::to_string(run.number);
  throw Error(std::to_string(count - data->size()) + " of the sprites run " + number +
                  " trains on are gone for good, so it cannot go on exactly",
              "start a new run from its weights instead (train --from " + number + ")");
}

/// The sprites the run is judged by; those that are gone for good are left out, and the log says so.
std::shared_ptr<const Snapshot> heldOutOfRun(const Catalogue& catalogue, const RunInfo& run,
                                             const std::filesystem::path& folder, JobMonitor& monitor) {
  const std::vector<SpriteId> ids = readRunSprites(folder).heldOut;
  if (ids.empty() || catalogue.sprites(ids).empty()) return nullptr;
  auto data = takeSnapshot(catalogue, sideOf(run.settings), ids, monitor);
  const std::int64_t gone = std::ssize(ids) - data->size();
  if (gone > 0) appendRunLog(folder, std::to_string(gone) + " of the sprites it is judged by are gone for good");
  return data;
}

/// Takes a run that could not be started out of the project again.
class UnlessKept {
 public:
  UnlessKept(const Project& project, const RunInfo& run) : m_project(project), m_run(run) {}
  UnlessKept(const UnlessKept&) = delete;
  UnlessKept& operator=(const UnlessKept&) = delete;
  void keep() { m_kept = true; }
  ~UnlessKept() {
    if (m_kept) return;
    try {
      m_project.catalogue().removeRun(m_run.number);
      std::filesystem::remove_all(m_project.runFolder(m_run));
    } catch (...) {  // the error under way says more
    }
  }

 private:
  const Project& m_project;
  const RunInfo& m_run;
  bool m_kept = false;
};

}  // namespace

struct TrainingSession::Impl {
  int run = 0;
  std::vector<std::string> names;
  std::string fitting;
  std::optional<RunLock> lock;
  std::unique_ptr<RunRecorder> recorder;
  std::unique_ptr<Trainer> trainer;  // last: it ends before what it reports to

  void launch(const Project& project, const RunInfo& info, TrainerInput input, TrainingListener& listener) {
    run = input.run = info.number;
    names = loom::metricNames(input.preset, input.settings);
    fitting = input.data->fitting();
    if (drawsNewSprites(input.preset)) {
      input.measures = std::make_shared<TrainingMeasures>(input.data, input.heldOut, input.seed, input.threads);
    }
    recorder = std::make_unique<RunRecorder>(project, info, names, listener);
    trainer = std::make_unique<Trainer>(std::move(input), *recorder);
  }
};

std::unique_ptr<TrainingSession> TrainingSession::start(const Project& project, const TrainingRequest& request,
                                                        TrainingListener& listener, JobMonitor& monitor) {
  checkLength(request.steps, request.epochs, request.minutes);
  Catalogue catalogue = project.catalogue();
  const auto starter = request.fromStarter ? std::optional(starterOf(*request.fromStarter)) : std::nullopt;
  TrainerInput input = inputFor(project, catalogue, request, starter);
  Json environment = resolveEnvironment(input);
  environment["seed"] = input.seed;
  environment["program"] = "spriteloom " SPRITELOOM_VERSION;
  settleEnvironment(input, environment);
  takeSprites(catalogue, input, monitor);
  if (starter) takeUp(*starter, input);
  const StretchLimit limit =
      lengthOf(request, preset(input.preset), passSize(input.preset, *input.data), input.settings);
  input.targetSteps = limit.steps;
  input.minutes = limit.minutes;
  checkTrainerInput(input);

  RunInfo run = catalogue.createRun(input.preset, input.settings, limit.steps, environment);
  UnlessKept undo(project, run);
  input.runFolder = project.runFolder(run);
  std::error_code problem;  // the lock says it when there is no folder to lie in
  std::filesystem::create_directories(input.runFolder, problem);
  auto impl = std::make_unique<Impl>();
  impl->lock.emplace(input.runFolder, run.number);
  writeRunFiles(project, input, request, environment);
  catalogue.setRunMetricNames(run.number, loom::metricNames(input.preset, input.settings));
  run.status = RunStatus::kRunning;
  run.note = request.note;
  catalogue.updateRun(run);
  impl->launch(project, run, std::move(input), listener);
  undo.keep();
  return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(impl)));
}

std::unique_ptr<TrainingSession> TrainingSession::resume(const Project& project, const ResumeRequest& request,
                                                         TrainingListener& listener, JobMonitor& monitor) {
  checkLength(request.steps, request.epochs, request.minutes);
  Catalogue catalogue = project.catalogue();
  RunInfo run = catalogue.run(request.run);
  if (run.binned) throw Error("run " + std::to_string(run.number) + " is deleted", "restore it first");
  TrainerInput input;
  input.runFolder = project.runFolder(run);
  auto impl = std::make_unique<Impl>();
  impl->lock.emplace(input.runFolder, run.number);

  const Json recipe = readRecipe(input.runFolder);
  if (recipe.contains("imported")) {
    const std::string number = std::to_string(run.number);
    throw Error("run " + number + " was imported, without what training goes on from",
                "start a new run from its weights instead (train --from " + number + ")");
  }
  input.preset = run.preset;
  // The columns of its metrics stay as they are, also those of a run of an older version.
  const bool measures = preset(run.preset).schema.find("measure_every") != nullptr;
  if (measures && !run.settings.contains("measure_every")) run.settings["measure_every"] = 0;
  input.settings = run.settings = preset(run.preset).schema.complete(run.settings);
  settleEnvironment(input, run.environment);
  useWhatIsThere(input);
  input.views = recipe.value("views", std::vector<std::string>());
  std::string note;
  input.data = snapshotOfRun(catalogue, run, input.runFolder, note, monitor);
  input.heldOut = heldOutOfRun(catalogue, run, input.runFolder, monitor);
  run.steps = 0;
  if (const auto newest = newestCheckpoint(project, run)) {
    input.resumeFrom = newest->file;
    run.steps = newest->step;
  } else if (recipe.contains("start_from")) {  // killed before its first checkpoint: it starts as it did
    input.startFrom = firstWeights(project, recipe.at("start_from"));
  }
  const StretchLimit limit = lengthOf(request, run, passSize(input.preset, *input.data), recipe);
  input.targetSteps = limit.steps;
  input.minutes = limit.minutes;
  checkTrainerInput(input);

  catalogue.dropMetricsAfter(run.number, run.steps);
  if (limit.steps > 0) run.targetSteps = limit.steps;
  run.status = RunStatus::kRunning;
  catalogue.updateRun(run);
  catalogue.setRunMetricNames(run.number, loom::metricNames(input.preset, input.settings));  // newer ones come last
  appendRunLog(input.runFolder, "resumed from step " + std::to_string(run.steps));
  impl->launch(project, run, std::move(input), listener);
  if (!note.empty()) impl->fitting += "; " + note;
  return std::unique_ptr<TrainingSession>(new TrainingSession(std::move(impl)));
}

TrainingSession::TrainingSession(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

TrainingSession::~TrainingSession() = default;

int TrainingSession::run() const {
  return m_impl->run;
}
const std::vector<std::string>& TrainingSession::metricNames() const {
  return m_impl->names;
}
std::string TrainingSession::fitting() const {
  return m_impl->fitting;
}

void TrainingSession::pause() {
  m_impl->trainer->pause();
}
void TrainingSession::proceed() {
  m_impl->trainer->proceed();
}
void TrainingSession::stop() {
  m_impl->trainer->stop();
}
void TrainingSession::checkpoint() {
  m_impl->trainer->checkpoint();
}

TrainingProgress TrainingSession::progress() const {
  return m_impl->trainer->progress();
}

TrainingResult TrainingSession::wait() {
  TrainingResult result = m_impl->trainer->wait();
  if (const std::exception_ptr failure = m_impl->recorder->failure()) std::rethrow_exception(failure);
  return result;
}

}  // namespace loom
