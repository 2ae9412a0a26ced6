#include "core/studio/add_character.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// Each once, in the order in which they come first; empty ones left out.
class Words {
 public:
  void add(const std::string& word) {
    if (!word.empty() && std::ranges::find(m_words, word) == m_words.end()) m_words.push_back(word);
  }
  std::string joined(const char* separator) const {
    std::string text;
    for (const std::string& word : m_words) text += (text.empty() ? "" : separator) + word;
    return text;
  }

 private:
  std::vector<std::string> m_words;
};

/// What sprites made from these have to say of themselves.
NewSprite labelsFrom(const std::vector<SpriteInfo>& origins) {
  Words authors, licences, tags;
  for (const SpriteInfo& origin : origins) {
    authors.add(origin.author);
    licences.add(origin.licence);
    std::istringstream words(origin.tags);
    for (std::string word; words >> word;) tags.add(word);
  }
  NewSprite labels;
  labels.author = authors.joined(", ");
  labels.licence = licences.joined(", ");
  labels.tags = tags.joined(" ");
  return labels;
}

std::string freeName(const Catalogue& catalogue, const std::string& name) {
  std::string free = name;
  for (int number = 2; catalogue.hasCharacter(free); ++number) free = name + " " + std::to_string(number);
  return free;
}

/// The pictures that the character of that name lacks, where it is the one they were made from and they agree with it.
std::vector<std::pair<std::string, Sprite>> missingOf(const Catalogue& catalogue, const SheetCharacter& pictures,
                                                      const std::vector<SpriteInfo>& origins) {
  const auto isOf = [&pictures](const SpriteInfo& sprite) { return sprite.character == pictures.name; };
  if (origins.empty() || !std::ranges::all_of(origins, isOf)) return {};
  std::map<std::string, std::set<std::uint64_t>> known;
  for (const SpriteInfo& sprite : catalogue.sprites()) {
    if (isOf(sprite)) known[sprite.view].insert(sprite.hash);
  }
  std::vector<std::pair<std::string, Sprite>> missing;
  for (const auto& picture : pictures.views) {
    const auto same = known.find(picture.first);
    if (same == known.end()) {
      missing.push_back(picture);
    } else if (!same->second.contains(contentHash(picture.second))) {
      return {};
    }
  }
  return missing;
}

}  // namespace

ImportReport addCharacter(const Project& project, const NewCharacter& character, JobMonitor& monitor) {
  const SheetCharacter& pictures = character.pictures;
  if (pictures.views.empty()) throw Error("the character has no pictures", "give one of its views at least");
  if (pictures.name.empty()) throw Error("the character has no name", "give it one");
  monitor.begin("Adding the character", std::ssize(pictures.views));
  ImportReport report;
  Catalogue catalogue = project.catalogue();
  Catalogue::Transaction transaction(catalogue);
  const std::vector<SpriteInfo> origins = catalogue.sprites(character.origins);
  const auto missing = missingOf(catalogue, pictures, origins);
  NewSprite sprite = labelsFrom(origins);
  sprite.character = missing.empty() ? freeName(catalogue, pictures.name) : pictures.name;
  sprite.source = character.source;
  std::vector<std::string> views;
  for (const auto& [view, pixels] : missing.empty() ? pictures.views : missing) {
    if (catalogue.hasContent(contentHash(pixels))) ++report.duplicates;
    sprite.view = view;
    sprite.pixels = pixels;
    report.sprites.push_back(catalogue.addSprite(sprite));
    views.push_back(view);
    monitor.advance(++report.imported);
  }
  transaction.commit();
  report.characters = 1;
  report.views = sortedViews(std::move(views));
  return report;
}

}  // namespace loom
