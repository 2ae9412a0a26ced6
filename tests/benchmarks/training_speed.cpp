// How fast we train, against a plain PyTorch loop in Python (training_eager.py) over the same networks and sprites:
// both in processes of their own on the same machine, in turn, the first five steps left out. spriteloom-bench-training
// [--python PROGRAM] [--project FOLDER] [--steps N] [--rounds N] [--threads N] [--fp32] [case...]
// spriteloom-bench-training --agree STEPS [case...]: whether bfloat16 trains as float32 does.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <random>
#include <thread>

#include "app/launch.h"
#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/dataset/starter.h"
#include "core/training/environment.h"
#include "core/training/training_run.h"
#include "tests/benchmarks/training_case.h"

extern char** environ;

namespace {

using namespace loom;
namespace fs = std::filesystem;

constexpr int kLeftOut = 5;            // steps in which caches and kernels are still being made
constexpr int kCharacters = 228;       // of the built-in set, where no project is given
constexpr std::int64_t kWindow = 100;  // steps whose mean losses are compared

/// A program that is asked by lines and answers by lines.
class Side {
 public:
  explicit Side(const std::vector<std::string>& words) {
    std::array<int, 2> in{}, out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) throw Error("no pipe could be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int problem = ::posix_spawnp(&m_process, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    m_question = in[1];
    m_answers = ::fdopen(out[0], "r");
    if (problem != 0) throw Error("'" + words.front() + "' cannot be started");
  }
  ~Side() {
    ::close(m_question);  // it ends with its input
    std::fclose(m_answers);
    if (m_process > 0) ::waitpid(m_process, nullptr, 0);
  }
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;

  /// What it says after `steps` steps; seconds a step are remembered unless it is warming up.
  void run(int steps, bool warmingUp) {
    const std::string question = std::to_string(steps) + "\n";
    std::array<char, 512> line{};
    if (::write(m_question, question.data(), question.size()) < 0 ||
        std::fgets(line.data(), static_cast<int>(line.size()), m_answers) == nullptr) {
      throw Error("one side has ended early", "start it by hand to see why");
    }
    figures = jsonFrom(line.data()).value();
    if (!warmingUp) times.push_back(figures.at("seconds").get<double>() / steps);
  }
  double median() const {
    std::vector<double> sorted = times;
    std::ranges::sort(sorted);
    return sorted[sorted.size() / 2];
  }

  Json figures;
  std::vector<double> times;  ///< seconds a step, one a round

 private:
  pid_t m_process = 0;
  int m_question = -1;
  std::FILE* m_answers = nullptr;
};

/// How many times faster `fast` is: the median over the rounds, each of which met the same machine.
double ratio(const Side& slow, const Side& fast) {
  std::vector<double> all;
  for (std::size_t round = 0; round < slow.times.size(); ++round) all.push_back(slow.times[round] / fast.times[round]);
  std::ranges::sort(all);
  return all[all.size() / 2];
}

struct Options {
  std::string python = "python3";
  fs::path project;
  int steps = 10;
  int rounds = 5;
  int threads = usableCores();
  bool fp32 = false;
  std::int64_t agree = 0;
  std::vector<std::string> cases;
};

/// The sprites as Python reads them.
fs::path writeRaw(const fs::path& project, const fs::path& folder, int side) {
  JobMonitor monitor;
  const auto data = takeSnapshot(Project::open(project).catalogue(), side, {}, monitor);
  const fs::path file = folder / ("sprites-" + std::to_string(side));
  std::ofstream stream(file, std::ios::binary);
  for (std::int64_t index = 0; index < data->size(); ++index) {
    const auto pixels = std::as_bytes(data->sprite(index).pixels());
    stream.write(reinterpret_cast<const char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
  }
  return file;
}

void compare(const TrainingCase& chosen, const Options& options, const fs::path& folder, const std::string& self) {
  const Json ours = describe(chosen, options.threads, "auto");
  const fs::path raw = writeRaw(options.project, folder, ours["settings"]["size"]);
  const fs::path script = fs::path(SPRITELOOM_SOURCE_DIR) / "tests/benchmarks/training_eager.py";
  Side eager({options.python, script.string(), ours.dump(), raw.string()});
  Side fast({self, "--worker", ours.dump(), "--project", options.project.string()});
  std::unique_ptr<Side> plain;
  std::vector<Side*> sides{&eager, &fast};
  if (options.fp32) {
    const Json exact = describe(chosen, options.threads, "fp32");
    plain = std::make_unique<Side>(
        std::vector<std::string>{self, "--worker", exact.dump(), "--project", options.project.string()});
    sides.push_back(plain.get());
  }
  for (Side* side : sides) side->run(kLeftOut, /*warmingUp=*/true);
  for (int round = 0; round < options.rounds; ++round) {
    for (Side* side : sides) side->run(options.steps, false);
  }
  const auto batch = ours["settings"]["batch"].get<double>();
  std::printf("%-20s %10lld %10lld %8.0f %8.0f %7.2f %7.2f %7.0f %7.0f %9.1f %8.0f", chosen.name.c_str(),
              eager.figures["parameters"].get<long long>(), fast.figures["parameters"].get<long long>(),
              eager.median() * 1e3, fast.median() * 1e3, ratio(eager, fast), chosen.target,
              eager.figures["peak"].get<double>(), fast.figures["peak"].get<double>(), batch / fast.median(),
              fast.figures["faults"].get<double>() / options.steps);
  if (plain) std::printf(" %8.0f %7.2f", plain->median() * 1e3, ratio(eager, *plain));
  std::printf("\n");
  std::fflush(stdout);
}

/// Mean metrics of each window of steps.
std::vector<std::vector<double>> windows(const TrainerInput& input, std::int64_t steps) {
  std::vector<std::vector<double>> all;
  std::thread([&] {
    prepareTrainingThread(input.threads);
    TrainingRun run(input);
    for (std::int64_t step = 0; step < steps; ++step) {
      if (step % kWindow == 0) all.emplace_back(run.metricNames().size());
      const std::vector<float> metrics = run.advance();
      for (std::size_t at = 0; at < metrics.size(); ++at) all.back()[at] += metrics[at] / static_cast<double>(kWindow);
    }
  }).join();
  return all;
}

/// Two seeds in float32 show how far apart runs are by chance alone.
void agree(const TrainingCase& chosen, const Options& options, const fs::path& folder) {
  TrainerInput input = inputOf(describe(chosen, options.threads, "fp32"), options.project, folder / "fp32");
  const auto exact = windows(input, options.agree);
  input.seed = 2;
  const auto other = windows(input, options.agree);
  input.seed = 1;
  input.precision = "bf16";
  const auto half = windows(input, options.agree);
  std::printf("\n%s: mean of each %lld steps\n%8s %-20s %10s %12s %10s\n", chosen.name.c_str(),
              static_cast<long long>(kWindow), "to step", "metric", "fp32", "fp32 seed 2", "bf16");
  const std::vector<std::string> names = metricNames(input.preset, input.settings);
  for (std::size_t window = 0; window < exact.size(); ++window) {
    for (std::size_t at = 0; at < names.size(); ++at) {
      if (std::isnan(exact[window][at])) continue;
      std::printf("%8lld %-20s %10.4f %12.4f %10.4f\n", static_cast<long long>(window + 1) * kWindow, names[at].c_str(),
                  exact[window][at], other[window][at], half[window][at]);
    }
  }
}

void measure(Options options, const fs::path& folder, const std::string& self) {
  if (options.project.empty()) {
    options.project = folder / "sprites.loom";
    JobMonitor monitor;
    addStarterSet(Project::create(options.project), kCharacters, 1, monitor);
  }
  const auto wanted = [&options](const TrainingCase& one) {
    return options.cases.empty() || std::ranges::find(options.cases, one.name) != options.cases.end();
  };
  if (options.agree == 0) {
    std::printf("%d threads, %d rounds of %d steps\n%-20s %10s %10s %8s %8s %7s %7s %7s %7s %9s %8s%s\n",
                options.threads, options.rounds, options.steps, "", "numbers", "ours", "eager ms", "ours ms", "ratio",
                "target", "MiB", "ours", "sprites/s", "faults", options.fp32 ? "     fp32   ratio" : "");
  }
  for (const TrainingCase& one : trainingCases()) {
    if (!wanted(one)) continue;
    options.agree > 0 ? agree(one, options, folder) : compare(one, options, folder, self);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--worker") prepareProcess(argv);  // as the programs train
  Options options;
  std::string worker;
  CLI::App app("Training speed");
  app.add_option("--python", options.python);
  app.add_option("--project", options.project);
  app.add_option("--steps", options.steps);
  app.add_option("--rounds", options.rounds);
  app.add_option("--threads", options.threads);
  app.add_flag("--fp32", options.fp32);
  app.add_option("--agree", options.agree);
  app.add_option("--worker", worker);
  app.add_option("cases", options.cases);
  CLI11_PARSE(app, argc, argv);
  const fs::path folder = fs::temp_directory_path() / ("spriteloom-speed-" + std::to_string(std::random_device()()));
  int code = 0;
  try {
    if (!worker.empty()) return trainAsAsked(jsonFrom(worker).value(), options.project);
    fs::create_directories(folder);
    measure(options, folder, fs::read_symlink("/proc/self/exe").string());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    code = 1;
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return code;
}
