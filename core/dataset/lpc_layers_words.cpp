// The vocabulary of LPC file names.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/dataset/lpc_layers_paths.h"

namespace loom {
namespace {

constexpr std::array<std::string_view, 58> kColours = {
    "amber",  "ash",     "black",   "blonde",  "blue",   "brown",  "brunette",  "carrot", "charcoal",   "chestnut",
    "cyan",   "dark",    "forest",  "ginger",  "gray",   "green",  "grey",      "khaki",  "lavender",   "light",
    "lime",   "magenta", "maroon",  "navy",    "ocean",  "olive",  "orange",    "pink",   "platinum",   "purple",
    "raven",  "red",     "redhead", "rose",    "ruby",   "sandy",  "sky",       "slate",  "strawberry", "tan",
    "teal",   "violet",  "walnut",  "white",   "yellow", "bronze", "silver",    "gold",   "golden",     "brass",
    "copper", "iron",    "steel",   "ceramic", "aqua",   "indigo", "turquoise", "wine"};
constexpr std::array<std::string_view, 14> kMaterials = {"bronze",  "silver", "gold",  "golden",  "brass",
                                                         "copper",  "iron",   "steel", "ceramic", "metal",
                                                         "leather", "chain",  "cloth", "plate"};
constexpr std::array<const char*, kLpcSlots> kSlotNames = {
    "body",  "head",   "ears", "nose",   "eyes",   "hair",   "hair tie", "beard",    "face",      "hat",
    "shirt", "dress",  "mail", "jacket", "armour", "arms",   "hands",    "bracelet", "legs",      "feet",
    "belt",  "buckle", "neck", "cape",   "clasp",  "quiver", "shield",   "weapon",   "ammunition"};

std::string_view withoutNumber(std::string_view word) {
  while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);
  return word;
}

bool isPlainColour(std::string_view word) {
  return std::ranges::find(kColours, word) != kColours.end();
}

}  // namespace

std::string lpcSlotName(LpcSlot slot) {
  return kSlotNames[static_cast<std::size_t>(slot)];
}

std::vector<std::string> lpcWords(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char letter : text) {
    if (letter >= 'A' && letter <= 'Z') {
      words.back() += static_cast<char>(letter - 'A' + 'a');
    } else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) {
      words.back() += letter;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool isLpcColour(const std::string& word) {
  const std::string_view bare = withoutNumber(word);
  if (isPlainColour(bare)) return true;
  return std::ranges::any_of(kColours, [&](std::string_view first) {  // "whiteblue"
    return bare.starts_with(first) && isPlainColour(bare.substr(first.size()));
  });
}

bool isLpcMaterial(const std::string& word) {
  return std::ranges::find(kMaterials, word) != kMaterials.end();
}

}  // namespace loom
