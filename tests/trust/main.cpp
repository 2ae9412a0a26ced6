// spriteloom-trust-kill: kills the worker at random moments, opens what it left, and holds it against its promises.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include "core/base/error.h"
#include "tests/trust/sabotage.h"
#include "tests/trust/world.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

constexpr int kKillsOfAProject = 40;  ///< so that damage can add up; then it begins anew
constexpr int kRoundsALine = 10;      ///< of what is printed on the way

struct Options {
  int kills = 60;
  std::uint64_t seed = 0;
  fs::path folder = {};
  bool sabotage = false;
};

Options parse(int count, char** words) {
  Options options;
  std::random_device device;
  options.seed = device();
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--sabotage") {
      options.sabotage = true;
    } else if (i + 1 < count && word == "--kills") {
      options.kills = std::stoi(words[++i]);
    } else if (i + 1 < count && word == "--seed") {
      options.seed = std::stoull(words[++i]);
    } else if (i + 1 < count && word == "--folder") {
      options.folder = fs::absolute(words[++i]);
    } else {
      throw std::runtime_error("spriteloom-trust-kill [--kills N] [--seed S] [--folder DIR] [--sabotage]");
    }
  }
  if (options.folder.empty()) {
    std::string pattern = (fs::temp_directory_path() / "spriteloom-trust-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder could be made in the temporary one");
    options.folder = pattern;
  }
  return options;
}

void printSummary(const Tally& tally, double seconds) {
  int kills = 0;
  for (const char* phase : kPhases) {
    const auto of = [phase](const auto& counts) { return counts.contains(phase) ? counts.at(phase) : 0; };
    kills += of(tally.kills);
    std::cout << phase << ": " << of(tally.kills) << " kills, " << of(tally.acknowledged) << " acknowledged, "
              << of(tally.underWay) << " kills within an operation";
    if (std::string(phase) == "export") {
      std::cout << " (" << tally.mixedExports << " of those left some files of a set new and some old)\n";
    } else {
      std::cout << " (" << of(tally.happened) << " of those had happened)\n";
    }
  }
  std::cout << "runs gone on with to their end and equal to the bit: " << tally.comparedRuns << ", after "
            << tally.killsOfComparedRuns << " kills; " << tally.silentRuns << " begun without having said so; "
            << tally.missingRows << " rows of metrics missing\n"
            << "left aside by killed programs: " << tally.leftovers.files << " hidden files, " << tally.leftovers.bytes
            << " bytes\n"
            << kills << " kills in " << static_cast<int>(seconds) << " s: every promise kept" << std::endl;
}

bool kill(World& world, const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  int done = 0;
  for (int round = 0; done < options.kills; ++round) {
    const std::string phase = kPhases[static_cast<std::size_t>(round) % kPhases.size()];
    if (round % kKillsOfAProject == kKillsOfAProject - 1) world.renew();
    const KillPlan plan = world.drawPlan(phase);
    try {
      world.round(phase, plan);
    } catch (const std::exception& problem) {
      std::cout << "BROKEN in round " << round << ", seed " << options.seed << ": " << phase << ", killed "
                << plan.seconds << " s after "
                << (plan.afterLines ? "line " + std::to_string(*plan.afterLines) : "it had begun") << '\n'
                << problem.what() << '\n'
                << "What it had acknowledged is in " << (options.folder / "journal.txt").string()
                << ", what it left beside that." << std::endl;
      return false;
    }
    done = 0;
    for (const auto& [name, count] : world.tally().kills) done += count;
    if (round % kRoundsALine == kRoundsALine - 1) std::cout << done << " kills" << std::endl;
  }
  world.renew();  // counts what is left over
  printSummary(world.tally(), std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return true;
}

int run(int count, char** words) {
  const Options options = parse(count, words);
  std::cout << "seed " << options.seed << ", folder " << options.folder.string() << std::endl;
  const fs::path worker = fs::read_symlink("/proc/self/exe").parent_path() / "spriteloom-trust-worker";
  World world(options.folder, worker, options.seed);
  const bool good = options.sabotage ? findsSabotage(world) : kill(world, options);
  if (good) fs::remove_all(options.folder);
  return good ? 0 : 1;
}

}  // namespace
}  // namespace loom::trust

int main(int count, char** words) {
  try {
    return loom::trust::run(count, words);
  } catch (const std::exception& problem) {
    std::cout << "spriteloom-trust-kill: " << problem.what() << std::endl;
    return 1;
  }
}
