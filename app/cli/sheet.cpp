// sheet PROJECT: characters laid out on one picture, with its data files.
#include <algorithm>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::optional<std::string> run;
  bool best = false;
  int count = 8;
  std::uint64_t seed = 0;
  bool favourites = false;
  std::optional<std::string> in;
  std::string layout = "grid";
  SheetOptions sheet;
  std::vector<std::string> data = {"json-hash"};
  std::string out;
  bool force = false;
};

RunInfo runOf(const Options& options, const Catalogue& catalogue) {
  return findRunOrStarter(catalogue, *options.run, StarterUse::kDraw);
}

std::vector<SheetCharacter> charactersOf(const Options& options, const Project& project, JobMonitor& monitor) {
  if (options.in) return folderCharacters(*options.in, monitor);
  const Catalogue catalogue = project.catalogue();
  if (options.run) {
    const auto model = loadRunModel(project, runOf(options, catalogue), whichWeights(options.best));
    return generateCharacters(model, options.count, options.seed, {}, std::nullopt, monitor);
  }
  std::vector<SheetCharacter> favourites = favouriteCharacters(catalogue);
  if (favourites.empty()) throw Error("the project has no favourites yet", "keep some on the studio's Create page");
  return favourites;
}

std::string creditsFor(const Options& options, const Project& project) {
  if (options.in) return {};
  const Catalogue catalogue = project.catalogue();
  if (options.run) return creditsForRun(project, runOf(options, catalogue));
  std::vector<std::int64_t> ids;
  for (const Favourite& favourite : catalogue.favourites()) ids.push_back(favourite.id);
  return creditsForFavourites(project, ids);
}

std::vector<SheetData> dataOf(const std::vector<std::string>& words) {
  std::vector<SheetData> data;
  for (const std::string& word : words) {
    const SheetData kind = word == "json-hash" ? SheetData::kJsonHash : SheetData::kJsonArray;
    if (std::find(data.begin(), data.end(), kind) == data.end()) data.push_back(kind);
  }
  return data;
}

void run(const Options& options, Context& context) {
  if (!options.run && !options.favourites && !options.in) {
    throw UsageError("nothing says what goes on the sheet", "give --run RUN, --favourites or --in DIR");
  }
  SheetOptions layout = options.sheet;
  layout.layout = parseSheetLayout(options.layout);
  const std::vector<SheetData> data = dataOf(options.data);
  const Project project = Project::open(options.project);
  const SheetFiles planned = sheetFiles(options.out, data);
  std::vector<std::filesystem::path> all = planned.data;
  all.insert(all.begin(), planned.image);
  refuseToReplace(all, options.force);

  JobMonitor monitor = context.monitor();
  const Sheet sheet = layOutSheet(charactersOf(options, project, monitor), layout);
  const SheetFiles written = saveSheet(sheet, options.out, data, options.force);
  const std::filesystem::path credits = saveCreditsBeside(written.image, creditsFor(options, project));
  if (!credits.empty()) context.output.say("credits: " + credits.string());
  Json dataFiles = Json::array();
  for (const auto& file : written.data) dataFiles.push_back(file.string());
  const auto frames = static_cast<std::int64_t>(sheet.frames.size());
  context.output.done("Wrote " + counted(frames, "frame", "frames") + " to " + written.image.string(),
                      {{"file", written.image.string()},
                       {"data", dataFiles},
                       {"frames", frames},
                       {"width", sheet.image.width()},
                       {"height", sheet.image.height()}});
}

std::string checkData(const std::string& value) {
  const auto isOneOf = [&](const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), value) != words.end();
  };
  if (isOneOf({"json-hash", "json-array"})) return {};
  return isOneOf({"tsx", "aseprite", "godot", "css"})
             ? "'" + value + "' is not in this version yet; json-hash and json-array are"
             : "'" + value + "' is none of json-hash, json-array";
}

void addLayoutOptions(CLI::App& command, Options& options) {
  SheetOptions& sheet = options.sheet;
  command.add_option("--layout", options.layout, "lpc, grid, strip or packed")
      ->capture_default_str()
      ->check(CLI::IsMember({"lpc", "grid", "strip", "packed"}));
  command.add_option("--scale", sheet.scale, "Whole-number enlargement")
      ->capture_default_str()
      ->check(CLI::Range(1, 16));
  command.add_option("--padding", sheet.padding, "Pixels between cells")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  command.add_option("--border", sheet.border, "Pixels around the sheet")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  command.add_option("--extrude", sheet.extrude, "Pixels by which edges are repeated outwards")
      ->capture_default_str()
      ->check(CLI::Range(0, 64));
  command.add_flag("--trim", sheet.trim, "Cut away transparent edges (packed)");
  command.add_option("--data", options.data, "json-hash or json-array; more than one may be given")
      ->capture_default_str()
      ->allow_extra_args(false)
      ->check(checkData);
}

}  // namespace

void addSheet(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "sheet", "Lays characters out on one picture",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  CLI::Option* run =
      command->add_option("--run", options->run, "New characters of this run: its number, last, or starter");
  CLI::Option* favourites = command->add_flag("--favourites", options->favourites, "The favourites of the project");
  CLI::Option* in = command->add_option("--in", options->in, "Pictures of a folder, DIR/VIEW/NAME.png");
  run->excludes(favourites)->excludes(in);
  favourites->excludes(in);
  addBestOption(*command, options->best)->needs(run);
  command->add_option("--count", options->count, "How many characters of the run")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000))
      ->needs(run);
  command->add_option("--seed", options->seed, "The same seed gives the same characters")
      ->capture_default_str()
      ->needs(run);
  addLayoutOptions(*command, *options);
  command->add_option("--out", options->out, "The PNG to write; data files lie beside it")->required();
  command->add_flag("--force", options->force, "Replace files that are there");
}

}  // namespace loom::cli
