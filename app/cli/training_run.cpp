#include "app/cli/training_run.h"

#include <cmath>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace loom::cli {
namespace {

/// What the training thread has said and the main thread has not shown yet.
struct News {
  TrainingProgress progress;
  std::vector<float> metrics;
  std::vector<Health> health;
  std::vector<CheckpointInfo> checkpoints;
  bool ended = false;
};

class Watch final : public TrainingListener {
 public:
  void onProgress(const TrainingProgress& progress) override {
    const std::lock_guard lock(m_mutex);
    m_news.progress = progress;
  }
  void onMetrics(std::span<const MetricRow> rows) override {
    const std::lock_guard lock(m_mutex);
    for (const MetricRow& row : rows) {
      m_news.metrics.resize(std::max(m_news.metrics.size(), row.values.size()), NAN);
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (std::isfinite(row.values[i])) m_news.metrics[i] = row.values[i];
      }
    }
  }
  void onHealth(const Health& health) override {
    const std::lock_guard lock(m_mutex);
    m_news.health.push_back(health);
  }
  void onCheckpoint(const CheckpointInfo& checkpoint) override {
    const std::lock_guard lock(m_mutex);
    m_news.checkpoints.push_back(checkpoint);
  }
  void onFinished(const TrainingResult&) override { end(); }
  void onFailed(std::exception_ptr) override { end(); }

  /// Waits up to `time` for the end; what was told once is handed over once.
  News next(std::chrono::milliseconds time) {
    std::unique_lock lock(m_mutex);
    m_ended.wait_for(lock, time, [this] { return m_news.ended; });
    News news = m_news;
    m_news.health.clear();
    m_news.checkpoints.clear();
    return news;
  }

 private:
  void end() {
    const std::lock_guard lock(m_mutex);
    m_news.ended = true;
    m_ended.notify_all();
  }
  std::mutex m_mutex;
  std::condition_variable m_ended;
  News m_news;
};

std::string_view healthName(HealthLevel level) {
  switch (level) {
    case HealthLevel::kGood:
      return "good";
    case HealthLevel::kWarning:
      return "warning";
    case HealthLevel::kBad:
      return "bad";
  }
  return "good";
}

bool isLoss(const std::string& name) {
  return name.starts_with("loss") || name == "held_out_loss" || name == "held_out_l1";
}

/// Name -> value of the losses, or of the other measures; what is no number is left out.
Json valuesByName(const std::vector<std::string>& names, const std::vector<float>& values, bool losses) {
  Json json = Json::object();
  for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
    if (isLoss(names[i]) == losses && std::isfinite(values[i])) json[names[i]] = values[i];
  }
  return json;
}

std::string rounded(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string lossText(const std::vector<std::string>& names, const std::vector<float>& values) {
  std::string text;
  const Json losses = valuesByName(names, values, true);
  for (const auto& [name, value] : losses.items()) {
    const std::string shortName = name.starts_with("loss_") ? name.substr(5) : name;
    text += "  " + shortName + " " + rounded(value.get<double>(), 3);
  }
  return text;
}

class Follower {
 public:
  Follower(Context& context, TrainingSession& session, Watch& watch)
      : m_context(context), m_output(context.output), m_session(session), m_watch(watch) {}

  void follow() {
    for (bool ended = false; !ended;) {
      const News news = m_watch.next(std::chrono::milliseconds(100));
      // Asked after the news was taken, so that nothing told before the end is missed.
      ended = news.ended;
      if (m_context.stop.stop_requested() && !m_stopping) {
        m_stopping = true;
        m_output.say("Stopping: a checkpoint is written first (once more to leave at once)");
        m_session.stop();
      }
      show(news);
    }
  }

 private:
  void show(const News& news) {
    for (const Health& health : news.health) {
      if (health.level != HealthLevel::kGood) m_output.say(health.text);
      m_output.event("health", {{"level", healthName(health.level)}, {"text", health.text}});
    }
    for (const CheckpointInfo& checkpoint : news.checkpoints) {
      m_output.event("checkpoint", {{"step", checkpoint.step}, {"file", checkpoint.file.string()}});
    }
    const TrainingProgress& progress = news.progress;
    if (progress.step == m_shownStep) return;
    if (!m_stopping) m_output.live(line(news));
    const auto now = std::chrono::steady_clock::now();
    if (!news.ended && now - m_lastEvent < std::chrono::seconds(1)) return;
    m_lastEvent = now;
    m_shownStep = progress.step;
    Json fields = {{"step", progress.step},
                   {"target", progress.targetSteps},
                   {"epoch", progress.epoch},
                   {"losses", valuesByName(m_session.metricNames(), news.metrics, true)},
                   {"measures", valuesByName(m_session.metricNames(), news.metrics, false)},
                   {"sprites_per_second", progress.spritesPerSecond}};
    if (progress.secondsLeft >= 0) fields["seconds_left"] = progress.secondsLeft;
    m_output.event("step", std::move(fields));
  }

  std::string line(const News& news) const {
    const TrainingProgress& progress = news.progress;
    std::string text = "step " + std::to_string(progress.step);
    if (progress.targetSteps > 0) text += "/" + std::to_string(progress.targetSteps);
    text += lossText(m_session.metricNames(), news.metrics);
    if (progress.spritesPerSecond > 0) text += "  " + rounded(progress.spritesPerSecond, 0) + " sprites/s";
    if (progress.secondsLeft >= 0) text += "  " + duration(progress.secondsLeft) + " left";
    return text;
  }

  Context& m_context;
  Output& m_output;
  TrainingSession& m_session;
  Watch& m_watch;
  bool m_stopping = false;
  std::int64_t m_shownStep = -1;
  std::chrono::steady_clock::time_point m_lastEvent{};
};

}  // namespace

void runTraining(Context& context, const StartSession& start) {
  Watch watch;
  JobMonitor monitor = context.monitor();
  const std::unique_ptr<TrainingSession> session = start(watch, monitor);
  const std::int64_t target = session->progress().targetSteps;
  context.output.say("Run " + std::to_string(session->run()) + ": sprites " + session->fitting());
  context.output.event("started", {{"run", session->run()}, {"target", target}, {"fitting", session->fitting()}});
  Follower(context, *session, watch).follow();

  const TrainingResult result = session->wait();
  const bool stopped = context.stop.stop_requested() && !result.reachedTarget;
  const std::string number = std::to_string(session->run());
  context.output.done("Run " + number + (stopped ? " stopped at step " : " done: step ") +
                          std::to_string(result.steps) + ", " + duration(result.seconds) +
                          lossText(result.metricNames, result.lastMetrics) +
                          (stopped ? "\n'resume PROJECT " + number + "' goes on from there" : ""),
                      {{"run", session->run()},
                       {"steps", result.steps},
                       {"losses", valuesByName(result.metricNames, result.lastMetrics, true)},
                       {"measures", valuesByName(result.metricNames, result.lastMetrics, false)},
                       {"sprites_per_second", result.spritesPerSecond},
                       {"seconds", result.seconds},
                       {"stopped", stopped},
                       {"checkpoint", result.checkpoint.string()}});
}

void addLengthOptions(CLI::App& command, LengthOptions& length, const std::string& minutesHelp) {
  CLI::Option* steps = command.add_option("--steps", length.steps, "The run's total number of steps");
  CLI::Option* epochs = command.add_option("--epochs", length.epochs, "The run's total passes over the sprites");
  CLI::Option* minutes = command.add_option("--minutes", length.minutes, minutesHelp);
  steps->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))->excludes(epochs)->excludes(minutes);
  epochs->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))->excludes(minutes);
  minutes->check(CLI::PositiveNumber);
}

}  // namespace loom::cli
