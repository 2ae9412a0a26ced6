// import PROJECT SOURCE...: folders, archives and pictures.
#include <algorithm>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::vector<std::string> sources;
  std::string as = "auto";
};

void run(const Options& options, Context& context) {
  const Project project = Project::open(options.project);
  JobMonitor monitor = context.monitor();
  const ImportReport report = importSprites(project, {options.sources.begin(), options.sources.end()}, monitor);
  if (report.cancelled) throw Cancelled();

  Json skipped = Json::array();
  for (const SkippedFile& file : report.skipped) {
    context.output.say("skipped " + file.file + ": " + file.reason);
    skipped.push_back({{"file", file.file}, {"reason", file.reason}});
  }
  std::string line = "Imported " + counted(report.imported, "sprite", "sprites") + " of " +
                     counted(report.characters, "character", "characters");
  if (report.duplicates > 0) line += ", " + std::to_string(report.duplicates) + " of them duplicates";
  if (!report.skipped.empty()) {
    line += "; skipped " + counted(static_cast<std::int64_t>(report.skipped.size()), "file", "files");
  }
  context.output.done(line, {{"imported", report.imported},
                             {"characters", report.characters},
                             {"duplicates", report.duplicates},
                             {"skipped", skipped},
                             {"views", report.views},
                             {"sizes", report.sizes}});
}

}  // namespace

void addImport(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "import", "Brings in folders, archives and pictures",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("SOURCE", options->sources, "Folders, ZIP and other archives, pictures")->required();
  command->add_option("--as", options->as, "What the sources are: auto or folders")
      ->capture_default_str()
      ->check([](const std::string& value) -> std::string {
        if (value == "auto" || value == "folders") return {};
        const std::vector<std::string> later = {"sheet", "csv", "lpc-sheet", "animation"};
        const bool known = std::find(later.begin(), later.end(), value) != later.end();
        return known ? "'" + value + "' is not in this version yet; auto and folders are"
                     : "'" + value + "' is none of auto, folders";
      });
  addOptionsNotYet(*command, {"--size", "--channels", "--cell", "--margin", "--spacing", "--each"});
}

}  // namespace loom::cli
