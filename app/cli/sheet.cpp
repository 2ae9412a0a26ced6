// sheet PROJECT: characters laid out on one picture, with its data files.
#include "app/cli/cast_options.h"
#include "app/cli/credits_file.h"
#include "core/base/limits.h"

namespace loom::cli {
namespace {

struct Options {
  CastChoice cast;
  std::string layout = "grid";
  SheetOptions sheet;
  std::string cell;
  std::string background;
  std::vector<std::string> data = {"json-hash"};
  std::vector<std::string> palettes;
  bool fullColour = false;
  std::string out;
  bool force = false;
};

std::vector<SheetData> dataOf(const Options& options) {
  std::vector<SheetData> data;
  for (const auto* words : {&options.data, &options.palettes}) {
    for (const std::string& word : *words) data.push_back(parseSheetData(word));
  }
  return data;
}

SheetOptions layoutOf(const Options& options) {
  SheetOptions layout = options.sheet;
  layout.layout = parseSheetLayout(options.layout);
  if (!options.background.empty()) layout.background = parseColour(options.background);
  if (options.cell.empty()) return layout;
  const PixelSize cell = cellSize(options.cell);
  layout.cellWidth = cell.width;
  layout.cellHeight = cell.height;
  return layout;
}

/// The first file comes as `file`; where there are several sheets, all of them as `files`.
void report(const std::vector<Sheet>& sheets, const std::vector<SheetFiles>& written, Context& context) {
  Json pictures = Json::array();
  Json data = Json::array();
  std::int64_t frames = 0;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    pictures.push_back(written[i].image.string());
    for (const auto& file : written[i].data) data.push_back(file.string());
    frames += static_cast<std::int64_t>(sheets[i].frames.size());
  }
  const std::string first = written.front().image.string();
  const auto others = static_cast<std::int64_t>(sheets.size()) - 1;
  const std::string more = others > 0 ? " and " + counted(others, "more sheet", "more sheets") : "";
  context.output.done("Wrote " + counted(frames, "frame", "frames") + " to " + first + more,
                      {{"file", first},
                       {"files", pictures},
                       {"data", data},
                       {"frames", frames},
                       {"width", sheets.front().image.width()},
                       {"height", sheets.front().image.height()}});
}

void run(const Options& options, Context& context) {
  checkCast(options.cast);
  const SheetOptions layout = layoutOf(options);
  const std::vector<SheetData> data = dataOf(options);
  const Project project = Project::open(options.cast.project);
  const std::vector<std::string> unnamed = {""};
  const std::vector<SheetFiles> one = sheetFiles(options.out, unnamed, data);
  const bool known = !layout.each && layout.maxSide == 0;
  if (known) refuseToReplace(allFiles(one), options.force);  // said before anything is drawn
  JobMonitor monitor = context.monitor();
  const std::vector<Sheet> sheets = layOutSheets(castOf(options.cast, project, monitor), layout);
  const std::vector<SheetFiles> files = sheetFiles(options.out, sheets, data);
  refuseToReplace(allFiles(files), options.force);
  const SheetSaving saving{.data = data, .fullColour = options.fullColour, .replace = options.force};
  saveSheets(sheets, options.out, saving, monitor);
  const std::string credits = creditsForCast(options.cast, project);
  sayCredits(saveCreditsBeside(one.front().image, credits), credits, context.output);
  report(sheets, files, context);
}

/// The words of the kinds that are palettes, or of those that are not.
std::vector<std::string> dataWords(bool palettes) {
  std::vector<std::string> words;
  for (const SheetDataKind& kind : sheetDataKinds()) {
    if (kind.palette == palettes) words.emplace_back(kind.word);
  }
  return words;
}

std::string dataHelp(bool palettes) {
  std::string help = "More than one may be given.";
  for (const SheetDataKind& kind : sheetDataKinds()) {
    if (kind.palette == palettes) help += std::string(" ") + kind.word + " (" + kind.ending + "): " + kind.help + ".";
  }
  return help;
}

CLI::Option* addPixels(CLI::App& command, const std::string& names, int& value, const std::string& help) {
  constexpr int kMostPixels = 256;
  return command.add_option(names, value, help)->capture_default_str()->check(CLI::Range(0, kMostPixels));
}

std::string checkColour(const std::string& text) {
  try {
    parseColour(text);
    return {};
  } catch (const Error& error) {
    return std::string(error.what()) + ": " + error.hint();
  }
}

void addLayoutOptions(CLI::App& command, Options& options) {
  SheetOptions& sheet = options.sheet;
  command
      .add_option("--layout", options.layout,
                  "lpc, grid, strip, packed, or lpc-full: 832 x 1344 px with the views in the walk rows' first column")
      ->capture_default_str()
      ->check(CLI::IsMember({"lpc", "grid", "strip", "packed", "lpc-full"}));
  command.add_option("--cell", options.cell, "WxH: size of a cell before scaling; without it the largest sprite's");
  command
      .add_option("--columns", sheet.columns,
                  "Characters a row of blocks (lpc, grid, lpc-full); 0: all in one, or as --max-size takes")
      ->capture_default_str()
      ->check(CLI::Range(0, limits::kMaxSheetSide));
  command.add_option("--scale", sheet.scale, "Whole-number enlargement")
      ->capture_default_str()
      ->check(CLI::Range(1, 16));
  addPixels(command, "--padding,--shape-padding", sheet.padding, "Pixels between cells");
  addPixels(command, "--inner-padding", sheet.innerPadding, "Transparent pixels inside each frame around its sprite");
  addPixels(command, "--border", sheet.border, "Pixels around the sheet");
  addPixels(command, "--extrude", sheet.extrude, "Pixels by which edges are repeated outwards");
  command.add_flag("--trim", sheet.trim, "Cut away transparent edges (packed)");
  command.add_flag("--merge-duplicates", sheet.mergeDuplicates,
                   "Frames that look the same share a place (packed, strip)");
  command.add_flag("--power-of-two", sheet.powerOfTwo, "Round width and height up to 256, 512, 1024, …");
  command
      .add_option(
          "--max-size", sheet.maxSide,
          "Largest width and height: what does not fit on one sheet goes to FILE-1.png, FILE-2.png, …; 0: one sheet")
      ->capture_default_str()
      ->check(CLI::Range(0, limits::kMaxSheetSide));
  command.add_option("--background", options.background, "Fill with a colour, #rrggbb; without it transparent")
      ->check(checkColour);
  command.add_flag("--each", sheet.each, "A sheet for each character: FILE-NAME.png");
}

void addFileOptions(CLI::App& command, Options& options) {
  command.add_option("--data", options.data, "Files beside the PNG. " + dataHelp(false))
      ->capture_default_str()
      ->allow_extra_args(false)
      ->check(CLI::IsMember(dataWords(false)));
  command.add_option("--palette", options.palettes, "The sheet's colours beside it. " + dataHelp(true))
      ->allow_extra_args(false)
      ->check(CLI::IsMember(dataWords(true)));
  command.add_flag("--rgba", options.fullColour, "Write RGBA also where the colours fit a palette of 256");
  command.add_option("--out", options.out, "The PNG to write; data files lie beside it")->required();
  command.add_flag("--force", options.force, "Replace files that are there");
}

}  // namespace

void addSheet(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "sheet", "Lays characters out on one picture",
                                 [options](Context& context) { run(*options, context); });
  addCastOptions(*command, options->cast);
  addLayoutOptions(*command, *options);
  addFileOptions(*command, *options);
}

}  // namespace loom::cli
