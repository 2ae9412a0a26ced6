// info PROJECT: what is in it.
#include <set>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

Json describe(const RunInfo& run) {
  const Json best = run.best ? Json{{"metric", run.best->metric}, {"value", run.best->value}, {"step", run.best->step}}
                             : Json(nullptr);
  return {{"run", run.number},        {"name", run.name},
          {"preset", run.preset},     {"status", runStatusName(run.status)},
          {"steps", run.steps},       {"target_steps", run.targetSteps},
          {"seconds", run.seconds},   {"sprites_per_second", run.spritesPerSecond},
          {"losses", run.losses},     {"best", best},
          {"settings", run.settings}, {"environment", run.environment},
          {"created", run.created},   {"folder", run.folder},
          {"note", run.note}};
}

Json describe(const Favourite& favourite) {
  return {{"name", favourite.name},   {"collection", favourite.collection},
          {"tags", favourite.tags},   {"note", favourite.note},
          {"run", favourite.run},     {"step", favourite.step},
          {"views", favourite.views}, {"created", favourite.created}};
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

/// "3 favourites; collections: Heroes, Monsters"
std::string inWords(const std::vector<Favourite>& favourites) {
  std::set<std::string> collections;
  for (const Favourite& favourite : favourites) {
    if (!favourite.collection.empty()) collections.insert(favourite.collection);
  }
  const std::string count = counted(static_cast<std::int64_t>(favourites.size()), "favourite", "favourites");
  if (collections.empty()) return count;
  return count + "; collections: " + listed({collections.begin(), collections.end()});
}

void show(const std::string& folder, Context& context) {
  const Project project = Project::open(folder);
  recoverRuns(project);
  const Catalogue catalogue = project.catalogue();
  const CatalogueCounts counts = catalogue.counts();
  const std::vector<Favourite> kept = catalogue.favourites();
  Json favourites = Json::array();
  for (const Favourite& favourite : kept) favourites.push_back(describe(favourite));

  Output& output = context.output;
  output.say(counted(counts.sprites, "sprite", "sprites") + " of " +
             counted(counts.characters, "character", "characters") + "; views: " + listed(counts.views));
  output.say(std::to_string(counts.excluded) + " kept out of training, " + std::to_string(counts.duplicates) +
             " duplicates, " + std::to_string(counts.binned) + " in the bin");
  output.say(inWords(kept));
  Json runs = Json::array();
  for (const RunInfo& run : catalogue.runs()) {
    runs.push_back(describe(run));
    const std::string target = run.targetSteps > 0 ? " of " + std::to_string(run.targetSteps) : "";
    output.say("run " + std::to_string(run.number) + (run.name.empty() ? ": " : " (" + run.name + "): ") + run.preset +
               ", " + runStatusName(run.status) + ", " + std::to_string(run.steps) + target + " steps in " +
               duration(run.seconds));
  }
  output.done(counted(static_cast<std::int64_t>(runs.size()), "run", "runs"), {{"project", project.folder().string()},
                                                                               {"sprites", counts.sprites},
                                                                               {"characters", counts.characters},
                                                                               {"views", counts.views},
                                                                               {"excluded", counts.excluded},
                                                                               {"duplicates", counts.duplicates},
                                                                               {"binned", counts.binned},
                                                                               {"favourites", kept.size()},
                                                                               {"favourite_list", favourites},
                                                                               {"runs", runs}});
}

}  // namespace

void addInfo(CLI::App& app, Commands& commands) {
  const auto folder = std::make_shared<std::string>();
  CLI::App* command = addCommand(app, commands, "info", "Says what is in a project",
                                 [folder](Context& context) { show(*folder, context); });
  command->add_option("PROJECT", *folder, "The project folder")->required();
}

}  // namespace loom::cli
