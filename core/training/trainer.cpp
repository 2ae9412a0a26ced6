#include "core/training/trainer.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>
#include <new>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/training/environment.h"
#include "core/training/health.h"
#include "core/training/training_memory.h"
#include "core/training/training_run.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::int64_t kStepsLeftOut = 5;  // after a start, of the speed: caches and kernels are still being made
constexpr auto kProgressInterval = std::chrono::milliseconds(100);

enum class Command { kPause, kProceed, kCheckpoint };

/// Time spent training in this stretch: it stands still while paused.
class StretchClock {
 public:
  void start() { m_since = Clock::now(); }
  void stop() {
    m_done += Clock::now() - *m_since;
    m_since.reset();
  }
  double seconds() const { return Seconds(m_done + (m_since ? Clock::now() - *m_since : Clock::duration{})).count(); }

 private:
  Clock::duration m_done{};
  std::optional<Clock::time_point> m_since;
};

/// What LibTorch throws, in our words.
std::exception_ptr translated(const std::exception_ptr& error) {
  const std::string hint = "try a smaller batch or a narrower network; training can go on from the last checkpoint";
  try {
    std::rethrow_exception(error);
  } catch (const Error&) {
    return error;
  } catch (const std::bad_alloc&) {
    return std::make_exception_ptr(Error("the memory is not enough for this training", hint));
  } catch (const c10::Error& problem) {
    const std::string text = problem.what_without_backtrace();
    if (text.find("alloc") != std::string::npos || text.find("out of memory") != std::string::npos) {
      return std::make_exception_ptr(Error("the memory is not enough for this training", hint));
    }
    return std::make_exception_ptr(Error("training stopped: " + text, hint));
  } catch (const std::exception& problem) {
    return std::make_exception_ptr(Error(std::string("training stopped: ") + problem.what(), hint));
  }
}

}  // namespace

struct Trainer::Impl {
  Impl(TrainerInput given, TrainingListener& receiver) : input(std::move(given)), listener(receiver) {}

  const TrainerInput input;
  TrainingListener& listener;

  mutable std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Command> commands;
  TrainingProgress shared;  ///< progress as others see it
  bool ended = false;
  std::exception_ptr failure;
  TrainingResult result;

  // The training thread's own.
  std::unique_ptr<TrainingRun> run;
  std::unique_ptr<HealthWatch> health;
  StretchClock clock;
  TrainingProgress now;
  Clock::time_point lastProgress{};
  std::int64_t firstStep = 0;
  double secondsAtSpeedStart = 0;
  std::int64_t speedStart = 0;
  std::int64_t checkpointStep = -1;
  std::int64_t previewStep = -1;
  double nextCheckpoint = 0;
  double nextMeasures = 0;
  bool ending = false;             ///< the step under way was the last
  std::vector<float> metrics;      ///< of the newest step
  std::vector<float> lastMetrics;  ///< the newest value of each
  std::filesystem::path lastCheckpoint;

  std::jthread thread;

  void main(const std::stop_token& stop);
  void train(const std::stop_token& stop);
  void prepare();
  void stepOnce();
  void obey(const std::stop_token& stop);
  void waitPaused(const std::stop_token& stop);
  void finish(bool reachedTarget);
  void fail(std::exception_ptr error);

  bool reachedEnd() const;
  void evaluate();
  void measure();
  void remember(std::span<const float> newest);
  double measureInterval() const { return input.settings.value("measure_every", 0.0) * 60; }
  double checkpointInterval() const { return input.settings.at("checkpoint_minutes").get<double>() * 60; }
  void enter(TrainingState state);
  void updateProgress();
  void reportProgress();
  void showPreview();
  void reportHealth();
  void writeCheckpoint();
  std::optional<Command> nextCommand();
};

void Trainer::Impl::main(const std::stop_token& stop) {
  const TrainingMemory memory;
  try {
    train(stop);
  } catch (...) {
    fail(translated(std::current_exception()));
  }
  run.reset();
  const std::lock_guard lock(mutex);
  ended = true;
  changed.notify_all();
}

void Trainer::Impl::train(const std::stop_token& stop) {
  prepare();
  enter(TrainingState::kRunning);
  clock.start();
  if (!stop.stop_requested()) {
    showPreview();
    reportHealth();
  }
  ending = reachedEnd();
  while (!stop.stop_requested() && !ending) {
    stepOnce();
    obey(stop);
  }
  const bool reached = ending;
  enter(TrainingState::kStopping);
  if (previewStep != run->step()) showPreview();
  if (checkpointStep != run->step()) writeCheckpoint();
  clock.stop();
  finish(reached);
}

void Trainer::Impl::prepare() {
  enter(TrainingState::kPreparing);
  prepareTrainingThread(environmentOf(input).threads);
  run = std::make_unique<TrainingRun>(input);
  health = std::make_unique<HealthWatch>(run->metricNames(), healthKind(input.preset, input.settings));
  firstStep = speedStart = run->step();
  if (input.resumeFrom) {
    checkpointStep = run->step();
    lastCheckpoint = *input.resumeFrom;
  }
  nextCheckpoint = checkpointInterval();
  nextMeasures = measureInterval();
}

void Trainer::Impl::stepOnce() {
  metrics = run->advance();
  const std::string broken = HealthWatch::firstBroken(run->metricNames(), metrics);
  if (!broken.empty()) {
    throw Error(
        "training broke down at step " + std::to_string(run->step()) + ": '" + broken + "' is no number any more",
        lastCheckpoint.empty() ? "start again with lower learning rates"
                               : "the checkpoint before it is kept: go on from there, or start again with "
                                 "lower learning rates",
        lastCheckpoint);
  }
  if (run->step() - firstStep == kStepsLeftOut) {
    speedStart = run->step();
    secondsAtSpeedStart = clock.seconds();
  }
  ending = reachedEnd();
  if (ending || run->step() % input.settings.at("evaluate_every").get<std::int64_t>() == 0) evaluate();
  if (run->measures() && clock.seconds() >= nextMeasures) measure();
  remember(metrics);
  if (Clock::now() - lastProgress >= kProgressInterval) reportProgress();
  const MetricRow row{.step = run->step(), .values = metrics};
  listener.onMetrics(std::span(&row, 1));
  health->addMetrics(run->step(), metrics);
  if (run->step() % input.settings.at("preview_every").get<std::int64_t>() == 0) showPreview();
  reportHealth();
  if (clock.seconds() >= nextCheckpoint) writeCheckpoint();
}

/// Of a model that is the best so far the listener hears at once.
void Trainer::Impl::evaluate() {
  metrics.back() = static_cast<float>(run->evaluate());
  if (run->best() && run->best()->step == run->step()) listener.onBest(*run->best());
}

/// On a slow machine more seldom than asked for, so that the training is not slowed down by it.
void Trainer::Impl::measure() {
  constexpr double kMostOfTime = .02;
  const double before = clock.seconds();
  run->measure(metrics);
  const double taken = clock.seconds() - before;
  nextMeasures = clock.seconds() + std::max(measureInterval(), taken / kMostOfTime);
}

void Trainer::Impl::remember(std::span<const float> newest) {
  lastMetrics.resize(newest.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t index = 0; index < newest.size(); ++index) {
    if (std::isfinite(newest[index])) lastMetrics[index] = newest[index];
  }
}

bool Trainer::Impl::reachedEnd() const {
  return (input.targetSteps > 0 && run->step() >= input.targetSteps) ||
         (input.minutes && run->step() > firstStep && clock.seconds() >= *input.minutes * 60);
}

std::optional<Command> Trainer::Impl::nextCommand() {
  const std::lock_guard lock(mutex);
  if (commands.empty()) return {};
  const Command command = commands.front();
  commands.pop_front();
  return command;
}

void Trainer::Impl::obey(const std::stop_token& stop) {
  while (const std::optional<Command> command = nextCommand()) {
    if (stop.stop_requested()) return;
    if (*command == Command::kCheckpoint) writeCheckpoint();
    if (*command == Command::kPause) waitPaused(stop);
  }
}

void Trainer::Impl::waitPaused(const std::stop_token& stop) {
  clock.stop();
  enter(TrainingState::kPaused);
  if (checkpointStep != run->step()) writeCheckpoint();  // a pause may end with the machine being switched off
  for (;;) {
    {
      std::unique_lock lock(mutex);
      if (!changed.wait(lock, stop, [this] { return !commands.empty(); })) break;
    }
    const std::optional<Command> command = nextCommand();
    if (command == Command::kCheckpoint) writeCheckpoint();
    if (command == Command::kProceed) break;
  }
  clock.start();
  if (!stop.stop_requested()) enter(TrainingState::kRunning);
}

void Trainer::Impl::enter(TrainingState state) {
  now.state = state;
  updateProgress();
  reportProgress();
}

void Trainer::Impl::updateProgress() {
  now.targetSteps = input.targetSteps;
  if (!run) return;
  const double seconds = clock.seconds();
  now.step = run->step();
  now.epoch = run->epochs();
  now.seconds = run->secondsBefore() + seconds;
  const auto steps = static_cast<double>(run->step() - speedStart);
  const double taken = seconds - secondsAtSpeedStart;
  if (steps > 0 && taken > 0) {
    now.spritesPerSecond = steps * static_cast<double>(run->spritesAStep()) / taken;
    now.secondsLeft = input.targetSteps > 0 ? static_cast<double>(input.targetSteps - run->step()) * taken / steps : -1;
  }
  if (input.minutes) {
    const double left = *input.minutes * 60 - seconds;
    now.secondsLeft = now.secondsLeft < 0 ? left : std::min(left, now.secondsLeft);
  }
  if (now.secondsLeft < 0 && (input.minutes || input.targetSteps > 0) && steps > 0) now.secondsLeft = 0;
}

void Trainer::Impl::reportProgress() {
  updateProgress();
  lastProgress = Clock::now();
  {
    const std::lock_guard lock(mutex);
    shared = now;
  }
  listener.onProgress(now);
}

void Trainer::Impl::showPreview() {
  TrainingRun::Look look = run->look();
  previewStep = run->step();
  listener.onPreview(look.preview);
  listener.onModel(run->model());
  health->addDiversity(run->step(), look.diversity);
  health->addOpacity(run->step(), look.opacity);
}

void Trainer::Impl::reportHealth() {
  if (const std::optional<Health> verdict = health->change()) listener.onHealth(*verdict);
}

void Trainer::Impl::writeCheckpoint() {
  const CheckpointInfo info = run->checkpoint(run->secondsBefore() + clock.seconds());
  checkpointStep = info.step;
  lastCheckpoint = info.file;
  nextCheckpoint = clock.seconds() + checkpointInterval();
  listener.onCheckpoint(info);
}

void Trainer::Impl::finish(bool reachedTarget) {
  enter(TrainingState::kEnded);
  TrainingResult done{.steps = run->step(),
                      .metricNames = run->metricNames(),
                      .lastMetrics = lastMetrics,
                      .spritesPerSecond = now.spritesPerSecond,
                      .seconds = now.seconds,
                      .reachedTarget = reachedTarget,
                      .checkpoint = lastCheckpoint,
                      .best = run->best()};
  {
    const std::lock_guard lock(mutex);
    result = done;
  }
  listener.onFinished(done);
}

void Trainer::Impl::fail(std::exception_ptr error) {
  {
    const std::lock_guard lock(mutex);
    failure = error;
  }
  now.state = TrainingState::kEnded;
  reportProgress();
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& problem) {
    if (health) listener.onHealth({HealthLevel::kBad, std::string("The run has ended: ") + problem.what() + "."});
  }
  listener.onFailed(std::move(error));
}

Trainer::Trainer(TrainerInput input, TrainingListener& listener) {
  checkTrainerInput(input);
  m_impl = std::make_unique<Impl>(std::move(input), listener);
  m_impl->shared.targetSteps = m_impl->input.targetSteps;
  m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->main(stop); });
}

Trainer::~Trainer() = default;

namespace {

template <class Impl>
void send(Impl& impl, Command command) {
  const std::lock_guard lock(impl.mutex);
  impl.commands.push_back(command);
  impl.changed.notify_all();
}

}  // namespace

void Trainer::pause() {
  send(*m_impl, Command::kPause);
}
void Trainer::proceed() {
  send(*m_impl, Command::kProceed);
}
void Trainer::checkpoint() {
  send(*m_impl, Command::kCheckpoint);
}
void Trainer::stop() {
  m_impl->thread.request_stop();
}

TrainingProgress Trainer::progress() const {
  const std::lock_guard lock(m_impl->mutex);
  return m_impl->shared;
}

TrainingResult Trainer::wait() {
  std::unique_lock lock(m_impl->mutex);
  m_impl->changed.wait(lock, [this] { return m_impl->ended; });
  if (m_impl->failure) std::rethrow_exception(m_impl->failure);
  return m_impl->result;
}

}  // namespace loom
