#include "app/cli/commands.h"

#include <charconv>
#include <utility>

namespace loom::cli {

CLI::App* addCommand(CLI::App& app, Commands& commands, const std::string& name, const std::string& help,
                     std::function<void(Context&)> run) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_flag("--json", commands.json, "One JSON object a line on the standard output, the last one \"done\"");
  command->callback([&commands, run = std::move(run)] { commands.chosen = run; });
  return command;
}

void notYet(const std::string& what, const std::string& instead) {
  throw UsageError(what + " is not in this version yet", instead);
}

void addOptionsNotYet(CLI::App& command, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    command
        .add_option_function<std::vector<std::string>>(
            name, [name](const std::vector<std::string>&) { notYet(name, "leave it out"); }, "Not in this version yet")
        ->expected(0, -1)
        ->group("");  // not in the help
  }
}

CLI::Option* addBestOption(CLI::App& command, bool& best) {
  return command.add_flag("--best", best,
                          "The best weights by the preset's own measure instead of the newest, where it was taken");
}

Weights whichWeights(bool best) {
  return best ? Weights::kBest : Weights::kNewest;
}

Json runField(const RunInfo& run) {
  return isStarter(run) ? Json("starter:" + run.preset) : Json(run.number);
}

PixelSize cellSize(const std::string& text) {
  PixelSize size;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, size.width);
  size.height = size.width;
  if (read.ec == std::errc() && read.ptr != end && *read.ptr == 'x') {
    read = std::from_chars(read.ptr + 1, end, size.height);
  }
  if (read.ec != std::errc() || read.ptr != end || size.width < 1 || size.height < 1) {
    throw UsageError("--cell: '" + text + "' is no size of a cell", "write it like 32x48, in pixels");
  }
  return size;
}

void refuseToReplace(const std::vector<std::filesystem::path>& files, bool force) {
  if (force) return;
  std::int64_t taken = 0;
  std::filesystem::path first;
  for (const std::filesystem::path& file : files) {
    if (!std::filesystem::exists(file)) continue;
    if (taken++ == 0) first = file;
  }
  if (taken == 0) return;
  const std::string others = taken > 1 ? " and " + counted(taken - 1, "more file", "more files") : "";
  throw Error(first.string() + others + " would be replaced", "choose another --out, or add --force to replace", first);
}

}  // namespace loom::cli
