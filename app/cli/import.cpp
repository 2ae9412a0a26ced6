// import PROJECT SOURCE...: folders, archives, pictures, sheets, animations, tables, and the pictures of a page.
#include <algorithm>
#include <charconv>

#include "app/cli/commands.h"
#include "core/base/limits.h"

namespace loom::cli {
namespace {

struct Options {
  std::string project;
  std::vector<std::string> sources;
  std::string as = "auto";
  int size = 0;
  int channels = 4;
  std::string cell;
  int margin = 0;
  int spacing = 0;
  std::vector<std::string> rows;
  std::string rowPreset;
  std::string scale;
  bool frames = false;
  bool older = false;
  std::string licence, author, tags;
  bool each = false;
};

SheetGrid cellGrid(const Options& options) {
  SheetGrid grid{
      .marginX = options.margin, .marginY = options.margin, .spacingX = options.spacing, .spacingY = options.spacing};
  const PixelSize cell = cellSize(options.cell);
  grid.cellWidth = cell.width;
  grid.cellHeight = cell.height;
  return grid;
}

/// "off", or a number: how many picture pixels a true one takes.
void readScale(const std::string& text, ImportOptions& import) {
  if (text.empty() || text == "auto") return;
  if (text == "off") {
    import.undoUpscaling = false;
    return;
  }
  double scale = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), scale);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || scale < 1) {
    throw UsageError("--scale: '" + text + "' is no scale", "write auto, off, or a number from 1 up");
  }
  import.upscaling = pixelGrid(scale, scale);
}

ImportOptions importOptions(const Options& options, Context& context) {
  ImportOptions import;
  import.as = parseImportAs(options.as);
  import.size = options.size;
  import.channels = options.channels;
  if (!options.cell.empty()) {
    import.sheet = cellGrid(options);
    if (import.as == ImportAs::kAuto) import.as = ImportAs::kSheet;
    if (import.as != ImportAs::kSheet) throw UsageError("--cell is for sheets", "use it with --as sheet");
  } else if (options.margin != 0 || options.spacing != 0) {
    throw UsageError("--margin and --spacing need --cell");
  }
  import.rows = options.rows;
  import.rowPreset = options.rowPreset;
  readScale(options.scale, import);
  if (options.frames) import.lpcFrames = LpcFrames::kAll;
  if (options.older) import.lpcFrames = LpcFrames::kTinyHero;
  import.licence = options.licence;
  import.author = options.author;
  import.tags = options.tags;
  if (options.each) {
    import.each = [&context](const ImportedPicture& picture) {
      context.output.event("sprite", {{"file", picture.file},
                                      {"size",
                                       { picture.width,
                                         picture.height }},
                                      {"scale", picture.scale},
                                      {"confidence", picture.confidence},
                                      {"kind", picture.kind},
                                      { "sprites",
                                        picture.sprites }});
  };
}
return import;
}  // namespace

Json listed(Context& context, const std::string& word, const std::vector<SkippedFile>& files) {
  Json list = Json::array();
  for (const SkippedFile& file : files) {
    context.output.say(word + file.file + ": " + file.reason);
    list.push_back({{"file", file.file}, {"reason", file.reason}});
  }
  return list;
}

void run(const Options& options, Context& context) {
  ImportOptions import = importOptions(options, context);
  const Project project = Project::open(options.project);
  JobMonitor monitor = context.monitor();
  const ImportReport report = importSources(project, options.sources, import, monitor);
  if (report.cancelled) {
    throw Error("stopped before it was done; nothing is in the project yet",
                "start it again: what has been read is put aside and not read twice");
  }

  const Json skipped = listed(context, "skipped ", report.skipped);
  const Json notes = listed(context, "note: ", report.notes);
  std::string line = "Imported " + counted(report.imported, "sprite", "sprites") + " of " +
                     counted(report.characters, "character", "characters");
  if (report.duplicates > 0) line += ", " + std::to_string(report.duplicates) + " of them duplicates";
  if (report.upscaled > 0) line += "; undid the upscaling of " + counted(report.upscaled, "picture", "pictures");
  if (!report.skipped.empty()) {
    line += "; skipped " + counted(static_cast<std::int64_t>(report.skipped.size()), "file", "files");
  }
  if (report.resumed > 0) {
    line += "; " + std::to_string(report.resumed) + " had been read by an import that did not end";
  }
  context.output.done(line, {{"imported", report.imported},
                             {"characters", report.characters},
                             {"duplicates", report.duplicates},
                             {"upscaled", report.upscaled},
                             {"resumed", report.resumed},
                             {"skipped", skipped},
                             {"notes", notes},
                             {"views", report.views},
                             {"sizes", report.sizes}});
}

}  // namespace loom::cli

void addImport(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = addCommand(app, commands, "import", "Brings in folders, archives, pictures, sheets and pages",
                                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder")->required();
  command
      ->add_option("SOURCE", options->sources,
                   "Folders, ZIP and other archives, pictures, animations, sheets, CSV tables, addresses of web pages")
      ->required();
  command->add_option("--as", options->as, "What the sources are")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "folders", "sheet", "csv", "lpc-sheet", "animation"}));
  command->add_option("--size", options->size, "Brings every sprite to a square of so many pixels")
      ->check(CLI::Range(1, limits::kMaxSpriteSide));
  command->add_option("--channels", options->channels, "1 grey, 2 grey and alpha, 3 colours on white, 4 all")
      ->capture_default_str()
      ->check(CLI::Range(1, 4));
  command->add_option("--cell", options->cell, "Sheets: the size of a cell, WxH; without it the cells are found");
  command->add_option("--margin", options->margin, "Sheets: pixels around the cells")->check(CLI::NonNegativeNumber);
  command->add_option("--spacing", options->spacing, "Sheets: pixels between cells")->check(CLI::NonNegativeNumber);
  command
      ->add_option("--rows", options->rows,
                   "Sheets: names of the rows, separated by commas: views, animations or both ('walk left')")
      ->delimiter(',');
  command->add_option("--row-preset", options->rowPreset, "Sheets: rows named as a program does")
      ->check(CLI::IsMember({"rpgmaker"}));
  command->add_option("--scale", options->scale,
                      "How many pixels of the picture a true one takes: auto (found), off, or a number");
  CLI::Option* frames =
      command->add_flag("--frames", options->frames, "LPC sheets: every frame, not the four standing views alone");
  command
      ->add_flag("--older-lpc", options->older,
                 "LPC sheets: standing views as TinyHero has them, cells from y = 260 on")
      ->excludes(frames);
  command->add_option("--licence,--license", options->licence, "Recorded with every sprite");
  command->add_option("--author", options->author, "Recorded with every sprite");
  command->add_option("--tags", options->tags, "Recorded with every sprite, separated by spaces");
  command->add_flag("--each", options->each, "With --json: a line a picture, with its true size and scale");
}

}  // namespace loom::cli
