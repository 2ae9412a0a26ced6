// spriteloom-cli: every job of the studio without a screen.
#include <cstdio>
#include <exception>
#include <new>
#include <string_view>

#include "app/cli/commands.h"
#include "app/launch.h"

namespace loom::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

bool asksForJson(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--json") return true;
  }
  return false;
}

/// The parser's own words speak of a missing subcommand where one is misspelt.
std::string usageMessage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (!app.get_subcommands().empty()) return error.what();
  for (int i = 1; i < argc; ++i) {
    if (argv[i][0] != '-') return "there is no command '" + std::string(argv[i]) + "'";
  }
  return error.what();
}

void addAll(CLI::App& app, Commands& commands) {
  addNew(app, commands);
  addStarter(app, commands);
  addCompose(app, commands);
  addImport(app, commands);
  addClean(app, commands);
  addExportData(app, commands);
  addInfo(app, commands);
  addPresets(app, commands);
  addTrain(app, commands);
  addResume(app, commands);
  addTune(app, commands);
  addGenerate(app, commands);
  addGrid(app, commands);
  addReconstruct(app, commands);
  addEvaluate(app, commands);
  addSummary(app, commands);
  addModel(app, commands);
  addDirections(app, commands);
  addInterpolate(app, commands);
  addTimelapse(app, commands);
  addLoops(app, commands);
  addTurnaround(app, commands);
  addSheet(app, commands);
  addMetrics(app, commands);
  addBench(app, commands);
}

int report(Output& output, int status, const std::string& message, const std::string& hint) {
  try {
    output.error(message, hint);
  } catch (const Error&) {  // the standard output is closed; stderr has said it
  }
  return status;
}

int perform(const Commands& commands) {
  Output output(commands.json);
  StopSignals signals;
  Context context{output, signals.token()};
  try {
    commands.chosen(context);
    return 0;
  } catch (const Cancelled&) {
    return report(output, kFailed, "stopped before it was done", "nothing of it was kept; start it again");
  } catch (const UsageError& error) {
    return report(output, kWrongUsage, error.what(), error.hint());
  } catch (const Error& error) {
    return report(output, kFailed, error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    return report(output, kFailed, "there is not enough memory", "close other programs, or use a smaller batch");
  } catch (const std::exception& error) {
    return report(output, kFailed, error.what(), "");
  }
}

int run(int argc, char** argv) {
  CLI::App app("Spriteloom without a screen: train small models on your own sprites and draw new ones.",
               "spriteloom-cli");
  app.set_version_flag("--version", SPRITELOOM_VERSION);
  app.require_subcommand(1);
  Commands commands;
  addAll(app, commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wish) {  // --help, --version
    return app.exit(wish);
  } catch (const CLI::ParseError& error) {
    Output output(asksForJson(argc, argv));
    const auto chosen = app.get_subcommands();
    const std::string name = chosen.empty() ? "" : " " + chosen.front()->get_name();
    return report(output, kWrongUsage, usageMessage(app, error, argc, argv),
                  "spriteloom-cli" + name + " --help shows how it is used");
  } catch (const UsageError& error) {
    Output output(asksForJson(argc, argv));
    return report(output, kWrongUsage, error.what(), error.hint());
  }
  return perform(commands);
}

}  // namespace
}  // namespace loom::cli

int main(int argc, char** argv) {
  loom::prepareProcess(argv);
  return loom::cli::run(argc, argv);
}
