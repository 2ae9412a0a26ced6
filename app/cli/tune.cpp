// tune PROJECT --preset NAME --trials N: searches for settings.
#include <future>

#include "app/cli/preset_options.h"
#include "app/cli/search_table.h"
#include "app/cli/table.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string preset;
  std::string method = "random";
  std::vector<std::string> settings;
  std::vector<std::string> ranges;
  int trials = 0;
  std::optional<std::int64_t> steps;
  std::optional<std::int64_t> shortest;
  std::uint64_t seed = 0;
  std::string device = "auto";
  std::string precision = "auto";
  std::string objective;
};

/// What the search has said and the main thread has not shown yet.
struct News {
  TuningProgress progress;
  std::vector<std::pair<SearchTrial, SearchTask>> started;
  std::vector<SearchTrial> ended;
};

class Watch final : public TuningListener {
 public:
  void onTrialStarted(const Search&, const SearchTrial& trial, const SearchTask& task) override {
    const std::lock_guard lock(m_mutex);
    m_news.started.emplace_back(trial, task);
  }
  void onProgress(const TuningProgress& progress) override {
    const std::lock_guard lock(m_mutex);
    m_news.progress = progress;
  }
  void onTrialEnded(const Search&, const SearchTrial& trial) override {
    const std::lock_guard lock(m_mutex);
    m_news.ended.push_back(trial);
  }
  /// What was told once is handed over once.
  News next() {
    const std::lock_guard lock(m_mutex);
    News news = m_news;
    m_news.started.clear();
    m_news.ended.clear();
    return news;
  }

 private:
  std::mutex m_mutex;
  News m_news;
};

class Follower {
 public:
  Follower(Context& context, const Search& search) : m_output(context.output), m_search(search) {}

  void show(const News& news) {
    for (const auto& [trial, task] : news.started) showStart(trial, task);
    for (const SearchTrial& trial : news.ended) showEnd(trial);
    if (news.progress.run != 0) showProgress(news.progress);
  }

 private:
  std::string name(const SearchTrial& trial) const {
    return "Trial " + std::to_string(trial.number) + " of " + std::to_string(m_search.plan.trials);
  }

  void showStart(const SearchTrial& trial, const SearchTask& task) {
    m_output.event("trial_started", {{"trial", trial.number}, {"settings", trial.settings}, {"steps", task.steps}});
  }

  void showEnd(const SearchTrial& trial) {
    const std::string run = trial.run != 0 ? " (run " + std::to_string(trial.run) + ")" : "";
    const std::string what = trial.reason.empty() ? m_search.plan.objective + " " + valueText(trial.objective()) +
                                                        " after " + counted(trial.steps(), "step", "steps")
                                                  : std::string(trialStatusName(trial.status)) + ": " + trial.reason;
    m_output.say(name(trial) + run + ", " + assignments(trial.settings) + ": " + what);
    m_output.event("trial", trialAsJson(trial, m_search.plan));
  }

  void showProgress(const TuningProgress& progress) {
    const TrainingProgress& training = progress.training;
    std::string line = "trial " + std::to_string(progress.task.trial) + " of " + std::to_string(progress.trials) +
                       " (run " + std::to_string(progress.run) + ")  step " + std::to_string(training.step) + "/" +
                       std::to_string(progress.task.steps);
    if (progress.best) {
      line += "  best " + m_search.plan.objective + " " + valueText(progress.best->objective()) + " (trial " +
              std::to_string(progress.best->number) + ")";
    }
    if (progress.secondsLeft >= 0) line += "  " + duration(progress.secondsLeft) + " left";
    m_output.live(line);
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastEvent < std::chrono::seconds(1)) return;
    m_lastEvent = now;
    Json fields = {{"search", progress.search}, {"trial", progress.task.trial},  {"run", progress.run},
                   {"step", training.step},     {"target", progress.task.steps}, {"trials", progress.trials},
                   {"judged", progress.judged}};
    if (progress.best) fields["best"] = trialAsJson(*progress.best, m_search.plan);
    if (progress.secondsLeft >= 0) fields["seconds_left"] = progress.secondsLeft;
    m_output.event("progress", std::move(fields));
  }

  Output& m_output;
  const Search& m_search;
  std::chrono::steady_clock::time_point m_lastEvent{};
};

TuningRequest requestOf(const Options& options) {
  const Preset& chosen = preset(options.preset);
  TuningRequest request;
  request.preset = chosen.name;
  request.method = searchMethodFrom(options.method);
  request.trials = options.trials;
  request.settings = parseSettings(chosen, options.settings);
  for (const std::string& range : options.ranges) {
    const auto [key, text] = splitAssignment("--search", range);
    request.space.add(chosen.schema, key, text);
  }
  request.steps = options.steps;
  request.shortest = options.shortest;
  request.seed = options.seed;
  request.device = options.device;
  request.precision = options.precision;
  request.objective = options.objective;
  checkTuningRequest(request);
  return request;
}

void introduce(const Search& search, bool continued, Output& output) {
  const SearchPlan& plan = search.plan;
  const std::vector<std::int64_t> rungs = rungSteps(plan);
  std::string lengths;
  for (const std::int64_t steps : rungs) lengths += (lengths.empty() ? "" : ", ") + std::to_string(steps);
  output.say(std::string(continued ? "Continuing search " : "Search ") + std::to_string(search.number) + ": " +
             counted(plan.trials, "trial", "trials") + " of " + plan.preset + ", " +
             std::string(searchMethodName(plan.method)) + ", compared by " + plan.objective + " at " + lengths +
             " steps");
  output.say("Looking in " + assignments(plan.space.toJson()));
  output.event("search", {{"search", search.number},
                          {"continued", continued},
                          {"preset", plan.preset},
                          {"method", searchMethodName(plan.method)},
                          {"objective", plan.objective},
                          {"settings", plan.settings},
                          {"space", plan.space.toJson()},
                          {"trials", plan.trials},
                          {"lengths", rungs}});
}

Search follow(const Project& project, const Search& begun, Context& context) {
  std::stop_source stop;  // also asked for when the standard output is closed
  const std::stop_callback signalled(context.stop, [&stop] { stop.request_stop(); });
  Watch watch;
  std::future<Search> end = std::async(
      std::launch::async, [&, number = begun.number] { return runSearch(project, number, watch, stop.get_token()); });
  Follower follower(context, begun);
  try {
    bool told = false;
    while (end.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
      if (context.stop.stop_requested() && !std::exchange(told, true)) {
        context.output.say("Stopping: a checkpoint is written first (once more to leave at once)");
      }
      follower.show(watch.next());
    }
    follower.show(watch.next());
  } catch (...) {
    stop.request_stop();  // the search still saves itself
    end.wait();
    throw;
  }
  return end.get();
}

void run(const Options& options, Context& context) {
  const TuningRequest request = asUsage([&] { return requestOf(options); });
  const Project project = Project::open(options.project);
  const std::optional<int> unfinished = unfinishedSearch(project, request);
  const int number = unfinished ? *unfinished : beginSearch(project, request);
  const Search begun = findSearch(project, number);
  introduce(begun, unfinished.has_value(), context.output);
  showResult(follow(project, begun, context), context.output);
}

}  // namespace

void addTune(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      addCommand(app, commands, "tune",
                 "Searches for settings: trains a run for each trial and compares them. The same "
                 "command again goes on with a search that was stopped; another --seed begins a new one",
                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--preset", options->preset, "What to train; 'presets' lists them")->required();
  command->add_option("--trials", options->trials, "How many sets of settings to try")
      ->required()
      ->check(CLI::Range(1, kMostTrials));
  command->add_option("--method", options->method, "random: all for their whole length; hyperband: the best for longer")
      ->capture_default_str()
      ->check(CLI::IsMember({"random", "hyperband"}));
  command->add_option("--set", options->settings, "A setting of all trials, key=value")->allow_extra_args(false);
  command
      ->add_option("--search", options->ranges,
                   "Where to look: key=1e-5..1e-3, key=1e-5..1e-3:log, key=32|64|128, key=any; without it, the search "
                   "that comes with the preset")
      ->allow_extra_args(false);
  const CLI::Range length(std::int64_t{1}, std::int64_t{1'000'000'000});
  command->add_option("--steps", options->steps, "A whole trial's steps; without it, the preset's length")
      ->check(length);
  command->add_option("--shortest", options->shortest, "hyperband: steps before the first comparison (--steps / 27)")
      ->check(length);
  command->add_option("--objective", options->objective, "The metric to bring down; without it, the preset's");
  command->add_option("--seed", options->seed, "The same seed tries the same settings")->capture_default_str();
  addEnvironmentOptions(*command, options->device, options->precision);
}

}  // namespace loom::cli
