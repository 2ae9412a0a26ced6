// summary PROJECT RUN or summary --preset NAME: the layers of a model's networks.
#include <algorithm>
#include <iomanip>
#include <sstream>

#include "app/cli/preset_options.h"

namespace loom::cli {
namespace {

struct Options {
  std::optional<std::string> project;
  std::optional<std::string> run;
  std::optional<std::string> preset;
  std::vector<std::string> settings;
  int views = 4;
};

ModelSummary summaryOf(const Options& options) {
  if (options.preset) {
    if (options.project) throw UsageError("either a run or --preset", "give PROJECT and RUN, or --preset NAME");
    return asUsage([&] {
      const Preset& chosen = preset(*options.preset);
      return summarisePreset(chosen.name, parseSettings(chosen, options.settings), options.views);
    });
  }
  if (!options.project || !options.run) {
    throw UsageError("nothing says what to describe", "give PROJECT and RUN, or --preset NAME");
  }
  if (!options.settings.empty()) throw UsageError("a run's settings stay as they are", "--set goes with --preset");
  const Project project = Project::open(*options.project);
  return summariseRun(project, findRunOrStarter(project.catalogue(), *options.run, StarterUse::kDraw));
}

/// 1234567 -> "1,234,567".
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

using Row = std::vector<std::string>;

/// Columns as wide as they need to be; the last two are numbers and stand right.
void print(const std::vector<Row>& rows, Output& output) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows) {
    std::ostringstream line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line << (i + 2 < row.size() ? std::left : std::right) << std::setw(static_cast<int>(widths[i])) << row[i] << "  ";
    }
    output.say("  " + line.str());
  }
}

void printPart(const PartSummary& part, Output& output) {
  std::vector<Row> rows{{"layer", "type", "gives", "parameters", "multiply-adds"}};
  for (const LayerSummary& layer : part.network.layers) {
    rows.push_back({layer.name, layer.type, shapeText(layer), grouped(layer.parameters), grouped(layer.multiplyAdds)});
  }
  rows.push_back({"total", "", "", grouped(part.network.parameters), grouped(part.network.multiplyAdds)});
  output.say(part.name);
  print(rows, output);
}

Json asJson(const PartSummary& part) {
  Json layers = Json::array();
  for (const LayerSummary& layer : part.network.layers) {
    layers.push_back({{"name", layer.name},
                      {"type", layer.type},
                      {"shape", layer.shape},
                      {"parameters", layer.parameters},
                      {"multiply_adds", layer.multiplyAdds}});
  }
  return {{"part", part.name},
          {"layers", layers},
          {"parameters", part.network.parameters},
          {"multiply_adds", part.network.multiplyAdds}};
}

void run(const Options& options, Context& context) {
  const ModelSummary summary = summaryOf(options);
  Json parts = Json::array();
  for (const PartSummary& part : summary.parts) {
    printPart(part, context.output);
    parts.push_back(asJson(part));
  }
  context.output.done(summary.preset + " (network " + summary.network + "): " + grouped(summary.parameters()) +
                          " parameters; one sprite drawn takes " + grouped(summary.drawing()) + " multiply-adds",
                      {{"preset", summary.preset},
                       {"network", summary.network},
                       {"networks", parts},
                       {"parameters", summary.parameters()},
                       {"multiply_adds_a_sprite", summary.drawing()}});
}

}  // namespace

void addSummary(CLI::App& app, Commands& commands) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      addCommand(app, commands, "summary", "Lists the layers of a model: shapes, parameters, multiply-adds a sprite",
                 [options](Context& context) { run(*options, context); });
  command->add_option("PROJECT", options->project, "The project folder");
  command->add_option("RUN", options->run, kRunOrStarter);
  command->add_option("--preset", options->preset, "Instead of a run: what this preset would train");
  command->add_option("--set", options->settings, "A setting of the preset, key=value")->allow_extra_args(false);
  command->add_option("--views", options->views, "Views of the sprites, for presets that are told them")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
}

}  // namespace loom::cli
