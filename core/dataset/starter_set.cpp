#include <array>
#include <cstdio>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr std::array<const char*, 4> kViews = {"back", "left", "front", "right"};

std::string characterName(std::uint64_t seed, std::uint64_t number) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "%04llu", static_cast<unsigned long long>(number));
  return "starter-" + std::to_string(seed) + "-" + digits;
}

void addCharacter(Catalogue& catalogue, std::uint64_t seed, std::uint64_t number, ImportReport& report) {
  StarterCharacter character = starterCharacter(seed, number);
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (catalogue.hasContent(contentHash(character.views[i]))) ++report.duplicates;
    report.sprites.push_back(catalogue.addSprite({.pixels = std::move(character.views[i]),
                                                  .character = characterName(seed, number),
                                                  .view = kViews[i],
                                                  .source = "starter set, seed " + std::to_string(seed),
                                                  .licence = "CC0-1.0",
                                                  .author = "Spriteloom",
                                                  .tags = character.tags}));
  }
}

ImportReport addAll(const Project& project, int characters, std::uint64_t seed, JobMonitor& monitor) {
  ImportReport report;
  monitor.begin("Drawing the starter set", characters);
  Catalogue catalogue = project.catalogue();
  Catalogue::Transaction transaction(catalogue);
  std::uint64_t number = 0;
  for (int done = 0; done < characters; ++number) {
    if (catalogue.hasCharacter(characterName(seed, number))) continue;
    addCharacter(catalogue, seed, number, report);
    monitor.advance(++done);
  }
  transaction.commit();
  report.imported = static_cast<std::int64_t>(report.sprites.size());
  report.characters = characters;
  if (characters > 0) {
    report.views = sortedViews({kViews.begin(), kViews.end()});
    report.sizes = {"64x64"};
  }
  return report;
}

}  // namespace

ImportReport addStarterSet(const Project& project, int characters, std::uint64_t seed, JobMonitor& monitor) {
  if (characters < 0) {
    throw Error("a starter set cannot have " + std::to_string(characters) + " characters", "ask for 1 or more");
  }
  try {
    return addAll(project, characters, seed, monitor);
  } catch (const Cancelled&) {
    ImportReport report;
    report.cancelled = true;
    return report;
  }
}

}  // namespace loom
