#include "core/dataset/lpc_layers_paths.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/dataset/lpc_layers_rules.h"

namespace loom {
namespace {

using lpc_rules::kRules;
using lpc_rules::Rule;
using Words = std::vector<std::string>;

/// A folder or, as the last, the file's name, without what says only for whom it is.
struct Step {
  std::string text;
  Words words;
};

std::string singular(std::string word) {
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

unsigned bodiesOfWord(const std::string& word) {
  using namespace lpc_bodies;
  if (word == "male") return kMale;
  if (word == "female") return kFemale;
  if (word == "teen") return kTeen;
  if (word == "child") return kChild;
  if (word == "muscular") return kMuscular;
  if (word == "pregnant") return kPregnant;
  if (word == "thin") return kFemale | kTeen | kPregnant;
  if (word == "either" || word == "universal" || word == "adult" || word == "unisex") return kAdults;
  return 0;
}

/// Words of file names that say nothing of what is drawn: "no_th-sh" is "not in thrust and shoot".
bool isNoise(const std::string& word) {
  constexpr std::array<std::string_view, 14> kNoise = {"no", "th",   "sh",         "wc",  "sc", "sl",         "hu",
                                                       "w",  "only", "incomplete", "png", "fg", "foreground", "normal"};
  return std::ranges::find(kNoise, word) != kNoise.end();
}

bool isBehindWord(const std::string& word) {
  return word == "behind" || word == "behindbody" || word == "bg" || word == "background";
}

bool fits(const Rule& rule, const std::vector<Step>& steps) {
  std::size_t step = 0;
  for (std::string_view rest = rule.folders; !rest.empty(); ++step) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (step >= steps.size()) return false;
    const auto is = [&](const std::string& each) { return each == word || singular(each) == word; };
    // A folder is known by its first word ("behind_body" is no body), what lies in it by any.
    if (step == 0 ? !is(steps[0].words.front()) : std::ranges::none_of(steps[step].words, is)) return false;
  }
  return true;
}

bool isTopFolder(const std::string& folder) {
  const Words words = lpcWords(folder);
  if (words.empty()) return false;
  return std::ranges::any_of(kRules, [&](const Rule& rule) {
    const std::string_view top = rule.folders.substr(0, rule.folders.find('/'));
    return words.front() == top || singular(words.front()) == top;
  });
}

std::string joined(const Words& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// Leaves out what a later word says again: skirt, robe, skirt -> robe skirt; tattered, cape, tattercape -> tattered
/// tattercape.
Words withoutRepeats(const Words& words) {
  Words kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool again = std::any_of(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end(),
                                   [&](const auto& later) { return singular(later).ends_with(singular(words[i])); });
    if (!again) kept.push_back(words[i]);
  }
  return kept;
}

bool isStructure(const std::string& word) {
  constexpr std::array<std::string_view, 15> kStructure = {
      "back",   "body",    "equipment",     "neck",         "hand",   "left",  "right", "armor",
      "armour", "clothes", "cutoutforbody", "cutoutforhat", "bodies", "heads", "waist"};
  return std::ranges::find(kStructure, word) != kStructure.end();
}

int orderBehind(LpcSlot slot) {
  switch (slot) {
    case LpcSlot::kShield:
      return 2;
    case LpcSlot::kQuiver:
      return 4;  // worn over the cape
    case LpcSlot::kWeapon:
      return 9;
    default:
      return 5;
  }
}

/// Takes the name of one of `skins` off the end of `words`: the one with most words.
std::string takeSkin(Words& words, const std::set<std::string>& skins) {
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    const Words end(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end());
    const std::string name = joined(end, "_");
    if (!skins.contains(name)) continue;
    words.resize(begin);
    return name;
  }
  return {};
}

void readHair(LpcPathMeaning& meaning, const std::vector<Step>& steps) {
  const Words& stem = steps.back().words;
  if (steps.size() == 2) {  // the drawing that was coloured
    meaning.kind = joined(stem, " ");
    return;
  }
  Words kind;
  for (std::size_t i = 1; i + 1 < steps.size(); ++i)
    kind.insert(kind.end(), steps[i].words.begin(), steps[i].words.end());
  meaning.kind = joined(kind, " ");
  if (!stem.empty() && stem.front().starts_with("shadow")) {
    meaning.shadow = true;
    meaning.skin = stem.back().ends_with("body") ? stem.back().substr(0, stem.back().size() - 4) : stem.back();
  } else if (meaning.slot == LpcSlot::kHair && !std::ranges::all_of(stem, isLpcColour)) {
    meaning.slot = LpcSlot::kHairTie;
    meaning.order += 1;
    meaning.variant = joined(stem, " ");
  } else {
    meaning.variant = joined(stem, " ");
  }
}

void readOther(LpcPathMeaning& meaning, const std::vector<Step>& steps, const std::set<std::string>& skins) {
  Words stem = steps.back().words;
  const bool skinned =
      meaning.slot == LpcSlot::kEars || meaning.slot == LpcSlot::kNose || meaning.slot == LpcSlot::kHead;
  if (skinned) meaning.skin = takeSkin(stem, skins);
  Words variant;
  Words kind;
  const auto sort = [&](const Words& words, bool category) {
    for (const std::string& word : words) {
      if (isStructure(word)) continue;
      if (skins.contains(word) && !isLpcColour(word)) {
        meaning.skin = word;
      } else if (isLpcColour(word) || isLpcMaterial(word)) {
        variant.push_back(word);
      } else if (!category || singular(word) == word) {
        kind.push_back(word);
      }
    }
  };
  const bool stemNames = std::ranges::any_of(
      stem, [&](const std::string& word) { return !isLpcColour(word) && !isLpcMaterial(word) && !isStructure(word); });
  if (steps.size() > 1 && steps.front().words.front() == "formal") kind.push_back("formal");
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) sort(steps[i].words, stemNames);
  sort(stem, false);
  if (kind.empty()) kind.push_back(singular(steps.front().words.front()));
  meaning.kind = joined(withoutRepeats(kind), " ");
  meaning.variant = joined(withoutRepeats(variant), " ");
}

}  // namespace

std::vector<std::string> lpcFolders(const std::string& path) {
  std::vector<std::string> folders;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin) folders.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (folders.empty()) return {};
  const auto top = std::find_if(folders.begin(), folders.end() - 1, isTopFolder);
  if (top == folders.end() - 1) return {};
  folders.erase(folders.begin(), top);
  return folders;
}

std::optional<LpcPathMeaning> meaningOfLpcPath(const std::string& path, const std::set<std::string>& skins) {
  LpcPathMeaning meaning;
  std::vector<Step> steps;
  unsigned bodies = 0;
  for (const std::string& folder : lpcFolders(path)) {
    Step step{folder, {}};
    for (const std::string& word : lpcWords(folder)) {
      if (word == "oversize") return std::nullopt;
      if (word == "both" || word == "two") meaning.twoHanded = true;
      if (word == "cutoutforhat") meaning.when = LpcWhen::kUnderWideHat;
      if (word == "cutoutforbody") meaning.when = LpcWhen::kWithoutWideHat;
      meaning.behind |= isBehindWord(word);
      const unsigned named = bodiesOfWord(word);
      bodies |= named;
      if (named == 0 && !isNoise(word) && (steps.empty() || !isBehindWord(word))) step.words.push_back(word);
    }
    if (!step.words.empty()) steps.push_back(std::move(step));
  }
  if (steps.empty()) return std::nullopt;
  const auto rule = std::ranges::find_if(kRules, [&](const Rule& each) { return fits(each, steps); });
  if (rule == kRules.end()) return std::nullopt;
  meaning.slot = rule->slot;
  meaning.order = rule->order;
  if (bodies != 0) meaning.bodies = bodies;
  if (meaning.behind) meaning.order = orderBehind(meaning.slot);
  if (meaning.slot == LpcSlot::kBody) {
    meaning.kind = "body";
    meaning.skin = joined(steps.back().words, "_");
  } else if (meaning.slot == LpcSlot::kHair || meaning.slot == LpcSlot::kBeard) {
    readHair(meaning, steps);
  } else {
    readOther(meaning, steps, skins);
  }
  if (meaning.slot == LpcSlot::kWeapon && meaning.kind.ends_with("bow")) meaning.twoHanded = true;
  return meaning;
}

}  // namespace loom
