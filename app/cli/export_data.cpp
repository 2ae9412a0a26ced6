// export-data PROJECT: the set as folders of pictures or as a CSV file.
#include "app/cli/commands.h"
#include "core/image/edit.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::string as;
  int channels = 4;
  std::string out;
  std::optional<std::string> background;
  std::optional<bool> header;
  std::optional<std::string> label;
  std::string where;
  bool force = false;
};

void checkUsage(const Options& options) {
  if (options.as == "folders" && (options.header || options.label)) {
    throw UsageError("--header, --no-header and --label belong to --as csv", "leave them out for folders");
  }
  if (options.background && options.channels % 2 == 0) {
    throw UsageError("--background is for pictures without transparency",
                     "add --channels 1 or --channels 3, or leave it out");
  }
}

Rgba backgroundOf(const Options& options) {
  if (!options.background) return kWhite;
  try {
    return parseColour(*options.background);
  } catch (const Error& error) {
    throw UsageError(error.what(), error.hint());
  }
}

SpriteFilter filterOf(const Options& options) {
  try {
    return SpriteFilter::parse(options.where);
  } catch (const Error& error) {
    throw UsageError(error.what(), error.hint());
  }
}

/// Those the filter means; excluded ones only where it asks for them. Empty: all that are not excluded.
std::vector<SpriteId> chosenSprites(const Project& project, const SpriteFilter& filter) {
  std::vector<SpriteId> ids;
  if (filter.empty()) return ids;
  for (const SpriteInfo& sprite : spritesWhere(project.catalogue(), filter)) {
    if (!sprite.excluded || filter.asksForExcluded()) ids.push_back(sprite.id);
  }
  if (ids.empty()) throw Error("no sprite is what --where asks for", "'info' shows what is in the project");
  return ids;
}

CsvLabelColumn labelOf(const Options& options) {
  const std::string label = options.label.value_or("view");
  if (label == "none") return CsvLabelColumn::kNone;
  return label == "view" ? CsvLabelColumn::kView : CsvLabelColumn::kCharacter;
}

Json namesOf(const std::vector<std::filesystem::path>& files) {
  Json names = Json::array();
  for (const std::filesystem::path& file : files) names.push_back(file.string());
  return names;
}

void run(const Options& options, Context& context) {
  checkUsage(options);
  DataExportOptions wanted{.channels = options.channels, .background = backgroundOf(options), .force = options.force};
  const SpriteFilter filter = filterOf(options);
  const Project project = Project::open(options.project);
  wanted.sprites = chosenSprites(project, filter);
  JobMonitor monitor = context.monitor();
  const bool csv = options.as == "csv";
  const DataExportReport report =
      csv ? exportCsv(project, options.out, labelOf(options), options.header.value_or(true), wanted, monitor)
          : exportFolders(project, options.out, wanted, monitor);
  if (!report.fitting.empty()) context.output.say("of different sizes: " + report.fitting);
  if (!report.credits.empty()) context.output.say("who made them: " + report.credits.front().string());
  context.output.done("Wrote " + counted(report.sprites, "sprite", "sprites") + " to " + options.out,
                      {{"files", namesOf(report.files)},
                       {"credits", namesOf(report.credits)},
                       {"sprites", report.sprites},
                       {"fitting", report.fitting}});
}

}  // namespace

void addExportData(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "export-data", "Writes the set as folders of pictures or as a CSV file",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command->add_option("--as", options->as, "folders (OUT/VIEW/NAME.png) or csv (one picture a row)")
      ->required()
      ->check(CLI::IsMember({"folders", "csv"}));
  command->add_option("--channels", options->channels, "1 grayscale, 2 grayscale with alpha, 3 RGB, 4 RGBA")
      ->capture_default_str()
      ->check(CLI::Range(1, 4));
  command->add_option("--out", options->out, "The folder, or the CSV file, to write")->required();
  command->add_option("--background", options->background, "What 1 and 3 channels show behind the sprites (#ffffff)");
  CLI::Option* header = command->add_flag_callback(
      "--header", [options] { options->header = true; }, "The CSV's first row names its columns (the usual)");
  command
      ->add_flag_callback(
          "--no-header", [options] { options->header = false; }, "The CSV's first row is a picture")
      ->excludes(header);
  command->add_option("--label", options->label, "The CSV's first column: none, view or character (view)")
      ->check(CLI::IsMember({"none", "view", "character"}));
  command->add_option("--where", options->where,
                      "Only these: words, and terms like view:front, tag:knight, width:>32 or not:author:anna");
  command->add_flag("--force", options->force, "Replace files that are there");
}

}  // namespace loom::cli
