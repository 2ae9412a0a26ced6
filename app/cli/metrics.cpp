// metrics PROJECT RUN... --out FILE.csv: what was measured while training, as a table.
#include <algorithm>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::vector<std::string> runs;
  std::string out;
  bool force = false;
};

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  const Catalogue catalogue = project.catalogue();
  std::vector<int> numbers;
  for (const std::string& word : options.runs) {
    const int number = findRun(catalogue, word).number;
    if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
  }
  refuseToReplace({options.out}, options.force);
  JobMonitor monitor = context.monitor();
  const MetricsCsvReport report = exportMetrics(project, numbers, options.out, monitor);
  context.output.done("Wrote " + counted(report.rows, "row", "rows") + " of " +
                          counted(static_cast<std::int64_t>(numbers.size()), "run", "runs") + " to " + options.out,
                      {{"file", options.out}, {"runs", numbers}, {"rows", report.rows}, {"metrics", report.metrics}});
}

}  // namespace

void addMetrics(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "metrics", "Writes what was measured while training as a CSV file",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("RUN", options->runs, "The runs, by number, or last")->required();
  command->add_option("--out", options->out, "The CSV file to write: run, step and a column a metric")->required();
  command->add_flag("--force", options->force, "Replace a file that is there");
}

}  // namespace loom::cli
