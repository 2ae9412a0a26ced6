// The subcommands. Each adds itself to the parser; what it does runs after all arguments have been read.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "app/cli/stop_signals.h"
#include "core/studio/studio.h"

namespace loom::cli {

/// What a command has to work with while it runs.
struct Context {
  Output& output;
  std::stop_token stop;

  JobMonitor monitor() const { return output.monitor(stop); }
};

/// Options every command shares, and the one that was chosen.
struct Commands {
  bool json = false;
  std::function<void(Context&)> chosen;
};

/// A subcommand with --json; `run` is what it does.
CLI::App* addCommand(CLI::App& app, Commands& commands, const std::string& name, const std::string& help,
                     std::function<void(Context&)> run);

void addNew(CLI::App& app, Commands& commands);
void addStarter(CLI::App& app, Commands& commands);
void addCompose(CLI::App& app, Commands& commands);
void addImport(CLI::App& app, Commands& commands);
void addClean(CLI::App& app, Commands& commands);
void addExportData(CLI::App& app, Commands& commands);
void addInfo(CLI::App& app, Commands& commands);
void addPresets(CLI::App& app, Commands& commands);
void addTrain(CLI::App& app, Commands& commands);
void addResume(CLI::App& app, Commands& commands);
void addTune(CLI::App& app, Commands& commands);
void addGenerate(CLI::App& app, Commands& commands);
void addGrid(CLI::App& app, Commands& commands);
void addReconstruct(CLI::App& app, Commands& commands);
void addEvaluate(CLI::App& app, Commands& commands);
void addSummary(CLI::App& app, Commands& commands);
void addModel(CLI::App& app, Commands& commands);
void addInterpolate(CLI::App& app, Commands& commands);
void addTimelapse(CLI::App& app, Commands& commands);
void addLoops(CLI::App& app, Commands& commands);
void addTurnaround(CLI::App& app, Commands& commands);
void addSheet(CLI::App& app, Commands& commands);
void addMetrics(CLI::App& app, Commands& commands);
void addDirections(CLI::App& app, Commands& commands);
void addBench(CLI::App& app, Commands& commands);

/// Says that `what` is in the contract but not in this version. Throws UsageError.
[[noreturn]] void notYet(const std::string& what, const std::string& instead);
/// Options of the contract that this version does not have: using one is wrong usage, never ignored.
void addOptionsNotYet(CLI::App& command, const std::vector<std::string>& names);

/// --best, for commands that draw with a run.
CLI::Option* addBestOption(CLI::App& command, bool& best);
Weights whichWeights(bool best);

/// What a command that draws takes as RUN.
inline constexpr const char* kRunOrStarter =
    "The run's number, last, or starter: the weights that come with the program";
/// How the done event names a run: its number, or "starter:PRESET".
Json runField(const RunInfo& run);

/// What --cell says: "32x48" or "32", in pixels. Throws UsageError.
PixelSize cellSize(const std::string& text);

/// Throws Error when one of `files` exists and `force` is false; the hint names --force.
void refuseToReplace(const std::vector<std::filesystem::path>& files, bool force);

}  // namespace loom::cli
