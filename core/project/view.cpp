#include "core/project/view.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace loom {
namespace {

using Synonym = std::pair<std::string_view, std::string_view>;

constexpr std::array<Synonym, 4> kNumbers{{{"0", "back"}, {"1", "left"}, {"2", "front"}, {"3", "right"}}};

// As they read once case and separators are gone: "Back-Left" and "back_left" are both "backleft".
constexpr std::array<Synonym, 44> kWords{{
    {"back", "back"},
    {"up", "back"},
    {"north", "back"},
    {"rear", "back"},
    {"behind", "back"},
    {"left", "left"},
    {"west", "left"},
    {"front", "front"},
    {"down", "front"},
    {"south", "front"},
    {"forward", "front"},
    {"right", "right"},
    {"east", "right"},
    {"side", "side"},
    {"backleft", "back-left"},
    {"leftback", "back-left"},
    {"upleft", "back-left"},
    {"leftup", "back-left"},
    {"rearleft", "back-left"},
    {"northwest", "back-left"},
    {"nw", "back-left"},
    {"backright", "back-right"},
    {"rightback", "back-right"},
    {"upright", "back-right"},
    {"rightup", "back-right"},
    {"rearright", "back-right"},
    {"northeast", "back-right"},
    {"ne", "back-right"},
    {"frontleft", "front-left"},
    {"leftfront", "front-left"},
    {"downleft", "front-left"},
    {"leftdown", "front-left"},
    {"forwardleft", "front-left"},
    {"southwest", "front-left"},
    {"sw", "front-left"},
    {"frontright", "front-right"},
    {"rightfront", "front-right"},
    {"downright", "front-right"},
    {"rightdown", "front-right"},
    {"forwardright", "front-right"},
    {"southeast", "front-right"},
    {"se", "front-right"},
    {"threequarterleft", "front-left"},
    {"threequarterright", "front-right"},
}};

// What people put around the word: "front view", "facing left", "left side".
constexpr std::array<std::string_view, 4> kFillers{"view", "facing", "side", "direction"};

constexpr std::array<std::string_view, 8> kTrainingOrder{"back",      "left",       "front",       "right",
                                                         "back-left", "front-left", "front-right", "back-right"};
constexpr std::size_t kStraightViews = 4;

std::string compact(std::string_view word) {
  std::string text;
  for (const char c : word) {
    if (c == '-' || c == '_' || c == ' ' || c == '.') continue;
    text += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

template <std::size_t N>
std::optional<std::string> lookUp(const std::array<Synonym, N>& synonyms, std::string_view word) {
  const auto found = std::ranges::find(synonyms, word, &Synonym::first);
  if (found == synonyms.end()) return std::nullopt;
  return std::string(found->second);
}

std::vector<std::string> ordered(std::vector<std::string> views, std::size_t namedFirst) {
  const auto key = [namedFirst](const std::string& view) {
    const auto end = kTrainingOrder.begin() + static_cast<std::ptrdiff_t>(namedFirst);
    const auto place = std::find(kTrainingOrder.begin(), end, view) - kTrainingOrder.begin();
    return std::tuple(view == kAnyView, place, std::string_view(view));
  };
  std::ranges::sort(views, [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
  const auto repeated = std::ranges::unique(views);
  views.erase(repeated.begin(), repeated.end());
  return views;
}

}  // namespace

std::optional<std::string> parseViewWord(std::string_view word) {
  const std::string text = compact(word);
  if (auto view = lookUp(kWords, text)) return view;
  const std::string_view whole = text;
  for (const std::string_view filler : kFillers) {
    if (whole.size() <= filler.size()) continue;
    if (whole.ends_with(filler)) {
      if (auto view = lookUp(kWords, whole.substr(0, whole.size() - filler.size()))) return view;
    }
    if (whole.starts_with(filler)) {
      if (auto view = lookUp(kWords, whole.substr(filler.size()))) return view;
    }
  }
  return std::nullopt;
}

std::optional<std::string> parseView(std::string_view word) {
  if (auto view = lookUp(kNumbers, word)) return view;
  return parseViewWord(word);
}

std::vector<std::string> sortedViews(std::vector<std::string> views) {
  return ordered(std::move(views), kTrainingOrder.size());
}

std::vector<std::string> lpcOrder(std::vector<std::string> views) {
  return ordered(std::move(views), kStraightViews);
}

std::string mirroredView(const std::string& view) {
  const auto swapped = [&view](std::string_view from, std::string_view to) -> std::optional<std::string> {
    const bool whole = view == from;
    const bool ending = view.size() > from.size() && view.ends_with(from) && view[view.size() - from.size() - 1] == '-';
    if (!whole && !ending) return std::nullopt;
    return view.substr(0, view.size() - from.size()) + std::string(to);
  };
  if (auto mirrored = swapped("left", "right")) return *mirrored;
  if (auto mirrored = swapped("right", "left")) return *mirrored;
  return view;
}

}  // namespace loom
