#include "core/dataset/credits.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "core/base/atomic_file.h"
#include "core/base/natural_order.h"
#include "core/dataset/csv_writer.h"
#include "core/project/view.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

struct NaturalOrder {
  bool operator()(const std::string& left, const std::string& right) const { return naturalLess(left, right); }
};
using Names = std::set<std::string, NaturalOrder>;
using Origin = std::tuple<std::string, std::string, std::string>;  ///< author, licence, root of the source

/// The archive, the folder that holds the views' folders, or the web page's folder.
std::string rootOf(const std::string& source) {
  if (source.find("://") != std::string::npos) {
    const std::size_t query = source.find_first_of("?#");
    const std::string address = source.substr(0, query);
    const std::size_t slash = address.rfind('/');
    const bool hostAlone = slash != std::string::npos && slash > 0 && address[slash - 1] == '/';
    return hostAlone ? address : address.substr(0, slash);
  }
  if (const std::size_t entry = source.find('!'); entry != std::string::npos) return source.substr(0, entry);
  // "layers.zip: body/female, hair/long": what a character was composed of, which differs from one to the next
  if (const std::size_t parts = source.find(": "); parts != std::string::npos) return source.substr(0, parts);
  fs::path folder = source;
  if (!folder.has_parent_path()) return source;  // no path: "starter set, seed 3"
  folder = folder.parent_path();
  while (folder.has_parent_path() && folder != folder.parent_path() && parseView(folder.filename().string())) {
    folder = folder.parent_path();
  }
  return folder.string();
}

/// Takes "Ann, Bob" apart and adds those that are not there yet.
void addAuthors(const std::string& list, std::vector<std::string>& authors) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(", ", begin), list.size());
    std::string author = list.substr(begin, end - begin);
    if (std::ranges::find(authors, author) == authors.end()) authors.push_back(std::move(author));
    begin = end + 2;
  }
}

/// What others may read of it.
std::string shownRoot(const std::string& root) {
  if (root.find("://") != std::string::npos) return root;
  const std::string name = fs::path(root).filename().string();
  return name.empty() ? root : name;
}

std::string orUnknown(const std::string& text) {
  return text.empty() ? "not known" : text;
}

std::string counted(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

}  // namespace

std::vector<Credit> creditsOf(const Catalogue& catalogue, std::span<const SpriteId> ids) {
  std::map<Origin, std::pair<std::int64_t, Names>> groups;
  for (const SpriteInfo& info : ids.empty() ? catalogue.sprites() : catalogue.sprites(ids)) {
    auto& [sprites, characters] = groups[{info.author, info.licence, rootOf(info.source)}];
    ++sprites;
    characters.insert(info.character);
  }
  std::vector<Credit> credits;
  for (auto& [origin, group] : groups) {
    credits.push_back({.author = std::get<0>(origin),
                       .licence = std::get<1>(origin),
                       .source = shownRoot(std::get<2>(origin)),
                       .sprites = group.first,
                       .characters = {group.second.begin(), group.second.end()}});
  }
  std::ranges::stable_sort(credits, std::greater(), &Credit::sprites);
  return credits;
}

std::vector<Credit> mergedByOrigin(std::span<const Credit> credits) {
  struct Group {
    Credit credit;
    std::vector<std::string> authors;
    Names characters;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const Credit& credit : credits) {
    Group& group = groups[{credit.licence, credit.source}];
    group.credit.sprites += credit.sprites;
    addAuthors(credit.author, group.authors);
    group.characters.insert(credit.characters.begin(), credit.characters.end());
  }
  std::vector<Credit> merged;
  for (auto& [origin, group] : groups) {
    Credit& credit = group.credit;
    std::tie(credit.licence, credit.source) = origin;
    for (const std::string& author : group.authors) credit.author += (credit.author.empty() ? "" : ", ") + author;
    credit.characters.assign(group.characters.begin(), group.characters.end());
    merged.push_back(std::move(credit));
  }
  std::ranges::stable_sort(merged, std::greater(), &Credit::sprites);
  return merged;
}

std::string creditsText(std::span<const Credit> credits, const std::string& title) {
  std::string text = "Credits for " + title + "\n";
  for (const Credit& credit : credits) {
    text += "\nAuthor:     " + orUnknown(credit.author) + "\nLicence:    " + orUnknown(credit.licence) +
            "\nSource:     " + orUnknown(credit.source) +
            "\nSprites:    " + counted(credit.sprites, "sprite", "sprites") + " of " +
            counted(static_cast<std::int64_t>(credit.characters.size()), "character", "characters") +
            "\nCharacters: " + listed(credit.characters) + "\n";
  }
  return text;
}

std::string creditsCsv(std::span<const Credit> credits) {
  std::string text = "author,licence,source,sprites,characters\n";
  for (const Credit& credit : credits) {
    std::string characters;
    for (const std::string& name : credit.characters) characters += (characters.empty() ? "" : "; ") + name;
    text += csvField(credit.author) + ',' + csvField(credit.licence) + ',' + csvField(credit.source) + ',' +
            std::to_string(credit.sprites) + ',' + csvField(characters) + '\n';
  }
  return text;
}

fs::path writeCredits(const Project& project, const fs::path& file) {
  const fs::path path = file.empty() ? project.folder() / "CREDITS.txt" : file;
  writeFileAtomically(path, creditsText(creditsOf(project.catalogue()), project.name()));
  return path;
}

}  // namespace loom
