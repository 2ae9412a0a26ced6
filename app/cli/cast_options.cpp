#include "app/cli/cast_options.h"

#include <set>

namespace loom::cli {
namespace {

RunInfo runOf(const CastChoice& choice, const Catalogue& catalogue) {
  return findRunOrStarter(catalogue, *choice.run, StarterUse::kDraw);
}

std::vector<SpriteId> includedSprites(const Catalogue& catalogue) {
  std::vector<SpriteId> included;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (!info.excluded) included.push_back(info.id);
  }
  return included;
}

/// In their order. Throws Error when there are none.
std::vector<std::int64_t> favouritesOf(const CastChoice& choice, const Catalogue& catalogue) {
  std::vector<std::int64_t> ids;
  std::set<std::string> collections;
  const std::vector<Favourite> all = catalogue.favourites();
  for (const Favourite& favourite : all) {
    if (!favourite.collection.empty()) collections.insert("'" + favourite.collection + "'");
    if (!choice.collection || favourite.collection == *choice.collection) ids.push_back(favourite.id);
  }
  if (all.empty()) throw Error("the project has no favourites yet", "keep some on the studio's Create page");
  if (!ids.empty()) return ids;
  std::string known;
  for (const std::string& name : collections) known += (known.empty() ? "" : ", ") + name;
  throw Error("no favourite is in a collection '" + *choice.collection + "'",
              known.empty() ? "the project has no collections yet" : "there are " + known);
}

}  // namespace

void addCastOptions(CLI::App& command, CastChoice& choice) {
  command.add_option("PROJECT", choice.project, "The project folder")->required();
  CLI::Option* run =
      command.add_option("--run", choice.run, "New characters of this run: its number, last, or starter");
  CLI::Option* favourites = command.add_flag("--favourites", choice.favourites, "The favourites of the project");
  command.add_option("--collection", choice.collection, "Only those in this collection; \"\": those in none")
      ->needs(favourites);
  CLI::Option* sprites =
      command.add_flag("--sprites", choice.sprites, "The sprites of the data set that are not excluded");
  CLI::Option* in = command.add_option("--in", choice.in, "Pictures of a folder, DIR/VIEW/NAME.png");
  run->excludes(favourites)->excludes(sprites)->excludes(in);
  favourites->excludes(sprites)->excludes(in);
  sprites->excludes(in);
  addBestOption(command, choice.best)->needs(run);
  command.add_option("--count", choice.count, "How many characters of the run")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000))
      ->needs(run);
  command.add_option("--seed", choice.seed, "The same seed gives the same characters")
      ->capture_default_str()
      ->needs(run);
}

void checkCast(const CastChoice& choice) {
  if (choice.run || choice.favourites || choice.sprites || choice.in) return;
  throw UsageError("nothing says which characters", "give --run RUN, --favourites, --sprites or --in DIR");
}

std::vector<SheetCharacter> castOf(const CastChoice& choice, const Project& project, JobMonitor& monitor) {
  if (choice.in) return folderCharacters(*choice.in, monitor);
  const Catalogue catalogue = project.catalogue();
  if (choice.run) {
    const auto model = loadRunModel(project, runOf(choice, catalogue), whichWeights(choice.best));
    auto characters = generateCharacters(model, choice.count, choice.seed, {}, std::nullopt, monitor);
    noteOrigins(characters, *model, choice.seed, {}, catalogue);
    return characters;
  }
  if (choice.sprites) {
    const std::vector<SpriteId> included = includedSprites(catalogue);
    if (included.empty()) throw Error("the data set has no sprites yet", "import some first");
    return catalogueCharacters(catalogue, included);
  }
  return favouriteCharacters(catalogue, favouritesOf(choice, catalogue));
}

std::string creditsForCast(const CastChoice& choice, const Project& project) {
  if (choice.in) return {};
  const Catalogue catalogue = project.catalogue();
  if (choice.run) return creditsForRun(project, runOf(choice, catalogue));
  if (choice.sprites) return creditsForSprites(project, includedSprites(catalogue));
  return creditsForFavourites(project, favouritesOf(choice, catalogue));
}

}  // namespace loom::cli
